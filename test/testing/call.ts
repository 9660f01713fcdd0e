/** An answer as a test looks at it. `body` is the parsed JSON, the text where it is not JSON, null where there is none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

export interface Call {
  readonly method?: string;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
  /** Sent as JSON with its content type; undefined: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One HTTP exchange. */
export async function call(
  url: string,
  { method = 'GET', token, body, headers = {} }: Call = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parseBody(text), text };
}

function parseBody(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Reads a field of a JSON object. @throws Error when `value` is not an object or lacks the field */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
    throw new Error(`no field ${name} in ${JSON.stringify(value)}`);
  }
  return (value as Record<string, unknown>)[name];
}

/** Reads a field that has to be text. @throws Error otherwise */
export function textField(value: unknown, name: string): string {
  const found = field(value, name);
  if (typeof found !== 'string') throw new Error(`${name} is not text in ${JSON.stringify(value)}`);
  return found;
}

/** Reads a JSON array. @throws Error otherwise */
export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`not a list: ${JSON.stringify(value)}`);
  return value;
}
