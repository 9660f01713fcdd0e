import { type RetireDeps, retireDueTokens } from './retire-due-tokens.ts';

const LOOK_EVERY_MS = 1000;

export interface Retiring {
  /** Looks no more, and resolves when the look that runs has ended. */
  stop(): Promise<void>;
}

/** Looks at the start and each second which tokens are to be retired. A look that fails is logged; the next one tries again. */
export function startRetiring(
  deps: RetireDeps & {
    readonly log: {
      info(fields: object, message: string): void;
      error(fields: object, message: string): void;
    };
  },
): Retiring {
  let running: Promise<void> | undefined;
  const look = () => {
    running ??= lookOnce(deps).finally(() => {
      running = undefined;
    });
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function lookOnce({ log, ...deps }: Parameters<typeof startRetiring>[0]): Promise<void> {
  try {
    const { retired } = await retireDueTokens(deps);
    if (retired > 0) log.info({ retired }, 'replaced tokens were retired');
  } catch (error) {
    log.error({ err: error }, 'replaced tokens could not be retired');
  }
}
