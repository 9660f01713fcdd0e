import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';

/** What is known of one call while it runs; the log line is written from it. */
export interface CallState {
  readonly requestId: string;
  /** The route's pattern, never the path itself; `unmatched` until a route took the call. */
  route: string;
}

export interface Bindings extends HttpBindings {
  readonly call: CallState;
}

export type AppContext = Context<{ Bindings: Bindings }>;

export type App = Hono<{ Bindings: Bindings }>;
