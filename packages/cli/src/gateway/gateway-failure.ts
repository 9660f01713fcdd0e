import type { GatewayError, GatewayErrorCode } from '@latchkey/gateway';
import type { Config } from '@latchkey/server';
import type { Messages } from '@latchkey/wire/messages';
import { Failure } from '../failure.ts';

interface Told {
  readonly message: string;
  readonly fix: string;
}

/** Says in the reader's language why the gateway cannot run here. Other errors come back unchanged. */
export function gatewayFailure(
  error: unknown,
  { host, port }: Pick<Config['gateway'], 'host' | 'port'>,
  { gateway, server }: Messages,
): unknown {
  if (!isGatewayError(error)) return error;
  const problem = error.cause instanceof Error ? error.cause.message : error.message;
  const place = error.place ?? { host, port };
  const isDoors = place.port === port;
  const told = {
    port_in_use: {
      message: server.portTaken(place),
      fix: isDoors ? gateway.portTakenFix : gateway.proxyPortTakenFix,
    },
    cannot_listen: {
      message: gateway.cannotListen({ ...place, problem }),
      fix: server.cannotListenFix,
    },
    upstreams_unfit: { message: gateway.upstreamsUnfit({ problem }), fix: gateway.upstreamsUnfitFix },
    services_unreadable: { message: gateway.noServices({ problem }), fix: gateway.noServicesFix },
  } as const satisfies Record<GatewayErrorCode, Told>;
  return new Failure({ exit: 'unavailable', code: error.code, ...told[error.code] }, error);
}

/** By name, because the class itself comes from a module that is loaded only where it is needed. */
function isGatewayError(error: unknown): error is GatewayError {
  return error instanceof Error && error.name === 'GatewayError';
}
