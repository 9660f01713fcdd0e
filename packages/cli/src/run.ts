import { chooseLanguage, languages, type Messages, messagesIn, parseLanguage } from '@latchkey/wire/messages';
import { CommanderError } from 'commander';
import { exitCodes } from './exit-code.ts';
import { Failure, type FailureReport } from './failure.ts';
import { makeProgram } from './program.ts';
import { SILENT } from './silent.ts';
import { jsonText } from './terminal/json-text.ts';
import { makePaint, wantsColour } from './terminal/paint.ts';
import { printable } from './terminal/printable.ts';
import type { Terminal } from './terminal/terminal.ts';
import { explainUsageError } from './usage-error.ts';

/**
 * Runs one command line. Never rejects: a failure becomes a sentence on standard error (with `--json`, a JSON object
 * `{"error": {"code", "message", "fix", …}}`) and the exit code that it gives back.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const language = optionValue(argv, '--lang') ?? '';
  const text = messagesIn(parseLanguage(language) ?? chooseLanguage(terminal.environment));
  try {
    if (language !== '' && parseLanguage(language) === undefined) throw unknownLanguage(text, language);
    await makeProgram(terminal, text).parseAsync(argv, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const report = reportOf(error, text);
    if (report.code !== SILENT) show(report, argv, terminal, text);
    if (terminal.environment.LATCHKEY_DEBUG && error instanceof Error) {
      terminal.err.write(`${error.cause instanceof Error ? error.cause.stack : error.stack}\n`);
    }
    return exitCodes[report.exit];
  }
}

/** Descriptions are needed in the right language before anything is parsed, so the language is looked up beforehand. */
function optionValue(argv: readonly string[], name: string): string | undefined {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const at = options.lastIndexOf(name);
  const joined = options.findLast((argument) => argument.startsWith(`${name}=`));
  return at === -1 ? joined?.slice(name.length + 1) : options[at + 1];
}

function reportOf(error: unknown, text: Messages): FailureReport {
  if (error instanceof Failure) return error.report;
  if (error instanceof CommanderError) return explainUsageError(error, text);
  const problem = error instanceof Error ? error.message : String(error);
  return {
    exit: 'failed',
    code: 'unexpected',
    message: text.connection.unexpected({ problem }),
    fix: text.connection.unexpectedFix,
  };
}

function unknownLanguage(text: Messages, value: string): Failure {
  const problem = text.usage.unknownLanguage({ languages });
  return new Failure({
    exit: 'usage',
    code: 'invalid_value',
    field: '--lang',
    message: text.usage.badValue({ name: '--lang', value, problem }),
  });
}

function show(report: FailureReport, argv: readonly string[], terminal: Terminal, text: Messages): void {
  const { exit, ...error } = report;
  if (argv.includes('--json')) {
    terminal.err.write(`${jsonText({ error: { ...error, exitCode: exitCodes[exit] } })}\n`);
    return;
  }
  const colour = wantsColour(terminal.err, terminal.environment, !argv.includes('--no-color'));
  const { red } = makePaint(colour);
  terminal.err.write(`${red(text.common.error)}${printable(report.message)}\n`);
  const lines = [...(report.problems ?? []), ...(report.fix ?? '').split('\n')];
  for (const line of lines) {
    if (line !== '') terminal.err.write(`  ${printable(line)}\n`);
  }
}
