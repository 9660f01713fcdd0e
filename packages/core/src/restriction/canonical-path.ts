const PATH_LIMIT = 8192;
const RAW_IN_SEGMENT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@";

/** Anything but `/` and what may stand raw in a segment. */
const NOT_RAW = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/]/;

/** Nothing to respell, save that encoded bytes above 0x7f have to be UTF-8. */
const WELL_SPELLED =
  /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%(?:2[023]|3[CEF]|5[BDE]|60|7[BCD]|[89A-F][0-9A-F]))*$/;

/**
 * An encoded `%` with which a second encoding begins, of anything that has a meaning in paths. To be asked once all else is
 * spelled raw: the digits that follow may have been encoded themselves (`%25%32%65`).
 */
const TWICE_ENCODED = /%25(?:[01][0-9A-F]|2[5EF]|3B|5C|7F)/i;

/**
 * How a byte is spelled in a segment: raw where it may be (RFC 3986 `pchar`), else encoded. Undefined for slash, backslash
 * and control characters: a server that decodes them sees another path than we do.
 */
const SPELLINGS: readonly (string | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20 || byte === 0x7f || byte === 0x2f || byte === 0x5c) return undefined;
  const character = String.fromCharCode(byte);
  return RAW_IN_SEGMENT.includes(character) ? character : `%${byte.toString(16).toUpperCase()}`;
});

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
  const spelled = NOT_RAW.test(path) ? respell(path) : path;
  if (spelled === undefined || spelled === '/') return spelled;
  const bare = spelled.endsWith('/') ? spelled.slice(0, -1) : spelled;
  return hasDeceptiveSegment(bare) ? undefined : bare;
}

/** True where `path` is `prefix` or lies below it, both being canonical. `/a` holds `/a` and `/a/b`, not `/ab`. */
export function isPathWithin(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  return path.length === prefix.length || path.charCodeAt(prefix.length) === 0x2f || prefix === '/';
}

/** Undefined where the path cannot be spelled, or is not UTF-8. */
function respell(path: string): string | undefined {
  if (WELL_SPELLED.test(path)) return isUtf8(path) ? path : undefined;
  let spelled = '';
  let rawFrom = 0;
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at);
    if (code === 0x25) {
      const spelling = SPELLINGS[hexByte(path, at + 1)];
      if (spelling === undefined) return undefined;
      spelled += path.slice(rawFrom, at) + spelling;
      at += 2;
      rawFrom = at + 1;
    } else if (code !== 0x2f) {
      const spelling = isForeign(code) ? undefined : SPELLINGS[code];
      if (spelling === undefined) return undefined;
      if (spelling.length === 1) continue;
      spelled += path.slice(rawFrom, at) + spelling;
      rawFrom = at + 1;
    }
  }
  spelled += path.slice(rawFrom);
  return !TWICE_ENCODED.test(spelled) && isUtf8(spelled) ? spelled : undefined;
}

/** Space, `?`, `#` and everything beyond ASCII: no path that was taken out of a URL has them raw. */
function isForeign(code: number): boolean {
  return code > 0x7f || code === 0x20 || code === 0x3f || code === 0x23;
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

/** -1 where two hexadecimal digits are not to be found. */
function hexByte(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function isUtf8(encoded: string): boolean {
  try {
    decodeURIComponent(encoded);
    return true;
  } catch {
    return false;
  }
}
