import type { Messages } from '@latchkey/wire/messages';
import type { CommanderError } from 'commander';
import type { FailureReport } from './failure.ts';
import { SILENT } from './silent.ts';

/**
 * Says a usage error of the command line parser in the reader's language. The parser tells what it met only inside its English
 * sentence, so the quoted parts are read out of that; a sentence of an unknown form is shown as it is.
 */
export function explainUsageError(error: CommanderError, text: Messages): FailureReport {
  // Help was shown, because a command that only groups others was called alone.
  if (error.code === 'commander.help') return { exit: 'usage', code: SILENT, message: '' };
  const [first = '', second = ''] = [...error.message.matchAll(/'([^']*)'/g)].map(
    ([, quoted = '']) => quoted,
  );
  const [, similar] = /\(Did you mean (?:one of )?(.*)\?\)/.exec(error.message) ?? [];
  const names = similar?.split(', ') ?? [];
  return {
    exit: 'usage',
    code: code(error),
    message: message(error, first, second, text),
    fix: names.length > 0 ? text.usage.didYouMean({ names }) : undefined,
    field: first === '' ? undefined : first,
  };
}

function message(error: CommanderError, first: string, second: string, text: Messages): string {
  switch (error.code) {
    case 'commander.unknownCommand':
      return text.usage.unknownCommand({ name: first });
    case 'commander.unknownOption':
      return text.usage.unknownOption({ name: first });
    case 'commander.missingArgument':
      return text.usage.missingArgument({ name: first });
    case 'commander.missingMandatoryOptionValue':
      return text.usage.missingOption({ flags: first });
    case 'commander.optionMissingArgument':
      return text.usage.missingOptionValue({ flags: first });
    case 'commander.excessArguments':
      return text.usage.excessArguments;
    case 'commander.conflictingOption':
      return text.usage.conflictingOptions({ first, second });
    default:
      return text.usage.other({ message: error.message.replace(/^error: /, '') });
  }
}

/** `commander.unknownOption` → `unknown_option`. */
function code(error: CommanderError): string {
  return error.code.replace(/^commander\./, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
