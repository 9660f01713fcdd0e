import type { VerifierOptions } from '@latchkey/verifier';
import { call, textField } from './call.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { revisionOf } from './guarded-api.ts';
import { type LocalVerifier, makeVerifierToken, startLocalVerifier } from './local-verifier.ts';
import { makeAccount, type TestAccount } from './make-account.ts';
import { type Latchkey, startLatchkey } from './start-latchkey.ts';

export interface MadeToken {
  readonly id: string;
  readonly token: string;
}

/** A server, and verifiers in this process that reach it through a network which can be broken. */
export interface BrokenNetwork {
  readonly latchkey: Latchkey;
  readonly network: FaultProxy;
  readonly acme: TestAccount;
  readonly resting: TestAccount;
  /** Makes a token of acme. */
  make(body: object, caller?: string): Promise<MadeToken>;
  /** Changes a token of acme, and gives the revision. @throws Error where it is refused */
  change(method: 'PATCH' | 'DELETE', id: string, body?: object): Promise<number>;
  /** Starts a verifier that knows everything there is. */
  follow(options: Partial<VerifierOptions>): Promise<LocalVerifier>;
}

/** Runs `work` and takes everything down. @param bounds of staleness, in seconds */
export async function withNetwork(
  bounds: Readonly<Record<'secret' | 'temporary' | 'public', number>>,
  work: (parts: BrokenNetwork) => Promise<void>,
): Promise<void> {
  const latchkey = await startLatchkey({
    env: {
      LATCHKEY_STALENESS_SECRET: String(bounds.secret),
      LATCHKEY_STALENESS_TEMPORARY: String(bounds.temporary),
      LATCHKEY_STALENESS_PUBLIC: String(bounds.public),
    },
  });
  const network = await startFaultProxy(Number(new URL(latchkey.url).port));
  const verifiers: LocalVerifier[] = [];
  try {
    const acme = await makeAccount(latchkey, 'acme');
    const resting = await makeAccount(latchkey, 'resting');
    const tokens = `${latchkey.url}/tokens/v2/acme`;
    await work({
      latchkey,
      network,
      acme,
      resting,
      async make(body, caller = acme.token) {
        const made = await call(tokens, { method: 'POST', token: caller, body });
        const revision = revisionOf(made.headers);
        // A verifier that is cut off does not hear of it.
        for (const one of verifiers) if (one.verifier.status().current) await one.caughtUp(revision);
        return { id: textField(made.body, 'id'), token: textField(made.body, 'token') };
      },
      async change(method, id, body) {
        const sent = body === undefined ? {} : { body };
        const answer = await call(`${tokens}/${id}`, { method, token: acme.token, ...sent });
        if (answer.status > 299) throw new Error(`${method} ${id}: ${answer.status} ${answer.text}`);
        return revisionOf(answer.headers);
      },
      async follow(options) {
        const token = await makeVerifierToken(latchkey);
        const one = await startLocalVerifier({ url: network.url, token, ...options });
        verifiers.push(one);
        return one;
      },
    });
  } finally {
    await Promise.all(verifiers.map((one) => one.close()));
    await network.close();
    await latchkey.stop();
  }
}
