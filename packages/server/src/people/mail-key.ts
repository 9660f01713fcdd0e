import type { PeopleDeps } from './deps.ts';

/** What mails to an address that anybody can cause are counted under. */
export function mailKey({ key }: Pick<PeopleDeps, 'key'>, email: string): string {
  return key.digest('guess', `mail\0${email}`);
}
