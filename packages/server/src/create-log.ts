import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config/config.ts';

const TOKEN = /\b[pst]k\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g;

/**
 * JSON lines on standard output, or to `destination`. Nothing hands it a secret; should one come along all the same, in
 * the text of somebody else's error say, it is cut out.
 */
export function createLog({ level }: Config['log'], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'authorization',
        'password',
        'token_text',
        '*.authorization',
        '*.password',
        'headers.authorization',
        'headers.cookie',
      ],
      censor: '[redacted]',
    },
    hooks: { streamWrite: (line: string) => line.replaceAll(TOKEN, '[token]') },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
