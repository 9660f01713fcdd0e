/** Why a gateway could not start. */
export type GatewayErrorCode =
  | 'port_in_use'
  | 'cannot_listen'
  | 'services_unreadable'
  /** The reverse proxy has no API for a service, or one for a service that does not exist. */
  | 'upstreams_unfit';

export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: GatewayErrorCode;
  /** Where it could not listen. */
  readonly place: { readonly host: string; readonly port: number } | undefined;

  constructor(
    code: GatewayErrorCode,
    message: string,
    about: { readonly cause?: unknown; readonly place?: GatewayError['place'] } = {},
  ) {
    super(message, { cause: about.cause });
    this.code = code;
    this.place = about.place;
  }
}
