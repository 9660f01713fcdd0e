/** A browser as far as sign-in is concerned: keeps cookies, and says that its calls come from a page of the server. */
export interface TestBrowser {
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<BrowserAnswer>;
  /** Names and values of the cookies that it keeps. */
  readonly cookies: Map<string, string>;
}

export interface BrowserAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Readonly<Record<string, unknown>>;
}

export function openBrowser(url: string, fromAddress?: string): TestBrowser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async call(method, path, body, headers = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          'sec-fetch-site': 'same-origin',
          ...(cookie === '' ? {} : { cookie }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(fromAddress === undefined ? {} : { 'x-forwarded-for': fromAddress }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      for (const line of response.headers.getSetCookie()) keep(cookies, line);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      const json: unknown = isJson ? JSON.parse(text) : {};
      return { status: response.status, headers: response.headers, json: Object(json) };
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  if (/; Max-Age=0(?:;|$)/.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}
