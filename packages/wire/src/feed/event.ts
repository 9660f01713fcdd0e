import type { StalenessBounds } from './staleness.ts';

/** The first event of a stream. `resync`: the cursor cannot be continued, fetch the snapshot. */
export interface FeedHello {
  /** The id of the token that the verifier came with: its identity. */
  readonly verifier: string;
  /** Random; later acks carry it, so that nobody acknowledges for another. */
  readonly connection: string;
  readonly epoch: string;
  readonly head: string;
  readonly resync: boolean;
  readonly staleness: StalenessBounds;
  /** Unix milliseconds. */
  readonly serverTime: number;
  /** The oldest verifier version that this server still serves. */
  readonly minVersion: string;
}

export interface FeedHeartbeat {
  /** The cursor of the newest change. */
  readonly head: string;
  readonly serverTime: number;
}

export interface FeedBye {
  readonly retryAfterSeconds: number;
}

/** The names of events that this build knows; others are ignored. */
export type FeedEventName = 'hello' | 'change' | 'heartbeat' | 'bye';

export function formatHello(hello: FeedHello): string {
  return JSON.stringify(hello);
}

/** The data of a `change` event around a record that is JSON text already, so that each record is serialised once. */
export function formatChange(change: { revision: number; at: number; recordJson: string }): string {
  return `{"revision":${change.revision},"at":${change.at},"record":${change.recordJson}}`;
}

export function formatHeartbeat(heartbeat: FeedHeartbeat): string {
  return JSON.stringify(heartbeat);
}

export function formatBye(bye: FeedBye): string {
  return JSON.stringify(bye);
}
