import { formatOrigin, readOrigin, readReferer } from '../restriction/origin.ts';
import { OTHER } from './outcome.ts';

const WEB = /^https?:\/\//;

/**
 * The host of the page that an `Origin` or a `Referer` names, with its port where it is not the usual one; another scheme than
 * the web's is told too. `null` as it is; {@link OTHER} for what is no origin.
 */
export function originName(text: string): string {
  if (text === 'null') return text;
  const origin = readOrigin(text) ?? readReferer(text)?.origin;
  return origin === undefined ? OTHER : formatOrigin(origin).replace(WEB, '');
}
