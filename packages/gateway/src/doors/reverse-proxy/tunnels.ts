import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { UpstreamRequest } from '../../upstream/forward.ts';
import type { OpenTunnel, TunnelReceiver } from '../../upstream/open-tunnel.ts';
import type { UpstreamFailure } from '../../upstream/upstream-failure.ts';
import { answerBytes, codeOfFailure, doorAnswer, headBytes } from './door-answers.ts';
import type { RelayWatch } from './relay.ts';

/** Connections that changed their protocol, and go on until one side ends them or the token behind them loses its right. */
export interface Tunnels {
  /**
   * Asks the API for the other protocol, and ties the two connections together.
   * @param head what the client sent of the new protocol already
   * @param isAllowed asked again every second
   */
  open(
    request: UpstreamRequest,
    protocol: string,
    client: Duplex,
    head: Buffer,
    isAllowed: () => boolean,
  ): void;
  /** Cuts all, and opens no more. */
  close(): void;
}

const RECHECK_MS = 1_000;
/** A peer that vanished is found by the operating system's probes. */
const PROBE_AFTER_MS = 30_000;

export function createTunnels(openTunnel: OpenTunnel, watch: RelayWatch): Tunnels {
  const open = new Map<Duplex, { readonly isAllowed: () => boolean; readonly cut: () => void }>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function recheck(): void {
    for (const { isAllowed, cut } of open.values()) if (!isAllowed()) cut();
  }

  return {
    open(request, protocol, client, head, isAllowed) {
      if (isClosed) {
        client.destroy();
        return;
      }
      const handshake = new Handshake(client, head, protocol, request.origin, watch);
      const call = openTunnel(request, protocol, handshake);
      open.set(client, {
        isAllowed,
        cut() {
          call.abort();
          handshake.cut();
        },
      });
      timer ??= setInterval(recheck, RECHECK_MS).unref();
      client.once('close', () => {
        open.get(client)?.cut();
        open.delete(client);
        if (open.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      });
    },
    close() {
      isClosed = true;
      for (const { cut } of [...open.values()]) cut();
    },
  };
}

/** Takes what the API says to a request for another protocol, and gives it to the client as bytes. */
class Handshake implements TunnelReceiver {
  readonly #client: Duplex;
  readonly #head: Buffer;
  readonly #protocol: string;
  readonly #origin: string;
  readonly #watch: RelayWatch;
  #upstream: Duplex | undefined;
  #isBegun = false;

  constructor(client: Duplex, head: Buffer, protocol: string, origin: string, watch: RelayWatch) {
    this.#client = client;
    this.#head = head;
    this.#protocol = protocol;
    this.#origin = origin;
    this.#watch = watch;
  }

  opened(headers: readonly string[], upstream: Duplex): void {
    const client = this.#client;
    this.#upstream = upstream;
    upstream.on('error', () => undefined);
    upstream.once('close', () => client.destroy());
    if (client.destroyed) {
      upstream.destroy();
      return;
    }
    watchForSilence(client);
    watchForSilence(upstream);
    client.write(
      headBytes(101, 'Switching Protocols', ['Connection', 'Upgrade', 'Upgrade', this.#protocol, ...headers]),
      'latin1',
    );
    if (this.#head.length > 0) upstream.write(this.#head);
    upstream.pipe(client).pipe(upstream);
  }

  head(status: number, statusText: string, headers: readonly string[]): void {
    this.#isBegun = true;
    this.#client.write(headBytes(status, statusText, [...headers, 'Connection', 'close']), 'latin1');
  }

  chunk(bytes: Uint8Array): boolean {
    // An API's "no" is short; whatever it writes is ended by its own limits, not by this connection's.
    this.#client.write(bytes);
    return true;
  }

  end(): void {
    closeBehind(this.#client, '');
  }

  fail(failure: UpstreamFailure): void {
    const code = codeOfFailure(failure);
    this.#watch.onFailure?.(code, this.#origin);
    if (this.#isBegun) this.#client.destroy();
    else closeBehind(this.#client, answerBytes(doorAnswer(code, this.#watch.requestId())));
  }

  cut(): void {
    this.#upstream?.destroy();
    this.#client.destroy();
  }
}

/** Ends a connection once these bytes are on their way. */
export function closeBehind(client: Duplex, bytes: string): void {
  client.end(bytes, () => client.destroy());
}

function watchForSilence(connection: Duplex): void {
  if (connection instanceof Socket) connection.setKeepAlive(true, PROBE_AFTER_MS).setNoDelay(true);
}
