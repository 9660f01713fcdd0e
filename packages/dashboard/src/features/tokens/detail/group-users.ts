import type { TokenUsers } from '@latchkey/wire/native';

/** Somebody who uses a token: a page's host, or a program that names no page. */
export interface TokenUser {
  /** Empty: no page was named. `*`: not told apart. */
  readonly origin: string;
  readonly client: string;
  readonly services: readonly string[];
  readonly allowed: number;
  readonly refused: number;
  /** ISO 8601. */
  readonly last: string;
}

/**
 * Puts allowed and refused uses of the same page together, over services and clients; of programs without a page, those of the same client.
 * The most used come first.
 */
export function groupUsers(users: TokenUsers['users']): readonly TokenUser[] {
  const groups = new Map<string, TokenUser>();
  for (const use of users) {
    const key = use.origin === '' ? ` ${use.client}` : use.origin;
    const before = groups.get(key);
    groups.set(key, {
      origin: use.origin,
      client:
        before === undefined || before.client === use.client
          ? use.client
          : together(before.client, use.client),
      services: [...new Set([...(before?.services ?? []), use.service])].sort(),
      allowed: (before?.allowed ?? 0) + (use.kind === 'allowed' ? use.count : 0),
      refused: (before?.refused ?? 0) + (use.kind === 'refused' ? use.count : 0),
      last: before === undefined || use.at > before.last ? use.at : before.last,
    });
  }
  return [...groups.values()].sort(
    (a, b) => b.allowed + b.refused - (a.allowed + a.refused) || b.last.localeCompare(a.last),
  );
}

function together(some: string, one: string): string {
  return [...new Set([...some.split(', '), one])]
    .filter((client) => client !== '')
    .sort()
    .join(', ');
}
