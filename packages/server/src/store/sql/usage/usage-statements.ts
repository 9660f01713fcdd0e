import type { Kysely } from 'kysely';
import { insertRows } from '../many-rows.ts';
import type {
  Schema,
  TokenUseColumns,
  UsageCountColumns,
  UsageRefusalColumns,
  UsageSeriesColumns,
  UsageSourceColumns,
} from '../schema.ts';

/** Every insert of a batch, compiled once. */
export function usageStatements(db: Kysely<Schema>) {
  return {
    putSeries: insertRows<UsageSeriesColumns>(
      ['id', 'account', 'token', 'service', 'scope', 'outcome'],
      (rows) =>
        db
          .insertInto('usage_series')
          .values(rows)
          .onConflict((conflict) => conflict.column('id').doNothing()),
    ),
    addCounts: insertRows<UsageCountColumns>(['series', 'step', 'at', 'count'], (rows) =>
      db
        .insertInto('usage_counts')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['series', 'step', 'at'])
            .doUpdateSet((eb) => ({ count: eb('usage_counts.count', '+', eb.ref('excluded.count')) })),
        ),
    ),
    addSources: insertRows<UsageSourceColumns>(
      [
        'token',
        'step',
        'at',
        'service',
        'kind',
        'origin',
        'client',
        'address',
        'account',
        'count',
        'last_at',
      ],
      (rows) =>
        db
          .insertInto('usage_sources')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .columns(['token', 'step', 'at', 'service', 'kind', 'origin', 'client', 'address'])
              .doUpdateSet((eb) => ({
                count: eb('usage_sources.count', '+', eb.ref('excluded.count')),
                last_at: eb
                  .case()
                  .when('usage_sources.last_at', '<', eb.ref('excluded.last_at'))
                  .then(eb.ref('excluded.last_at'))
                  .else(eb.ref('usage_sources.last_at'))
                  .end(),
              })),
          ),
    ),
    noteUses: insertRows<TokenUseColumns>(
      ['token', 'account', 'kind', 'at', 'outcome', 'service', 'origin', 'client'],
      (rows) =>
        db
          .insertInto('token_uses')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .columns(['token', 'kind'])
              .doUpdateSet((eb) => ({
                at: eb.ref('excluded.at'),
                outcome: eb.ref('excluded.outcome'),
                service: eb.ref('excluded.service'),
                origin: eb.ref('excluded.origin'),
                client: eb.ref('excluded.client'),
              }))
              .whereRef('token_uses.at', '<', 'excluded.at'),
          ),
    ),
    keepRefusals: insertRows<UsageRefusalColumns>(
      ['request_id', 'at', 'account', 'token', 'reporter', 'detail'],
      (rows) =>
        db
          .insertInto('usage_refusals')
          .values(rows)
          .onConflict((conflict) => conflict.column('request_id').doNothing()),
    ),
  };
}
