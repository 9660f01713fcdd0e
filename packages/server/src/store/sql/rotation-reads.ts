import type { Kysely } from 'kysely';
import type { RotationStore } from '../store.ts';
import { rotationOf } from './row-codec.ts';
import type { RotationColumns, Schema } from './schema.ts';
import { statement } from './statement.ts';

export function rotationReads(reader: Kysely<Schema>): RotationStore {
  const underway = statement<{ token: string }, RotationColumns>((value) =>
    reader
      .selectFrom('rotations')
      .selectAll()
      .where((eb) => eb.or([eb('token', '=', value('token')), eb('successor', '=', value('token'))]))
      .where('ended_at', 'is', null),
  );
  const due = statement<{ at: number; limit: number }, RotationColumns>((value) =>
    reader
      .selectFrom('rotations')
      .selectAll()
      .where('ended_at', 'is', null)
      .where('due_at', '<=', value('at'))
      .orderBy('due_at')
      .limit(value('limit')),
  );
  return {
    async rotationsOf(tokens) {
      if (tokens.length === 0) return [];
      const rows = await reader.selectFrom('rotations').selectAll().where('token', 'in', tokens).execute();
      return rows.map(rotationOf);
    },
    async rotationUnderway(token) {
      const [columns] = (await reader.executeQuery(underway({ token }))).rows;
      return columns && rotationOf(columns);
    },
    async dueRotations(query) {
      return (await reader.executeQuery(due(query))).rows.map(rotationOf);
    },
  };
}
