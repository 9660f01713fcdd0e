import type { Log } from './http/app-deps.ts';
import type { GuessStore, LinkStore } from './store/people-store.ts';
import type { SweepStore, VerifierStore } from './store/store.ts';
import { sweepHistory } from './sweep-history.ts';
import { sweepTemporaryTokens } from './tokens/sweep-temporary-tokens.ts';
import { sweepUsage, type UsageKeeping, type UsageSweepStore } from './usage/sweep-usage.ts';

const SWEEP_EVERY_MS = 10 * 60 * 1000;
/** So long a verifier is shown after its bounds have passed. */
const KEEP_VERIFIERS_MS = 24 * 3600 * 1000;

/**
 * So long, and so many at most, failed guesses are counted on. It is the same about somebody and about nobody: else, who waited
 * longer than one of the two is kept would see from the next answer which it was.
 */
const KEEP_GUESSES_MS = 365 * 24 * 3600 * 1000;
const KEEP_GUESSES = 200_000;

export interface Sweeping {
  /** Starts no further sweep, and resolves when the one that runs has ended. */
  stop(): Promise<void>;
}

/** Sweeps at the start and every ten minutes. A sweep that fails is logged; the next one tries again. */
export function startSweeping(deps: {
  readonly store: SweepStore &
    VerifierStore &
    UsageSweepStore &
    Pick<LinkStore, 'sweepOver'> &
    Pick<GuessStore, 'sweepGuesses'>;
  readonly usage: UsageKeeping;
  readonly keepChanges: number;
  readonly now: () => number;
  readonly log: Log;
}): Sweeping {
  let running: Promise<void> | undefined;
  const sweep = () => {
    running ??= sweepOnce(deps).finally(() => {
      running = undefined;
    });
  };
  sweep();
  const timer = setInterval(sweep, SWEEP_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function sweepOnce({ log, ...deps }: Parameters<typeof startSweeping>[0]): Promise<void> {
  try {
    const forgotten = await sweepTemporaryTokens(deps);
    if (forgotten > 0) log.info({ forgotten }, 'expired temporary tokens were forgotten');
    const gone = await deps.store.forgetVerifiers(deps.now() - KEEP_VERIFIERS_MS);
    if (gone > 0) log.info({ gone }, 'verifiers that serve nobody were forgotten');
    const { changes, keys } = await sweepHistory(deps);
    if (changes + keys > 0) log.info({ changes, keys }, 'old changes and idempotency keys were forgotten');
    const rows = await sweepUsage(deps);
    const at = deps.now();
    const over = await deps.store.sweepOver(at);
    const guesses = await deps.store.sweepGuesses({ before: at - KEEP_GUESSES_MS, keep: KEEP_GUESSES });
    if (over + guesses > 0)
      log.info({ over, guesses }, 'sessions, links and guesses that are over were forgotten');
    if (rows > 0) log.info({ rows }, 'usage that is not kept any longer was forgotten');
  } catch (error) {
    log.error({ err: error }, 'what is not kept any longer could not be swept');
  }
}
