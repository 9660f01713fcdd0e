/** A `WWW-Authenticate: Bearer` challenge (RFC 9110 §11.6.1, RFC 6750 §3). */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Parses one challenge strictly: every parameter is a quoted string of the characters that RFC 6750 §3 allows.
 * @throws Error where the header is anything else
 */
export function parseChallenge(header: string): Challenge {
  const [scheme = '', ...rest] = header.split(' ');
  const parameters = new Map<string, string>();
  let text = rest.join(' ').trim();
  while (text !== '') {
    const match = /^([a-z_]+)="([\x20-\x21\x23-\x5b\x5d-\x7e]*)"(?:, *|$)/.exec(text);
    const [whole, name, value] = match ?? [];
    if (whole === undefined || name === undefined || value === undefined)
      throw new Error(`not a challenge: ${header}`);
    if (parameters.has(name)) throw new Error(`${name} occurs twice: ${header}`);
    parameters.set(name, value);
    text = text.slice(whole.length);
  }
  return { scheme, parameters };
}
