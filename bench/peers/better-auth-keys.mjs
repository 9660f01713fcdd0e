// better-auth's API keys on SQLite in memory, its rate limit off.
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import Database from 'better-sqlite3';

/** @returns a function that verifies one of `count` keys, by its number, and tells whether it is valid */
export async function startBetterAuth(count) {
  const auth = betterAuth({
    database: new Database(':memory:'),
    secret: 'a secret of the benchmark, long enough',
    baseURL: 'http://127.0.0.1',
    emailAndPassword: { enabled: true },
    telemetry: { enabled: false },
    plugins: [apiKey({ rateLimit: { enabled: false } })],
  });
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  const { user } = await auth.api.signUpEmail({
    body: { email: 'one@example.com', password: 'correct horse battery', name: 'One' },
  });
  const keys = [];
  for (let n = 0; n < count; n += 1)
    keys.push((await auth.api.createApiKey({ body: { userId: user.id } })).key);
  return async (n) => (await auth.api.verifyApiKey({ body: { key: keys[n % count] } })).valid;
}
