/** What a token's text says of itself; the API alone decides whether it is true. */
export interface TokenFacts {
  readonly account: string | undefined;
  readonly kind: string;
}

const KINDS: Readonly<Record<string, string>> = {
  pk: 'Public token',
  sk: 'Secret token: keep it out of web pages',
  tk: 'Temporary token',
};

export function readTokenFacts(token: string): TokenFacts {
  const [usage = '', payload = ''] = token.split('.');
  const kind = KINDS[usage] ?? 'Not a token';
  try {
    const fields: unknown = JSON.parse(atob(payload));
    const account = typeof fields === 'object' && fields !== null && 'u' in fields ? fields.u : undefined;
    return { account: typeof account === 'string' ? account : undefined, kind };
  } catch {
    return { account: undefined, kind };
  }
}
