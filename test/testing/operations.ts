import { call, field, listOf, textField } from './call.ts';

/** An operation as the server's own OpenAPI document declares it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With `{name}` for each parameter. */
  readonly path: string;
  /** Scopes that the caller's token needs, all of them; undefined: anyone may call. */
  readonly requires: readonly string[] | undefined;
  readonly takesBody: boolean;
}

/** Reads `/openapi.json` of a running server: what takes a token, or nothing at all. */
export async function readOperations(baseUrl: string): Promise<readonly Operation[]> {
  return readTagged(baseUrl, (tags) => !tags.includes(SESSION));
}

/** What belongs to a person in front of a browser, and takes no token. */
export async function readSessionOperations(baseUrl: string): Promise<readonly Operation[]> {
  return readTagged(baseUrl, (tags) => tags.includes(SESSION));
}

const SESSION = 'Session';

async function readTagged(
  baseUrl: string,
  isWanted: (tags: readonly unknown[]) => boolean,
): Promise<readonly Operation[]> {
  const document = await call(`${baseUrl}/openapi.json`);
  if (document.status !== 200) throw new Error(`/openapi.json answers ${document.status}`);
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(Object(field(document.body, 'paths')))) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      if (!Object.hasOwn(Object(item), method)) continue;
      const operation = field(item, method);
      const tags = Object.hasOwn(Object(operation), 'tags') ? listOf(field(operation, 'tags')) : [];
      if (!isWanted(tags)) continue;
      operations.push({
        id: textField(operation, 'operationId'),
        method: method.toUpperCase(),
        path,
        requires: requiresOf(operation),
        takesBody: Object.hasOwn(Object(operation), 'requestBody'),
      });
    }
  }
  return operations;
}

/** OpenAPI 3.1 lets a security requirement of any scheme name the roles, here scopes, that are needed. */
function requiresOf(operation: unknown): readonly string[] | undefined {
  const [first] = listOf(field(operation, 'security'));
  return Object.hasOwn(Object(first), 'bearer') ? listOf(field(first, 'bearer')).map(String) : undefined;
}

/** A body that each operation with one would take; `name` is for what it would make. */
export function validBody(operation: Operation, name: string): unknown {
  if (!operation.takesBody) return undefined;
  const bodies: Readonly<Record<string, unknown>> = {
    createToken: { scopes: [], note: name },
    updateToken: { note: name },
    createNativeToken: { scopes: [], note: name },
    updateNativeToken: { note: name },
    rotateToken: { grace: '1h' },
    changeRotation: { grace: '1h' },
    revokeTokens: { ids: [`c${'0'.repeat(24)}`], dryRun: true },
    checkUrls: { entries: ['https://example.com'] },
    createAccount: { name },
    explain: { token: `c${'0'.repeat(24)}`, request: { url: '/styles/v1/acme/streets' } },
    reportUsage: {
      reporter: name,
      sequence: 1,
      until: null,
      isLast: false,
      texts: [],
      counters: [],
      sources: [],
      refusals: [],
    },
    acknowledgeFeed: { connection: name, applied: `e.0.${'0'.repeat(16)}`, rejected: [], sent: 1 },
  };
  if (!Object.hasOwn(bodies, operation.id))
    throw new Error(`no body is known for ${operation.id}: add one here`);
  return bodies[operation.id];
}

/** Fills the path's parameters. @throws Error for a parameter without a value */
export function fillPath(operation: Operation, values: Readonly<Record<string, string>>): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value is known for {${name}} of ${operation.path}: add one`);
    return encodeURIComponent(value);
  });
}
