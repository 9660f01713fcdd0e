import { fileURLToPath } from 'node:url';
import { call, field, textField } from './call.ts';
import { type Program, startProgram } from './program.ts';
import type { Latchkey } from './start-latchkey.ts';
import { until } from './until.ts';

const PROGRAM = fileURLToPath(new URL('./guarded-api-process.ts', import.meta.url));

/** An API behind the verifier's middleware, in a process of its own. It answers 200 to whatever is let in. */
export interface GuardedApi {
  readonly url: string;
  /** The verifier's own token. */
  readonly token: string;
  /** Of the process that runs now. */
  pid(): number;
  log(): string;
  /** What its verifier says of itself. */
  status(): Promise<unknown>;
  /** Resolves once its verifier has applied this revision; without one, everything that had happened when it was called. */
  caughtUp(revision?: number): Promise<void>;
  /** Ends the process at once, as a power cut would. {@link GuardedApi.restart} starts another one. */
  kill(): Promise<void>;
  /** Ends the process in order and starts another one, on another port. Resolves once its verifier knows tokens. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param requires scopes that every request needs
 * @param folder where the verifier keeps its copy; none: it keeps none
 */
export async function startGuardedApi(
  latchkey: Pick<Latchkey, 'url' | 'operatorAccount' | 'operatorToken'>,
  {
    requires,
    name = 'test',
    folder,
  }: { readonly requires: readonly string[]; readonly name?: string; readonly folder?: string },
): Promise<GuardedApi> {
  const tokens = `${latchkey.url}/tokens/v2/${latchkey.operatorAccount}`;
  const body = { scopes: ['verifiers:sync'], note: name };
  const made = await call(tokens, { method: 'POST', token: latchkey.operatorToken, body });
  const token = textField(made.body, 'token');
  const env = {
    LATCHKEY_URL: latchkey.url,
    LATCHKEY_TOKEN: token,
    REQUIRES: requires.join(' '),
    VERIFIER_NAME: name,
    ...(folder === undefined ? {} : { FOLDER: folder }),
  };
  let { program, url } = await startProcess(env);
  const status = async () => (await call(`${url}/-/status`)).body;
  async function headNow(): Promise<number> {
    const marker = await call(tokens, {
      method: 'POST',
      token: latchkey.operatorToken,
      body: { scopes: [], note: 'marker' },
    });
    return revisionOf(marker.headers);
  }

  return {
    get url() {
      return url;
    },
    token,
    pid: () => program.child.pid ?? Number.NaN,
    log: () => program.output(),
    status,
    caughtUp: async (revision) => {
      const wanted = revision ?? (await headNow());
      await until(`${name} to apply revision ${wanted}`, async () => {
        const applied = field(await status(), 'revision');
        return typeof applied === 'number' && applied >= wanted ? true : undefined;
      });
    },
    async kill() {
      await program.end('SIGKILL');
    },
    async restart() {
      await program.end('SIGTERM');
      ({ program, url } = await startProcess(env));
    },
    close: () => program.end('SIGTERM'),
  };
}

async function startProcess(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly program: Program; readonly url: string }> {
  const program = startProgram(process.execPath, ['--conditions=latchkey-source', PROGRAM], { env });
  const port = await until('the guarded API to print its port', () => {
    if (program.ended() !== undefined) throw new Error(`the guarded API ended:\n${program.output()}`);
    const text = program.stdout();
    return text.includes('\n') ? Number(field(JSON.parse(text), 'port')) : undefined;
  }).catch(async (error: unknown) => {
    await program.end('SIGKILL');
    throw new Error(`the guarded API did not start:\n${program.output()}`, { cause: error });
  });
  return { program, url: `http://127.0.0.1:${port}` };
}

/** The revision that an answer says its change got. @throws Error where it says none */
export function revisionOf(headers: Headers): number {
  const text = headers.get('latchkey-revision');
  if (text === null || !/^\d+$/.test(text)) throw new Error(`Latchkey-Revision is ${text}`);
  return Number(text);
}
