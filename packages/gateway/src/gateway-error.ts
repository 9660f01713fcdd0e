/** Why a gateway could not start. */
export type GatewayErrorCode = 'port_in_use' | 'cannot_listen' | 'services_unreadable';

export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: GatewayErrorCode;

  constructor(code: GatewayErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
