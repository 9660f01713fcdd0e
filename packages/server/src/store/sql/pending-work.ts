import type { AccountName, TokenId } from '@latchkey/core';
import type { CompiledQuery, Kysely } from 'kysely';
import type { AccountRow, RotationRow, TokenRow } from '../rows.ts';
import type { AuditEntry, Changes, IdempotencyRow } from '../store.ts';
import type { ChangeStatements } from './change-statements.ts';
import { type PendingPeople, pendingPeople } from './people/pending-people.ts';
import { accountOf, rotationOf, tokenOf } from './row-codec.ts';
import type { Schema, TokenColumns } from './schema.ts';

export type PendingWrite =
  | { readonly kind: 'account'; readonly row: AccountRow }
  | { readonly kind: 'token'; readonly row: TokenRow; readonly quiet: boolean };

export type PendingRotation =
  | { readonly kind: 'put'; readonly row: RotationRow }
  | { readonly kind: 'drop'; readonly token: TokenId };

/** What one work has asked to be written. */
export interface PendingWork {
  readonly changes: Changes;
  readonly writes: readonly PendingWrite[];
  readonly rotations: readonly PendingRotation[];
  readonly people: Pick<PendingPeople, 'apply'>;
  readonly entries: readonly AuditEntry[];
  readonly remembered: readonly IdempotencyRow[];
  /** `modifiedAt` of the tokens that the work has read, as stored. */
  readonly modifiedAtOf: ReadonlyMap<TokenId, number>;
  /** Ends the time in which `changes` may be used. */
  end(): void;
}

const CLOCK_SLACK_MS = 24 * 3600 * 1000;

/** Reads at once through `db`, which holds the open transaction; collects the writes. */
export function pendingWork(
  db: Kysely<Schema>,
  statements: ChangeStatements,
  now: () => number,
): PendingWork {
  const writes: PendingWrite[] = [];
  const rotations: PendingRotation[] = [];
  const entries: AuditEntry[] = [];
  const remembered: IdempotencyRow[] = [];
  const modifiedAtOf = new Map<TokenId, number>();
  let open = true;

  function refuseLate(): void {
    if (!open) throw new TypeError('a change was used after its work had ended');
  }
  async function rows<Row>(query: CompiledQuery<Row>): Promise<Row[]> {
    refuseLate();
    return (await db.executeQuery(query)).rows;
  }
  async function tokens(query: CompiledQuery<TokenColumns>): Promise<TokenRow[]> {
    const found = (await rows(query)).map(tokenOf);
    for (const row of found) modifiedAtOf.set(row.id, row.modifiedAt);
    return found;
  }

  const people = pendingPeople(db, rows, refuseLate, now);
  const changes: Changes = {
    ...people.changes,
    async account(name: AccountName) {
      const [columns] = await rows(statements.account({ name }));
      return columns && accountOf(columns);
    },
    async operatorAccount() {
      const [columns] = await rows(statements.operatorAccount({}));
      return columns && accountOf(columns);
    },
    token: async (id) => (await tokens(statements.token({ id })))[0],
    defaultToken: async (account) => (await tokens(statements.defaultToken({ account })))[0],
    async descendants(id) {
      const found = await tokens(statements.descendants({ id, expiresAfter: now() - CLOCK_SLACK_MS }));
      return found.sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    async remembered(account, key) {
      const [columns] = await rows(statements.remembered({ account, key }));
      return columns && { ...columns, account, token: columns.token as TokenId };
    },
    async rotation(token) {
      const [columns] = await rows(statements.rotation({ token }));
      return columns && rotationOf(columns);
    },
    async rotationTo(successor) {
      const [columns] = await rows(statements.rotationTo({ successor }));
      return columns && rotationOf(columns);
    },
    putAccount(row) {
      refuseLate();
      writes.push({ kind: 'account', row });
    },
    putToken(row) {
      refuseLate();
      writes.push({ kind: 'token', row, quiet: false });
    },
    putTokenQuietly(row) {
      refuseLate();
      writes.push({ kind: 'token', row, quiet: true });
    },
    putRotation(row) {
      refuseLate();
      rotations.push({ kind: 'put', row });
    },
    dropRotation(token) {
      refuseLate();
      rotations.push({ kind: 'drop', token });
    },
    audit(entry) {
      refuseLate();
      entries.push(entry);
    },
    remember(row) {
      refuseLate();
      remembered.push(row);
    },
  };
  return {
    changes,
    writes,
    rotations,
    people,
    entries,
    remembered,
    modifiedAtOf,
    end() {
      open = false;
    },
  };
}
