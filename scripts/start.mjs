// The program behind `npm start`: a server and the demonstration API, in one process, so that neither outlives the other.
import process from 'node:process';
import { chooseLanguage, messagesIn } from '@latchkey/wire/messages';
import { startDemonstration } from './start/start-demonstration.ts';
import { StartProblem } from './start/start-problem.ts';
import { welcome } from './start/welcome.ts';

const text = messagesIn(chooseLanguage(process.env));

process.stdout.write(`${text.start.starting}\n`);
try {
  const demonstration = await startDemonstration(process.env, text);
  process.stdout.write(welcome(demonstration, text));

  let stoppingSince;
  const stop = () => {
    // npm passes Ctrl-C on to a program that has got it already, so that it arrives twice; one that comes later is meant.
    if (stoppingSince !== undefined && performance.now() - stoppingSince > 1_000) process.exit(130);
    if (stoppingSince !== undefined) return;
    stoppingSince = performance.now();
    process.stderr.write(`\n${text.server.stopping}\n`);
    demonstration.close().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(error instanceof StartProblem ? `\n${error.message}\n` : `${error.stack}\n`);
}
