import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { type Fault, type Pump, pump } from './fault-pump.ts';

export const NO_FAULT: Fault = {
  latencyMs: 0,
  bytesPerSecond: undefined,
  sliceBytes: undefined,
  isHole: false,
};

/** A network of our own between clients and one server on this machine. */
export interface FaultProxy {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /** Connections that were made so far. */
  readonly accepted: number;
  /** From clients to the server; what is left out stays as it is. */
  toServer(change: Partial<Fault>): void;
  toClient(change: Partial<Fault>): void;
  /** Both directions. */
  both(change: Partial<Fault>): void;
  /**
   * Connections that are open now become half-open: nothing passes on them any more, in any direction and for ever, and neither
   * side is told. New ones work.
   */
  strand(): void;
  /** Cuts all connections with a reset, which both sides see. */
  reset(): void;
  /** New connections are reset as soon as they come, until this is called with false. */
  refuse(isRefused: boolean): void;
  close(): Promise<void>;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  readonly pumps: readonly Pump[];
  /** One side has broken off, and the other has not been told yet. */
  isBroken: boolean;
}

/** @param targetPort where the server listens, on 127.0.0.1; it need not be there yet */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const faults = { toServer: NO_FAULT, toClient: NO_FAULT };
  const links = new Set<Link>();
  let isRefusing = false;
  let accepted = 0;

  const listener: Server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    accepted += 1;
    if (isRefusing) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const pumps = [pump(client, server, () => faults.toServer), pump(server, client, () => faults.toClient)];
    const link: Link = { client, server, pumps, isBroken: false };
    links.add(link);
    for (const socket of [client, server]) {
      // An error of one side is told to the other as what it was: a reset.
      socket.on('error', () => cut(link));
      socket.on('close', () => {
        if (client.destroyed && server.destroyed) forget(link);
      });
    }
  });

  function forget(link: Link): void {
    for (const one of link.pumps) one.stop();
    links.delete(link);
  }

  function cut(link: Link): void {
    link.isBroken = true;
    if (link.pumps.some((one) => one.isHeld())) return;
    for (const socket of [link.client, link.server]) if (!socket.destroyed) socket.resetAndDestroy();
    forget(link);
  }

  function change(direction: keyof typeof faults, to: Partial<Fault>): void {
    faults[direction] = { ...faults[direction], ...to };
    for (const link of [...links]) {
      if (link.isBroken) cut(link);
      else for (const one of link.pumps) one.wake();
    }
  }

  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    get connections() {
      return links.size;
    },
    get accepted() {
      return accepted;
    },
    toServer: (to) => change('toServer', to),
    toClient: (to) => change('toClient', to),
    both(to) {
      change('toServer', to);
      change('toClient', to);
    },
    strand() {
      for (const { pumps } of links) for (const one of pumps) one.strand();
    },
    reset() {
      for (const { client, server } of links) {
        client.resetAndDestroy();
        server.resetAndDestroy();
      }
    },
    refuse(isRefused) {
      isRefusing = isRefused;
    },
    async close() {
      for (const link of [...links]) {
        forget(link);
        link.client.destroy();
        link.server.destroy();
      }
      listener.close();
      await once(listener, 'close');
    },
  };
}
