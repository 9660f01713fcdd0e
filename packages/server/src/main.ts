import { loadConfig } from './config/load-config.ts';
import { createLog } from './create-log.ts';
import { InstallationError } from './installation-error.ts';
import { startServer } from './start-server.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** The server as a program of its own: configuration from file and environment, until a signal ends it. */
const loaded = await loadConfig({ environment: process.env });
if (loaded.ok) {
  const log = createLog(loaded.config.log);
  try {
    const starting = startServer(loaded.config, { log });
    // Before it has started, so that a signal that comes meanwhile ends it in order too.
    stopOnSignals(
      async () => (await starting).close(),
      (error) => {
        log.error({ err: error }, 'the server did not stop in order');
        process.exitCode = 1;
      },
    );
    const { setupUrl } = await starting;
    if (setupUrl !== undefined) {
      process.stderr.write(`Make the first person, the owner of this installation: ${setupUrl}\n`);
    }
  } catch (error) {
    if (!(error instanceof InstallationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
} else {
  process.stderr.write(`The configuration has ${loaded.problems.length} problem(s):\n`);
  for (const problem of loaded.problems) process.stderr.write(`  ${problem}\n`);
  process.exitCode = 1;
}
