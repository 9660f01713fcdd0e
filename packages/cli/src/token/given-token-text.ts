import { readFile } from 'node:fs/promises';
import { recogniseTokenText } from '@latchkey/core';
import { type Context, warn } from '../context.ts';
import { Failure } from '../failure.ts';
import { fileProblem } from '../secret/file-problem.ts';

/** The ways in which a command is told of a token that it is about (not the one it calls with). */
export interface GivenTokenText {
  /** The argument; `-` means standard input. */
  readonly argument: string | undefined;
  readonly file: string | undefined;
  /** Name of an environment variable. */
  readonly variable: string | undefined;
}

/**
 * The token's text from where it was given, without white space around it; undefined where it was given nowhere.
 * A secret one among the arguments gets a warning.
 * @throws Failure where the file cannot be read or the variable is not set
 */
export async function readTokenText(context: Context, given: GivenTokenText): Promise<string | undefined> {
  const { text, terminal } = context;
  if (given.file !== undefined) return readFileText(context, given.file);
  if (given.variable !== undefined) {
    const value = terminal.environment[given.variable]?.trim();
    if (value) return value;
    throw new Failure({
      exit: 'usage',
      code: 'variable_not_set',
      field: '--env',
      message: text.token.emptyVariable({ name: given.variable }),
    });
  }
  if (given.argument === undefined || given.argument === '-') {
    const piped = (await terminal.readInput())?.trim();
    return piped === '' ? undefined : piped;
  }
  if (/^[st]k$/.test(recogniseTokenText(given.argument) ?? '')) warn(context, text.token.secretInArguments);
  return given.argument.trim();
}

async function readFileText({ text }: Context, file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new Failure(
      {
        exit: 'usage',
        code: 'file_unreadable',
        field: '--file',
        message: text.connection.fileUnreadable({ file, problem: fileProblem(error) }),
      },
      error,
    );
  }
}
