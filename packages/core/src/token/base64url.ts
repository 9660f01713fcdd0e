const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NOT_IN_ALPHABET = 64;
const VALUES = new Uint8Array(128).fill(NOT_IN_ALPHABET);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

/** RFC 4648 §5 without padding. By hand, because core runs where neither `Buffer` nor `btoa` is promised. */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63);
    if (left > 1) text += ALPHABET.charAt((group >> 6) & 63);
    if (left > 2) text += ALPHABET.charAt(group & 63);
  }
  return text;
}

/**
 * The inverse of {@link encodeBase64url}, and of nothing else: padding, foreign characters, a length that no encoder
 * makes and trailing bits that are not zero give undefined, so that no two texts stand for the same bytes.
 */
export function decodeBase64url(text: string): Uint8Array | undefined {
  const tail = text.length % 4;
  if (tail === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let bitCount = 0;
  let filled = 0;
  for (let at = 0; at < text.length; at += 1) {
    const value = VALUES[text.charCodeAt(at)] ?? NOT_IN_ALPHABET;
    if (value === NOT_IN_ALPHABET) return undefined;
    bits = ((bits << 6) | value) & 0xfff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[filled] = (bits >> bitCount) & 0xff;
      filled += 1;
    }
  }
  const leftOver = bits & ((1 << bitCount) - 1);
  return leftOver === 0 ? bytes : undefined;
}
