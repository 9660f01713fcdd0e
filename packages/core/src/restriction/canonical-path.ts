const PATH_LIMIT = 8192;

const REFUSE = 0;
const RAW = 1;
const ENCODE = 2;

/** What becomes of an ASCII character in a path segment: it stands raw (RFC 3986 `pchar`), is encoded, or spoils the path. */
const CLASSES = (() => {
  const classes = new Uint8Array(128);
  for (let code = 0x21; code < 0x7f; code++) classes[code] = ENCODE;
  const raw = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@";
  for (const character of raw) classes[character.charCodeAt(0)] = RAW;
  for (const character of '\\?#') classes[character.charCodeAt(0)] = REFUSE;
  return classes;
})();

/**
 * The one form in which paths are compared, or undefined where servers disagree about what the path means.
 * Every character that may stand raw in a segment stands raw, every other is `%XX` in capitals, and one trailing slash is
 * dropped: `/a/%7euser/x,y/` gives `/a/~user/x,y`. Undefined for anything that does not begin with `/`, an empty segment
 * (`//`), a dot segment in any spelling (`..`, `%2e%2e`, `..;x`), an encoded slash, backslash or control character, the same
 * encoded twice, a raw space, backslash, `?`, `#` or non-ASCII character, a broken percent-encoding, bytes that are
 * not UTF-8, and more than 8,192 characters. It is for comparing only, never for asking a server.
 */
export function canonicalPath(path: string): string | undefined {
  if (path.length > PATH_LIMIT || path.charCodeAt(0) !== 0x2f) return undefined;
  const spelled = needsRespelling(path) ? respell(path) : path;
  if (spelled === undefined || spelled === '/') return spelled;
  const bare = spelled.endsWith('/') ? spelled.slice(0, -1) : spelled;
  return hasDeceptiveSegment(bare) ? undefined : bare;
}

/** True where `path` is `prefix` or lies below it, both being canonical. `/a` holds `/a` and `/a/b`, not `/ab`. */
export function isPathWithin(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  return path.length === prefix.length || path.charCodeAt(prefix.length) === 0x2f || prefix === '/';
}

function needsRespelling(path: string): boolean {
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at);
    if (code !== 0x2f && (code > 0x7f || CLASSES[code] !== RAW)) return true;
  }
  return false;
}

function respell(path: string): string | undefined {
  let spelled = '';
  let hasHighByte = false;
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at);
    if (code === 0x25) {
      const byte = hexByte(path, at + 1);
      const written = byte === undefined ? undefined : spellByte(byte, path, at + 3);
      if (byte === undefined || written === undefined) return undefined;
      if (byte > 0x7f) hasHighByte = true;
      spelled += written;
      at += 2;
      continue;
    }
    if (code === 0x2f) {
      spelled += '/';
      continue;
    }
    const kind = code > 0x7f ? REFUSE : CLASSES[code];
    if (kind === REFUSE) return undefined;
    spelled += kind === RAW ? path.charAt(at) : percent(code);
  }
  return hasHighByte && !isUtf8(spelled) ? undefined : spelled;
}

/** `after`: where the text behind this byte begins, because an encoded `%` may begin a second encoding. */
function spellByte(byte: number, path: string, after: number): string | undefined {
  if (isDangerous(byte)) return undefined;
  if (byte === 0x25) {
    const inner = hexByte(path, after);
    const hidesMeaning =
      inner !== undefined && (isDangerous(inner) || inner === 0x25 || inner === 0x2e || inner === 0x3b);
    return hidesMeaning ? undefined : '%25';
  }
  return byte < 0x80 && CLASSES[byte] === RAW ? String.fromCharCode(byte) : percent(byte);
}

/** Slash, backslash and control characters: a server that decodes them sees another path than we do. */
function isDangerous(byte: number): boolean {
  return byte < 0x20 || byte === 0x7f || byte === 0x2f || byte === 0x5c;
}

/** Some servers cut a segment at `;`, so what stands before it counts as the segment. */
function hasDeceptiveSegment(path: string): boolean {
  for (let slash = 0; slash !== -1; slash = path.indexOf('/', slash + 1)) {
    let at = slash + 1;
    while (at < slash + 3 && path.charCodeAt(at) === 0x2e) at++;
    const end = path.charCodeAt(at);
    if (Number.isNaN(end) || end === 0x2f || end === 0x3b) return true;
  }
  return false;
}

function hexByte(text: string, at: number): number | undefined {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? undefined : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function isUtf8(encoded: string): boolean {
  try {
    decodeURIComponent(encoded);
    return true;
  } catch {
    return false;
  }
}
