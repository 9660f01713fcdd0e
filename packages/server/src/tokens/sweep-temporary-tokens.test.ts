import { expect, test } from 'vitest';
import { createTemporaryToken } from './create-temporary-token.ts';
import { sweepTemporaryTokens } from './sweep-temporary-tokens.ts';
import { HOUR_MS, NOON, openWorld, succeeded } from './testing/world.ts';
import { validateToken } from './validate-token.ts';

test('a temporary token is told as expired for a day, then forgotten, and its key may be used again', async () => {
  const world = await openWorld();
  const input = { account: 'acme', scopes: [], expires: NOON + HOUR_MS, idempotencyKey: 'job-1' };
  const { value } = succeeded(await createTemporaryToken(world.deps, world.acme, input));
  if (value.replayed) throw new TypeError('replayed');
  const at = (now: number) => ({ ...world.deps, now: () => now });
  const dayLater = NOON + HOUR_MS + 24 * HOUR_MS;

  expect(await sweepTemporaryTokens(at(dayLater))).toBe(0);
  expect(await validateToken(at(dayLater), value.text)).toMatchObject({ code: 'TokenExpired' });
  expect(await sweepTemporaryTokens(at(dayLater + 1))).toBe(1);
  expect(await validateToken(at(dayLater + 1), value.text)).toMatchObject({ code: 'TokenInvalid' });
  expect(await world.deps.store.token(value.token.id)).toBe(undefined);
  const again = { ...input, expires: dayLater + HOUR_MS };
  expect(succeeded(await createTemporaryToken(at(dayLater), world.acme, again)).value.replayed).toBe(false);
  await world.close();
});
