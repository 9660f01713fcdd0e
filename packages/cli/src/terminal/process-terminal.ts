import process from 'node:process';
import { text } from 'node:stream/consumers';
import type { WriteStream } from 'node:tty';
import type { Output, Terminal } from './terminal.ts';

/** A signal that comes this soon after the first is the same one, passed on. */
const REPEATED_WITHIN_MS = 1_000;

/** The terminal that this process was started in. */
export function processTerminal(): Terminal {
  return {
    out: outputOn(process.stdout),
    err: outputOn(process.stderr),
    canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true,
    readInput: () => (process.stdin.isTTY ? Promise.resolve(undefined) : text(process.stdin)),
    environment: process.env,
    now: Date.now,
    onStop(listener) {
      let stoppingSince: number | undefined;
      const stop = () => {
        const now = performance.now();
        if (stoppingSince === undefined) listener();
        // npm and npx pass Ctrl-C on to a program that has got it already, so that it arrives twice.
        else if (now - stoppingSince > REPEATED_WITHIN_MS) process.exit(130);
        stoppingSince ??= now;
      };
      process.on('SIGINT', stop);
      process.on('SIGTERM', stop);
    },
    onReload(listener) {
      process.on('SIGHUP', listener);
    },
  };
}

function outputOn(stream: WriteStream): Output {
  // `latchkey token list | head` closes the pipe early; that is the reader's right and no failure.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (chunk) => void stream.write(chunk),
    isTerminal: stream.isTTY === true,
    columns: stream.columns ?? 80,
  };
}
