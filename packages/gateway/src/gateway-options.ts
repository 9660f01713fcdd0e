import type { Policy, ServiceDefinition } from '@latchkey/core';

/** What a gateway runs by. */
export interface GatewayOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where the Latchkey server is. */
  readonly server: string;
  /** A token with the scope `verifiers:sync`. */
  readonly token: string;
  /** What people call this gateway. */
  readonly name: string;
  /** The APIs behind it; none: the table of the server is read, at the start and when the options are replaced. */
  readonly services: readonly ServiceDefinition[];
  readonly secretInQuery: Policy['secretInQuery'];
  /** The API's own origin, as browsers see it. */
  readonly publicOrigin: string | undefined;
  /** Who may tell the original request; empty: nobody, and every request is refused. */
  readonly trustedProxies: readonly string[];
}

/** What is bound when a gateway starts: another value takes effect at the next start. */
const FIXED = [
  'host',
  'port',
  'server',
  'token',
  'name',
] as const satisfies readonly (keyof GatewayOptions)[];

/** An option that takes effect only at a start. */
export type FixedOption = (typeof FIXED)[number];

/** Which options of `next` differ from those in force and wait for the next start. */
export function waitingForRestart(inForce: GatewayOptions, next: GatewayOptions): readonly FixedOption[] {
  return FIXED.filter((option) => inForce[option] !== next[option]);
}
