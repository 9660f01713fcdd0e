import { hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { TokenId } from '@latchkey/core';
import { defaultCatalogue } from '@latchkey/core';
import type { SseEvent } from '@latchkey/wire/feed';
import { createSseReader } from '@latchkey/wire/feed';
import type { TokenRow } from '../../store/rows.ts';
import { openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts';
import type { Store, VerifierStore } from '../../store/store.ts';
import {
  accountName,
  accountRow,
  entry,
  scopesOf,
  tokenId,
  tokenRow,
} from '../../store/testing/sample-rows.ts';
import type { Feed, FeedDeps } from '../feed.ts';
import { createFeed } from '../feed.ts';
import { createReceipts, type Receipts } from '../receipts.ts';
import { createFeedRoutes } from '../routes.ts';
import { createVerifierRegistry, type VerifierRegistry } from '../verifier-registry.ts';

export const ACME = accountName('acme');
export const OPERATOR = accountName('operator');

/** A feed over a real SQLite store, behind a real HTTP server. The Bearer token is the id of a verifier's token. */
export interface FeedServer {
  readonly store: Store;
  readonly feed: Feed;
  readonly registry: VerifierRegistry;
  readonly receipts: Receipts;
  readonly log: string[];
  putToken(number: number, over?: Partial<TokenRow>): Promise<number>;
  revoke(number: number): Promise<number>;
  /** Makes a token and revokes it; the revision of the revocation. */
  revokeNew(number: number, over?: Partial<TokenRow>): Promise<number>;
  idOf(number: number): TokenId;
  /** From now on what verifiers applied cannot be stored, with this error; undefined: it can again. */
  failSaves(error: Error | undefined): void;
  suspend(): Promise<number>;
  call(
    path: string,
    options?: { token?: TokenId; method?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>;
  open(query?: string, options?: { token?: TokenId; headers?: Record<string, string> }): Promise<EventStream>;
  close(): Promise<void>;
}

export const VERIFIER = tokenId(9001);
export const OTHER_VERIFIER = tokenId(9002);

export async function startFeedServer(over: Partial<FeedDeps> = {}): Promise<FeedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-feed-'));
  const store = await openSqliteStore({ folder, now: over.now ?? (() => 1) });
  const log: string[] = [];
  const note = (_: object, message: string): void => void log.push(message);
  const staleness = over.staleness ?? (() => ({ secret: 900, temporary: 900, public: 3600 }));
  const now = over.now ?? Date.now;
  const logTo = { info: note, warn: note, error: note };
  let saveError: Error | undefined;
  const registryStore: VerifierStore = {
    verifier: store.verifier,
    verifiers: store.verifiers,
    forgetVerifiers: store.forgetVerifiers,
    saveVerifiers: async (rows) => {
      if (saveError !== undefined) throw saveError;
      await store.saveVerifiers(rows);
    },
  };
  const registry = createVerifierRegistry({ store: registryStore, now, log: logTo });
  const receipts = createReceipts({ store, registry, now });
  const feed = await createFeed({
    store,
    registry,
    staleness,
    now,
    randomBytes,
    hash: (text) => hash('sha256', text, 'base64url'),
    catalogue: defaultCatalogue,
    log: logTo,
    heartbeatMs: 20,
    ...over,
  });
  const routes = createFeedRoutes({
    feed,
    authorize: async (context) => {
      const token = context.req.header('authorization')?.slice('Bearer '.length);
      const known = [VERIFIER, OTHER_VERIFIER].find((id) => id === token);
      if (known === undefined) return new Response(null, { status: 401 });
      return { token: known, account: OPERATOR, expires: null, revision: judged.get(known) ?? 0 };
    },
    refuse: (context, { code, field }) => context.json({ code, field }, 400),
    requestIdOf: () => 'request-1',
  });
  routes.onError(() => new Response(null, { status: 500 }));
  const server = createServer(getRequestListener(routes.fetch));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function write(put: (store: Store) => ReturnType<Store['change']>): Promise<number> {
    return (await put(store)).revision ?? 0;
  }
  await write((to) =>
    to.change(async (changes) => {
      for (const name of [OPERATOR, ACME]) {
        changes.putAccount(accountRow(name));
        changes.audit(entry(name, name, 'account.create'));
      }
      for (const id of [VERIFIER, OTHER_VERIFIER]) {
        changes.putToken(
          tokenRow(id, OPERATOR, { digest: digestOf(id), scopes: scopesOf('verifiers:sync') }),
        );
        changes.audit(entry(OPERATOR, id, 'token.create'));
      }
    }),
  );

  const judged = new Map<TokenId, number>();
  const judge = async (id: TokenId): Promise<void> => {
    judged.set(id, (await store.token(id))?.revision ?? 0);
  };
  await Promise.all([VERIFIER, OTHER_VERIFIER].map(judge));

  const call: FeedServer['call'] = (path, { token = VERIFIER, method, body, headers = {} } = {}) =>
    fetch(`${base}${path}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(method === undefined ? {} : { method }),
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });

  const putToken: FeedServer['putToken'] = (number, rest = {}) =>
    write((to) =>
      to.change(async (changes) => {
        const id = tokenId(number);
        changes.putToken(tokenRow(id, ACME, { digest: digestOf(id), ...rest }));
        changes.audit(entry(ACME, id, 'token.create'));
      }),
    );
  const revoke: FeedServer['revoke'] = (number) =>
    write((to) =>
      to.change(async (changes) => {
        const row = await changes.token(tokenId(number));
        if (row === undefined) throw new TypeError(`there is no token ${number}`);
        changes.putToken({ ...row, status: 'revoked', revokedAt: 2 });
        changes.audit(entry(row.account, row.id, 'token.revoke'));
      }),
    );

  return {
    store,
    feed,
    registry,
    receipts,
    log,
    putToken,
    revoke,
    async revokeNew(number, rest) {
      await putToken(number, rest);
      return revoke(number);
    },
    idOf: tokenId,
    failSaves(error) {
      saveError = error;
    },
    suspend: () =>
      write((to) =>
        to.change(async (changes) => {
          changes.putAccount(accountRow(ACME, { status: 'suspended' }));
          changes.audit(entry(ACME, ACME, 'account.suspend'));
        }),
      ),
    call,
    async open(query = '', options = {}) {
      return eventsOf(await call(`/v1/feed${query}`, options));
    },
    async close() {
      feed.close();
      server.close();
      server.closeAllConnections();
      // A test may have closed the store by itself.
      await registry.close().catch(() => undefined);
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function digestOf(id: TokenId): string {
  return id.padEnd(43, '-');
}

export interface EventStream {
  readonly response: Response;
  /** The next event of this name; others before it are passed over. Undefined at the end of the stream. */
  next(name: string): Promise<SseEvent | undefined>;
  close(): Promise<void>;
}

function eventsOf(response: Response): EventStream {
  const reader = response.body?.getReader();
  const sse = createSseReader();
  const waiting: SseEvent[] = [];
  return {
    response,
    async next(name) {
      for (;;) {
        const event = waiting.shift();
        if (event?.event === name) return event;
        if (event !== undefined) continue;
        const read = await reader?.read().catch(() => undefined);
        if (read?.value === undefined) return undefined;
        waiting.push(...sse.push(read.value));
      }
    },
    async close() {
      // A stream that the server cut has nothing left to cancel.
      await reader?.cancel().catch(() => undefined);
    },
  };
}
