/** A body that no door may take. `names`: what the refusal's `detail` or `field` has to name. */
export interface HostileBody {
  readonly what: string;
  readonly bytes: Uint8Array | string;
  readonly contentType?: string | null;
  readonly headers?: readonly (readonly [string, string])[];
  readonly status: 400 | 413 | 415;
  readonly names?: string;
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

/**
 * Bodies that are wrong as JSON or as HTTP, whatever the route wants. `valid` is a body that the route would take;
 * every hostile one holds it with something wrong, so that taking it would leave a trace.
 */
export function hostileBodies(valid: Readonly<Record<string, unknown>>): readonly HostileBody[] {
  const inner = JSON.stringify(valid).slice(1, -1);
  const [firstKey = ''] = Object.keys(valid);
  const first = JSON.stringify(valid[firstKey]);
  const escapedKey = `\\u${firstKey.charCodeAt(0).toString(16).padStart(4, '0')}${firstKey.slice(1)}`;
  const withBytes = (...bytes: number[]) =>
    Buffer.concat([Buffer.from(`{${inner},"note":"`), Buffer.from(bytes), Buffer.from('"}')]);
  return [
    ...['[]', '"text"', '1', 'true', 'null', `[{${inner}}]`].map((bytes) => ({
      what: `JSON that is ${bytes}`,
      bytes,
      status: 400 as const,
    })),
    { what: 'nothing', bytes: '', status: 400 },
    { what: 'white space', bytes: ' \n', status: 400 },
    { what: 'half a body', bytes: `{${inner}`, status: 400 },
    { what: 'a trailing comma', bytes: `{${inner},}`, status: 400 },
    { what: 'a comment', bytes: `{${inner}/* x */}`, status: 400 },
    { what: 'a second value', bytes: `{${inner}}{}`, status: 400 },
    { what: 'single quotes', bytes: `{${inner},'note':'x'}`, status: 400 },
    { what: 'an unknown key', bytes: `{${inner},"surprise":1}`, status: 400, names: 'surprise' },
    { what: 'a repeated key', bytes: `{${inner},"${firstKey}":${first}}`, status: 400, names: firstKey },
    {
      what: 'a key repeated in escapes',
      bytes: `{${inner},"${escapedKey}":${first}}`,
      status: 400,
      names: firstKey,
    },
    {
      what: 'an own __proto__',
      bytes: `{${inner},"__proto__":{"default":true}}`,
      status: 400,
      names: '__proto__',
    },
    {
      what: 'an own __proto__ in escapes',
      bytes: `{${inner},"\\u005f_proto__":{}}`,
      status: 400,
      names: '__proto__',
    },
    { what: 'everything inside __proto__', bytes: `{"__proto__":{${inner}}}`, status: 400 },
    {
      what: 'an own constructor',
      bytes: `{${inner},"constructor":{"prototype":{}}}`,
      status: 400,
      names: 'constructor',
    },
    { what: 'an own toString', bytes: `{${inner},"toString":1}`, status: 400, names: 'toString' },
    { what: 'nesting over 16', bytes: `{${inner},"note":${nested(17)}}`, status: 400 },
    { what: 'nesting of thousands', bytes: `{${inner},"note":${nested(20_000)}}`, status: 400 },
    { what: 'bad UTF-8', bytes: withBytes(0xff, 0xfe), status: 400 },
    { what: 'overlong UTF-8', bytes: withBytes(0xc0, 0xaf), status: 400 },
    { what: 'UTF-8 cut short', bytes: withBytes(0xe2, 0x82), status: 400 },
    { what: 'a surrogate in UTF-8', bytes: withBytes(0xed, 0xa0, 0x80), status: 400 },
    { what: 'a NUL between tokens', bytes: `{${inner}\0}`, status: 400 },
    { what: 'over 64 KiB', bytes: `{${inner},"note":"${'x'.repeat(65_536)}"}`, status: 413 },
    { what: 'over 64 KiB of white space', bytes: `${' '.repeat(66_000)}{${inner}}`, status: 413 },
    { what: 'no content type', bytes: `{${inner}}`, contentType: null, status: 415 },
    ...[
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/jsonp',
      'application/json-patch+json',
    ].map((contentType) => ({
      what: `content type ${contentType}`,
      bytes: `{${inner}}`,
      contentType,
      status: 415 as const,
    })),
    {
      what: 'a compressed body',
      bytes: `{${inner}}`,
      headers: [['Content-Encoding', 'gzip']],
      status: 415,
    },
  ];
}

/** Values of the wrong type for each field of a token's body. */
export const WRONG_TYPES: readonly { readonly field: string; readonly value: unknown }[] = [
  { field: 'scopes', value: 'styles:read' },
  { field: 'scopes', value: null },
  { field: 'scopes', value: [1] },
  { field: 'scopes', value: [null] },
  { field: 'scopes', value: [['styles:read']] },
  { field: 'scopes', value: { 0: 'styles:read', length: 1 } },
  { field: 'note', value: 5 },
  { field: 'note', value: ['x'] },
  { field: 'allowedUrls', value: 'https://example.com' },
  { field: 'allowedUrls', value: [1] },
  { field: 'allowedUrls', value: { length: 0 } },
  { field: 'resources', value: '/styles' },
  { field: 'resources', value: [{}] },
  { field: 'allowedApplications', value: [{ platform: 'windows', bundleId: 'x' }] },
  { field: 'allowedApplications', value: [{ platform: 'ios' }] },
  { field: 'allowedApplications', value: [{ platform: 'ios', bundleId: 'a.b', extra: 1 }] },
];
