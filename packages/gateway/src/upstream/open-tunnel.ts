import type { Duplex } from 'node:stream';
import type { AnswerReceiver, UpstreamCall, UpstreamRequest } from './forward.ts';

/** Takes the answer to a request for another protocol: `opened`, or what any {@link AnswerReceiver} gets, where the API declines. */
export interface TunnelReceiver extends AnswerReceiver {
  /**
   * The API changed the protocol. The connection is the receiver's now: to read, to write and to close.
   * @param headers of its answer, without those about the connection
   */
  opened(headers: readonly string[], socket: Duplex): void;
}

/**
 * Asks the API behind the gateway to change the protocol of a connection, never throws.
 * @param request without a body
 * @param protocol as `Upgrade` names it: `websocket`
 */
export type OpenTunnel = (
  request: UpstreamRequest,
  protocol: string,
  receiver: TunnelReceiver,
) => UpstreamCall;
