import { createServer, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildRouteTable } from '@latchkey/core';
import { initInstallation as foundIn, type NewInstallation } from './accounts/init-installation.ts';
import type { Config } from './config/config.ts';
import { createLog } from './create-log.ts';
import { type ChangeEvents, createChangeEvents } from './events/change-events.ts';
import { createFeed, type Feed } from './feed/feed.ts';
import { createReceipts } from './feed/receipts.ts';
import { createUsageReports } from './feed/usage-reports.ts';
import { createVerifierRegistry, type VerifierRegistry } from './feed/verifier-registry.ts';
import { createApp } from './http/app.ts';
import type { Log } from './http/app-deps.ts';
import { createCallMetrics } from './http/call-metrics.ts';
import { trustProxies } from './http/client-address.ts';
import { createHomeUses, type HomeUses } from './http/home-uses.ts';
import { createListener } from './http/listener.ts';
import { createLoadGate, type LoadLimits } from './http/load-gate.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { createSessions } from './http/session/sessions.ts';
import { InstallationError } from './installation-error.ts';
import { cannotOpen, type OpenInstallation, openInstallation } from './open-installation.ts';
import { type AddPersonInput, addPerson } from './people/add-person.ts';
import { createLetters } from './people/mail/letters.ts';
import { openMail } from './people/mail/open-mail.ts';
import type { Outbox } from './people/mail/outbox.ts';
import { newLink } from './people/new-link.ts';
import type { PeopleOutcome } from './people/refusal.ts';
import { isSetupNeeded } from './people/set-up.ts';
import { type Retiring, startRetiring } from './rotation/start-retiring.ts';
import { type Sweeping, startSweeping } from './start-sweeping.ts';
import type { PersonRow } from './store/people-rows.ts';
import type { RecordRevocations } from './store/sql/sql-store.ts';
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts';
import type { Store } from './store/store.ts';
import type { Outcome } from './tokens/outcome.ts';
import { useCaseDeps } from './use-case-deps.ts';

export interface StartOptions {
  /** Left out: JSON lines on standard output, as the configuration says. */
  readonly log?: Log;
  /** Unix milliseconds; left out: this machine's clock. */
  readonly now?: () => number;
  /** Left out: what suits one process. */
  readonly loadLimits?: LoadLimits;
  /** Left out: what suits slow lines, and nobody who holds connections. */
  readonly requestLimits?: RequestLimits;
}

/** So long the head of a request, and the whole of it, may take to come, ms, and how often that is looked at. */
export type RequestLimits = Required<
  Pick<ServerOptions, 'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'>
>;

export interface RunningServer {
  /** `http://127.0.0.1:8420`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** The link by which the first person is made; undefined: there is one. It works once, for a day, until the next start. */
  readonly setupUrl: string | undefined;
  /** Makes a person with memberships, for programs that run the server themselves. */
  addPerson(input: AddPersonInput): Promise<PeopleOutcome<PersonRow>>;
  /** Says bye to verifiers, lets calls finish, then closes the store. Once more is the same promise. */
  close(): Promise<void>;
}

/** How long calls that are running may take to finish when the server stops. */
const STOP_LIMIT_MS = 10_000;
const IDLE_EVERY_MS = 20;

/** Answers may take as long as they like: the feed's never end. */
const REQUEST_LIMITS: RequestLimits = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5000,
};

/**
 * Starts a server over the data folder of the configuration.
 * @throws InstallationError when the folder holds no installation, is in use, or the port cannot be had
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const { now = Date.now, log = createLog(config.log) } = options;
  const installation = await openInstallation(config, {
    now,
    log,
    openStore: (recordRevocations) => openStore(config, now, recordRevocations),
  });
  const { deps } = installation;
  const registry = createVerifierRegistry({ ...deps, log });
  let feed: Feed | undefined;
  try {
    feed = await createFeed({
      ...deps,
      registry,
      staleness: () => config.staleness,
      log,
      bufferLimitBytes: config.feed.bufferLimitBytes,
    });
    const { loadLimits, requestLimits = REQUEST_LIMITS } = options;
    return await listen({ config, installation, registry, feed, log, loadLimits, requestLimits });
  } catch (error) {
    feed?.close();
    await registry.close();
    await installation.close();
    throw error;
  }
}

/**
 * Makes the operator's account in a data folder, which is made where it is missing.
 * @throws InstallationError when the folder is in use or cannot be written
 */
export async function initInstallation(config: Config): Promise<Outcome<NewInstallation>> {
  const now = Date.now;
  const store = await openStore(config, now);
  try {
    const { account } = config.operator;
    return await foundIn(useCaseDeps(store, config, now), { account, requestId: 'init' });
  } finally {
    await store.close();
  }
}

async function openStore(
  { server }: Config,
  now: () => number,
  recordRevocations?: RecordRevocations,
): Promise<Store> {
  try {
    const record = recordRevocations === undefined ? {} : { recordRevocations };
    return await openSqliteStore({ folder: server.dataDir, now, ...record });
  } catch (error) {
    throw cannotOpen(`the data folder ${server.dataDir}`, error);
  }
}

interface Parts {
  readonly config: Config;
  readonly installation: OpenInstallation;
  readonly registry: VerifierRegistry;
  readonly feed: Feed;
  readonly log: Log;
  readonly loadLimits: LoadLimits | undefined;
  readonly requestLimits: RequestLimits;
}

async function listen({
  config,
  installation,
  registry,
  feed,
  log,
  loadLimits,
  requestLimits,
}: Parts): Promise<RunningServer> {
  const { gate, store } = createLoadGate(installation.deps.store, log, loadLimits);
  const deps = { ...installation.deps, store };
  const { server: settings, rateLimit, services } = config;
  let url = settings.publicUrl;
  const homeUses = createHomeUses({ ...deps, log });
  const changeEvents = createChangeEvents({ store, log });
  const callMetrics = createCallMetrics();
  const mail = openMail(
    { ...config.mail, folder: join(settings.dataDir, 'mail') },
    { ...installation.people, log },
  );
  const letters = createLetters(mail.send, () => url ?? urlOf(settings.host, settings.port));
  const people = { ...installation.people, store, letters };
  const app = createApp(
    {
      ...deps,
      receipts: createReceipts({ ...deps, registry }),
      people,
      mailFigures: mail.figures,
      sessions: createSessions(people, originOf(settings.publicUrl)),
      operatorAccount: installation.operatorAccount,
      usage: config.usage,
      changeEvents,
      noteUse: homeUses.note,
      services,
      routes: buildRouteTable(services),
      accountLimit: createRateLimit(rateLimit.perMinute),
      addressLimit: createRateLimit(rateLimit.anonymousPerMinute),
      signInLimit: createRateLimit(rateLimit.anonymousPerMinute),
      gate,
      callMetrics,
      isTrustedProxy: trustProxies(config.trustedProxies),
      secretInQuery: config.secretInQuery,
      publicUrl: settings.publicUrl,
      publicOrigin: () => originOf(url),
      async afterCreation(revision) {
        await feed.waitForVerifiers(revision, { timeoutMs: config.feed.creationWaitMs });
      },
      log,
    },
    feed,
  );
  const server = createServer(requestLimits, createListener(app, log, callMetrics));
  const setupText = await setupTextOf(installation);
  const port = await bind(server, settings);
  url ??= urlOf(settings.host, port);
  log.info({ host: settings.host, port }, 'listening');
  let closing: Promise<void> | undefined;
  const sweeping = startSweeping({ ...deps, usage: config.usage, keepChanges: config.feed.keepChanges, log });
  const reports = createUsageReports({ ...deps, registry });
  const useReports = async () => {
    await homeUses.flush();
    return reports();
  };
  const retiring = startRetiring({ ...deps, useReports, log });
  return {
    url: urlOf(settings.host, port),
    port,
    // Behind the # it is in no log and in no Referer.
    setupUrl: setupText && `${url}/dashboard/setup#${setupText}`,
    addPerson: (input) => addPerson(people, input),
    close() {
      closing ??= stop({
        server,
        feed,
        changeEvents,
        registry,
        sweeping,
        retiring,
        homeUses,
        mail,
        installation,
        log,
      });
      return closing;
    },
  };
}

async function setupTextOf({ people, operatorAccount }: OpenInstallation): Promise<string | undefined> {
  return (await isSetupNeeded(people, operatorAccount)) ? newLink(people, 'setup', null) : undefined;
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).origin;
}

async function bind(server: Server, { host, port }: Config['server']): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  // A server that listens on a port has an address of this form.
  return (server.address() as AddressInfo).port;
}

function explainListen(error: NodeJS.ErrnoException, host: string, port: number): InstallationError {
  const choose = 'choose another with --port, LATCHKEY_PORT or server.port';
  if (error.code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is in use: stop the program that has it, or ${choose}`;
    return new InstallationError('port_in_use', message, error);
  }
  const message = `Cannot listen on ${host} port ${port} (${error.code ?? error.message}): ${choose}, or another host`;
  return new InstallationError('cannot_listen', message, error);
}

function urlOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

interface Running {
  readonly server: Server;
  readonly feed: Feed;
  readonly changeEvents: ChangeEvents;
  readonly registry: VerifierRegistry;
  readonly sweeping: Sweeping;
  readonly retiring: Retiring;
  readonly homeUses: HomeUses;
  readonly mail: Outbox;
  readonly installation: OpenInstallation;
  readonly log: Log;
}

async function stop({
  server,
  feed,
  changeEvents,
  registry,
  sweeping,
  retiring,
  homeUses,
  mail,
  installation,
  log,
}: Running): Promise<void> {
  log.info({}, 'stopping');
  const ended = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  feed.close();
  changeEvents.close();
  registry.endWaits();
  // A connection whose call finishes now would be kept open for a next call that is not wanted.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_EVERY_MS);
  const late = setTimeout(() => {
    log.warn({ afterMs: STOP_LIMIT_MS }, 'calls were cut off that did not finish in time');
    server.closeAllConnections();
  }, STOP_LIMIT_MS);
  await ended;
  clearTimeout(late);
  clearInterval(idle);
  await sweeping.stop();
  await retiring.stop();
  await mail.close();
  for (const [part, what] of [
    [homeUses, 'uses of tokens'],
    [registry, 'what verifiers applied'],
  ] as const) {
    try {
      await part.close();
    } catch (error) {
      log.error({ err: error }, `${what} could not be stored`);
    }
  }
  await installation.close();
  log.info({}, 'stopped');
}
