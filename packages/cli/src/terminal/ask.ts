import process from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** A question that is answered with yes or no. */
export interface Question {
  readonly message: string;
  /** What else than `y` and `yes` means yes, in the reader's language. */
  readonly yes: string;
}

/** Asks on standard error, so that standard output stays the result. True only for an explicit yes. */
export async function askToConfirm({ message, yes }: Question): Promise<boolean> {
  const answer = await ask(`${message} [y/N] `, process.stderr);
  return ['y', 'yes', yes].includes(answer?.trim().toLowerCase() ?? '');
}

/** Text typed or pasted without being shown; undefined when the person gave up. */
export async function askForSecret(message: string): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(`${message}: `);
  const answer = await ask('', nowhere);
  process.stderr.write('\n');
  return answer;
}

/** One line from the terminal; undefined after Ctrl-C or Ctrl-D. */
function ask(prompt: string, output: NodeJS.WritableStream): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  return new Promise((resolve) => {
    lines.once('SIGINT', () => {
      output.write('\n');
      lines.close();
    });
    lines.once('close', () => resolve(undefined));
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.setPrompt(prompt);
    lines.prompt();
  });
}
