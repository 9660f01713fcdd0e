import type { CheckRequest } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { UsageStore, UseRow } from '../store/usage-store.ts';

/** When tokens were let in by this server itself, which no verifier reports. */
export interface HomeUses {
  /** Notes one use; `exposedInUrl`: its text stood in the URL. */
  note(token: Pick<TokenRow, 'id' | 'account'>, request: CheckRequest, exposedInUrl?: boolean): void;
  /** Writes what was noted. Rejects with the store's error; it is tried again with the next. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** The service by which uses at the server's own doors are called. */
export const HOME_SERVICE = 'latchkey';

const FLUSH_EVERY_MS = 10_000;
const CLIENT_LIMIT = 40;

/** Keeps the newest use of each token in memory and writes them every ten seconds, which is what is lost where the process dies. */
export function createHomeUses(deps: {
  readonly store: Pick<UsageStore, 'noteUses'>;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: { error(fields: object, message: string): void };
}): HomeUses {
  const { store, now, log } = deps;
  let noted = new Map<string, UseRow>();
  let flushing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    flush().catch((error: unknown) => log.error({ err: error }, 'uses of tokens could not be stored'));
  }, FLUSH_EVERY_MS);
  timer.unref();

  function flush(): Promise<void> {
    flushing = flushing.catch(() => undefined).then(write);
    return flushing;
  }

  async function write(): Promise<void> {
    const taken = noted;
    if (taken.size === 0) return;
    noted = new Map();
    try {
      await store.noteUses([...taken.values()]);
    } catch (error) {
      // What came meanwhile is newer.
      noted = new Map([...taken, ...noted]);
      throw error;
    }
  }

  return {
    note({ id, account }, { userAgent }, exposedInUrl = false) {
      for (const kind of exposedInUrl ? (['allowed', 'exposed'] as const) : (['allowed'] as const)) {
        noted.set(`${id} ${kind}`, {
          token: id,
          account,
          kind,
          at: now(),
          outcome: 'allowed',
          service: HOME_SERVICE,
          origin: '',
          client: clientName(userAgent),
        });
      }
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

/** What stands before the version in `User-Agent` (RFC 9110 §10.1.5). */
function clientName(userAgent: unknown): string {
  const [name = ''] = /^[\w!#$%&'*+.^`|~-]+/.exec(typeof userAgent === 'string' ? userAgent : '') ?? [];
  return name.slice(0, CLIENT_LIMIT);
}
