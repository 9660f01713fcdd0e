import { readMapOptions } from './map-options.ts';
import { startMap } from './start-map.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

const read = readMapOptions(process.env);
if (!read.ok) {
  for (const problem of read.problems) complain(problem);
  process.exitCode = 2;
} else {
  try {
    const map = await startMap(read.options, (error) => complain(error.stack ?? error.message));
    say(`Maps API  ${map.apiUrl}`);
    say(`Map page  ${map.pageUrl}`);
    const stop = () => {
      process.off('SIGTERM', stop).off('SIGINT', stop);
      void map.close();
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
