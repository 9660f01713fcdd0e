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

  const stop = () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    process.stderr.write(`\n${text.server.stopping}\n`);
    demonstration.close().catch((error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exitCode = 1;
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(error instanceof StartProblem ? `\n${error.message}\n` : `${error.stack}\n`);
}
