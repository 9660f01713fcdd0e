import { randomUUID } from 'node:crypto';
import { parseScope, parseTokenId, readHttpRequest, type Scope, type UsageOutcome } from '@latchkey/core';
import { createVerifier, type Verifier } from '@latchkey/verifier';
import { formatUsageBatch, type UsageBatch } from '@latchkey/wire/feed';
import type { NativeToken } from '@latchkey/wire/native';
import type { TestServer } from '../../packages/server/src/http/testing/start-test-server.ts';

/** `latchkey.yaml` of an installation that protects two small APIs. */
export const MAP_SERVICES = `
services:
  - name: styles
    title: Styles
    description: How a map looks.
    baseUrl: https://maps.example.com
    routes:
      - methods: [GET]
        path: /styles/v1/{account}/{style}
        scopes: [styles:read]
        description: Reads one style.
      - methods: [GET]
        path: /fonts/v1/{account}/{fontstack}/{range}
        scopes: [fonts:read]
        description: Reads 256 glyphs of a font.
  - name: uploads
    title: Uploads
    description: Files that become layers.
    baseUrl: https://maps.example.com
    routes:
      - methods: [GET]
        path: /uploads/v1/{account}
        scopes: [uploads:list]
        description: Lists the uploads.
      - methods: [POST]
        path: /uploads/v1/{account}
        scopes: [uploads:write]
        description: Uploads a file.
`;

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

export interface AskedRequest {
  readonly token: string;
  readonly service?: string;
  readonly path?: string;
  readonly requires?: readonly string[];
  readonly origin?: string;
  readonly userAgent?: string;
  /** The token stands in the URL, not in a header. */
  readonly isInUrl?: boolean;
  /** How often; once where left out. */
  readonly times?: number;
}

/** A real verifier of a test server. */
export interface UsedVerifier {
  readonly verifier: Verifier;
  /** Decides, as a middleware would; tells refusals by a request id, which is the answer. */
  ask(request: AskedRequest): string;
  /** Delivers what it counted, and ends. */
  close(): Promise<void>;
}

/** Resolves once it knows every token. */
export async function startVerifier(server: TestServer, name: string): Promise<UsedVerifier> {
  const { token = '' } = await server.operatorClient.native.tokens.create({
    scopes: ['verifiers:sync'],
    note: name,
  });
  const verifier = createVerifier({ url: server.url, token, name });
  await verifier.ready();
  return {
    verifier,
    ask({
      token: text,
      service = 'styles',
      path = '/styles/v1/acme/streets',
      requires = ['styles:read'],
      origin,
      userAgent = BROWSER,
      isInUrl = false,
      times = 1,
    }) {
      const headers = ['User-Agent', userAgent];
      if (!isInUrl) headers.push('Authorization', `Bearer ${text}`);
      if (origin !== undefined) headers.push('Origin', origin);
      const request = readHttpRequest(
        'GET',
        isInUrl ? `${path}?access_token=${text}` : path,
        headers,
        '192.0.2.7',
      );
      const scopes = requires.map(parseScope).filter((scope): scope is Scope => scope !== undefined);
      const policy = { requires: scopes, secretInQuery: 'flag', publicOrigin: undefined, service } as const;
      const requestId = randomUUID();
      for (let count = 0; count < times; count += 1) {
        const decision = verifier.verify(request, policy);
        if (!decision.allow) verifier.noteRefusal(requestId, decision, request, policy);
      }
      return requestId;
    },
    close: () => verifier.close(),
  };
}

const HOUR = 3_600_000;
const PAST_HOURS = 7 * 24;

/** Reports a week of hours gone by for a token, as a verifier that was there would have. */
export async function reportPast(
  server: TestServer,
  token: Pick<NativeToken, 'id'>,
  outcomes: readonly {
    readonly outcome: UsageOutcome;
    readonly service: string;
    readonly origin: string;
    readonly scope?: string;
    readonly level: number;
  }[],
): Promise<void> {
  const id = parseTokenId(token.id);
  if (id === undefined) throw new TypeError(`not the id of a token: ${token.id}`);
  const sync = await server.operatorClient.native.tokens.create({ scopes: ['verifiers:sync'], note: 'past' });
  const end = Math.floor(Date.now() / HOUR) * HOUR;
  const hours = Array.from({ length: PAST_HOURS }, (_, index) => end - (index + 1) * HOUR);
  const rows = hours.flatMap((minute, index) =>
    outcomes.map(({ level, scope = 'styles:read', ...row }, line) => ({
      ...row,
      scope,
      minute,
      // A day and night, so that a chart has a shape: no test counts on it.
      count: Math.max(1, Math.round(level * (1.1 + Math.sin((index / 24) * 2 * Math.PI + line)))),
    })),
  );
  const batch: UsageBatch = {
    reporter: randomUUID(),
    sequence: 1,
    until: null,
    isLast: true,
    counters: rows.map(({ outcome, service, scope, minute, count }) => ({
      token: id,
      service,
      outcome,
      minute,
      count,
      scope,
    })),
    sources: rows.map(({ outcome, service, origin, minute, count }) => ({
      token: id,
      service,
      outcome,
      count,
      origin,
      client: 'Chrome',
      address: '',
      lastAt: minute,
    })),
    refusals: [],
    exposures: [],
  };
  const answer = await server.call(`/v1/usage/batches?sentAt=${Date.now()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sync.token ?? ''}`, 'content-type': 'application/json' },
    body: formatUsageBatch(batch),
  });
  if (answer.status !== 200) throw new Error(`reporting answered ${answer.status}: ${answer.text}`);
}
