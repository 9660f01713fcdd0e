import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface RateLimit {
  /** Counts one call. */
  take(key: string): Promise<Taken>;
}

export interface Taken {
  readonly allowed: boolean;
  /** `X-Rate-Limit-*`, and `Retry-After` where the call is refused; empty where there is no limit. */
  readonly headers: Readonly<Record<string, string>>;
}

const INTERVAL_SECONDS = 60;
const UNLIMITED: Taken = { allowed: true, headers: {} };

/**
 * Counts calls of each key in windows of a minute that begin with its first call.
 *
 * @param perMinute 0: no limit
 */
export function createRateLimit(perMinute: number): RateLimit {
  if (perMinute === 0) return { take: async () => UNLIMITED };
  const limiter = new RateLimiterMemory({ points: perMinute, duration: INTERVAL_SECONDS });
  return {
    async take(key) {
      try {
        return taken(true, await limiter.consume(key));
      } catch (error) {
        if (error instanceof RateLimiterRes) return taken(false, error);
        throw error;
      }
    },
  };

  function taken(allowed: boolean, { msBeforeNext }: RateLimiterRes): Taken {
    const headers: Record<string, string> = {
      'x-rate-limit-limit': String(perMinute),
      'x-rate-limit-interval': String(INTERVAL_SECONDS),
      'x-rate-limit-reset': String(Math.ceil((Date.now() + msBeforeNext) / 1000)),
    };
    if (!allowed) headers['retry-after'] = String(Math.max(1, Math.ceil(msBeforeNext / 1000)));
    return { allowed, headers };
  }
}
