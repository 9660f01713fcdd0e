import type { FeedRecord } from './record.ts';

/** Seconds for which a verifier may go on deciding without the server, per token class. */
export interface StalenessBounds {
  readonly secret: number;
  readonly temporary: number;
  readonly public: number;
}

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

export interface FeedChange {
  readonly revision: number;
  /** Unix milliseconds of the commit. */
  readonly at: number;
  readonly record: FeedRecord;
}

export interface FeedHeartbeat {
  /** The cursor of the newest change. */
  readonly head: string;
  readonly serverTime: number;
}

export interface FeedBye {
  readonly retryAfterSeconds: number;
}

/** `POST /v1/feed/acks`. */
export interface FeedAck {
  readonly connection: string;
  readonly applied: string;
  readonly rejected: readonly { readonly revision: number; readonly id: string | null; readonly reason: string }[];
  readonly tombstones?: readonly { readonly id: string; readonly digest: string; readonly revision: number }[];
  /** Counts up with each ack of the verifier. */
  readonly sent: number;
}

export interface FeedAckAnswer {
  readonly head: string;
  readonly serverTime: number;
  readonly staleness: StalenessBounds;
}
