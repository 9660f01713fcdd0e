import type { AccountName, TokenId } from '@latchkey/core';
import type { Kysely } from 'kysely';
import type { RefusalRow, ReporterRow, UsageStore, UseRow } from '../../usage-store.ts';
import type { Schema, TokenUseColumns, UsageRefusalColumns, UsageReporterColumns } from '../schema.ts';
import { isWhole } from './taken-batches.ts';
import { SECONDS_OF } from './usage-columns.ts';
import { usageSums } from './usage-sums.ts';

/** Ids in one question. */
const CHUNK = 200;

export function usageReads(
  db: Kysely<Schema>,
): Pick<UsageStore, 'accountsOf' | 'lastUses' | 'reporters' | 'usage' | 'usesOf' | 'refusal'> {
  return {
    async accountsOf(tokens) {
      const found = new Map<TokenId, AccountName>();
      for (let at = 0; at < tokens.length; at += CHUNK) {
        const rows = await db
          .selectFrom('tokens')
          .select(['id', 'account'])
          .where('id', 'in', tokens.slice(at, at + CHUNK))
          .execute();
        // The table holds ids and names that were read as such.
        for (const { id, account } of rows) found.set(id as TokenId, account as AccountName);
      }
      return found;
    },
    async lastUses(tokens) {
      const found: UseRow[] = [];
      for (let at = 0; at < tokens.length; at += CHUNK) {
        const ids = tokens.slice(at, at + CHUNK);
        const rows = await db.selectFrom('token_uses').selectAll().where('token', 'in', ids).execute();
        found.push(...rows.map(useOf));
      }
      return found;
    },
    async reporters(since) {
      const rows = await db
        .selectFrom('usage_reporters')
        .selectAll()
        .where('reported_at', '>=', since)
        .orderBy('id')
        .execute();
      return rows.map(reporterOf);
    },
    usage: (query) => usageSums(db, query),
    async usesOf({ token, since, limit }) {
      return db
        .selectFrom('usage_sources')
        .select(({ fn }) => [
          'service',
          'origin',
          'client',
          'address',
          'kind',
          fn.sum<number>('count').as('count'),
          fn.max('last_at').as('lastAt'),
        ])
        .where('token', '=', token)
        .where('step', '=', SECONDS_OF.day)
        .where('at', '>=', since)
        .groupBy(['service', 'origin', 'client', 'address', 'kind'])
        .orderBy('lastAt', 'desc')
        .orderBy('origin')
        .orderBy('client')
        .limit(limit)
        .execute();
    },
    async refusal(requestId) {
      const row = await db
        .selectFrom('usage_refusals')
        .selectAll()
        .where('request_id', '=', requestId)
        .executeTakeFirst();
      return row && refusalOf(row);
    },
  };
}

// Only this folder writes these tables, from rows of the types that it reads them as.

function useOf({ token, account, ...rest }: TokenUseColumns): UseRow {
  return { token: token as TokenId, account: account as AccountName, ...rest };
}

function reporterOf(columns: UsageReporterColumns): ReporterRow {
  const { id, token, taken, last_sequence, reported_until, reported_at, skew_ms } = columns;
  return {
    id,
    token: token as TokenId,
    reportedUntil: reported_until,
    isOver: last_sequence !== null && isWhole(JSON.parse(taken), last_sequence),
    reportedAt: reported_at,
    skewMs: skew_ms,
  };
}

function refusalOf({ request_id, account, token, ...rest }: UsageRefusalColumns): RefusalRow {
  return {
    ...rest,
    requestId: request_id,
    account: account === '' ? null : (account as AccountName),
    token: token === '' ? null : (token as TokenId),
  };
}
