import type { AccountName, Policy, RouteTable, ServiceDefinition } from '@latchkey/core';
import type { Config } from '../config/config.ts';
import type { ChangeEvents } from '../events/change-events.ts';
import type { Receipts } from '../feed/receipts.ts';
import type { PeopleDeps } from '../people/deps.ts';
import type { Outbox } from '../people/mail/outbox.ts';
import type { Deps } from '../tokens/deps.ts';
import type { CallMetrics } from './call-metrics.ts';
import type { IsTrustedProxy } from './client-address.ts';
import type { HomeUses } from './home-uses.ts';
import type { LoadGate } from './load-gate.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Sessions } from './session/sessions.ts';

/** Where the server tells what people should know. pino fits. Nothing that it gets holds a token's text or a query string. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the routes are made of; each handler names the part that it uses. */
export interface AppDeps extends Deps {
  readonly services: readonly ServiceDefinition[];
  readonly routes: RouteTable;
  /** Calls of the Tokens API, by account. */
  readonly accountLimit: RateLimit;
  /** Validate and failed calls, by the peer's address. */
  readonly addressLimit: RateLimit;
  /** Tries to sign in and what else anybody may do about a session, by the peer's address; nothing else spends it. */
  readonly signInLimit: RateLimit;
  /** Holds management calls back under load; changes count in it because they go through the store that belongs to it. */
  readonly gate: LoadGate;
  readonly callMetrics: Pick<CallMetrics, 'read'>;
  readonly isTrustedProxy: IsTrustedProxy;
  /** What happens to a secret token in a query string, but for the Tokens API, whose clients send it there. */
  readonly secretInQuery: Policy['secretInQuery'];
  /** The origin under which browsers know this server; undefined until it listens where none is configured. */
  readonly publicOrigin: () => string | undefined;
  /** The configured public URL without a trailing slash; undefined: links are made from the request's own `Host`. */
  readonly publicUrl: string | undefined;
  /** Holds the answer to a creation for verifiers that are connected and current, a moment at most. */
  readonly afterCreation: (revision: number) => Promise<void>;
  /** Notes that a token was let in by the server itself, or called active to somebody who lets it in. */
  readonly noteUse: HomeUses['note'];
  readonly changeEvents: ChangeEvents;
  readonly receipts: Receipts;
  readonly people: PeopleDeps;
  /** What became of mails, for the figures of the server. */
  readonly mailFigures: Outbox['figures'];
  /** Who is signed in by the cookie of a request. */
  readonly sessions: Sessions;
  readonly operatorAccount: AccountName;
  /** What is counted and how long it is kept. */
  readonly usage: Config['usage'];
  readonly log: Log;
}
