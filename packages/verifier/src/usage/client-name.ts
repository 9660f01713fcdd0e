import { OTHER } from '@latchkey/core';
import Bowser from 'bowser';

/** `curl/8.5.0`, `okhttp/4.12`, `python-requests/2.32`: what programs call themselves. */
const PROGRAM = /^([A-Za-z][A-Za-z0-9._+-]{0,39})(?:[/ ;(]|$)/;
const NAME = /^[\x20-\x7e]{1,40}$/;

/** What a client is called without its version: `Chrome`, `curl`. {@link OTHER} for what says nothing. */
export function clientName(userAgent: string): string {
  if (!userAgent.startsWith('Mozilla/')) return PROGRAM.exec(userAgent)?.[1] ?? OTHER;
  try {
    const name = Bowser.getParser(userAgent, true).parseBrowser().name ?? '';
    return NAME.test(name) ? name : OTHER;
  } catch {
    // The library reads what strangers wrote; what it stumbles over has no name.
    return OTHER;
  }
}
