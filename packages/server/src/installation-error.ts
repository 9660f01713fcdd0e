/** The server cannot run here, and the message says what to do about it. `code` is closed. */
export class InstallationError extends Error {
  override readonly name = 'InstallationError';
  readonly code: 'not_initialised' | 'already_initialised' | 'port_in_use' | 'cannot_listen' | 'cannot_open';

  constructor(code: InstallationError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
