import { Command } from '@commander-js/extra-typings';
import type { Messages } from '@latchkey/wire/messages';
import type { Help } from 'commander';
import { type ExitName, exitCodes } from './exit-code.ts';
import { makePaint, wantsColour } from './terminal/paint.ts';
import type { Terminal } from './terminal/terminal.ts';

/** A command and what it is for. */
export type Example = readonly [command: string, purpose: string];

/**
 * A command whose help is in the reader's language, goes to the given terminal, and which never ends the process. Errors of
 * use are thrown and not printed: `run` shows them.
 */
export function localisedCommand<const Name extends string>(name: Name, terminal: Terminal, text: Messages) {
  const { options, help } = text;
  const colour = (output: Terminal['out']) => wantsColour(output, terminal.environment, true);
  const { bold } = makePaint(true);
  return new Command(name)
    .exitOverride()
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', options.help)
    .helpCommand(false)
    .configureOutput({
      writeOut: (chunk) => terminal.out.write(chunk),
      writeErr: (chunk) => terminal.err.write(chunk),
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(terminal.out.columns, 110),
      getErrHelpWidth: () => Math.min(terminal.err.columns, 110),
      getOutHasColors: () => colour(terminal.out),
      getErrHasColors: () => colour(terminal.err),
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => bold(translatedTitle(title, help)),
      optionDescription: (option) => describeOption(option, help),
      subcommandTerm: (command) => termOf(command.name(), command.registeredArguments),
      subcommandDescription: (command) => firstSentence(command.description()),
    });
}

/** A command that is there for the commands below it. */
export function commandGroup<const Name extends string>(name: Name, terminal: Terminal, text: Messages) {
  return localisedCommand(name, terminal, text).helpCommand('help [command]', text.help.help);
}

/** The text to put after a command's help: its examples. */
export function examplesText(text: Messages, examples: readonly Example[]): string {
  const lines = examples.map(([command, purpose]) => `  ${purpose}\n    $ ${command}`);
  return `\n${text.help.examplesTitle}\n${lines.join('\n')}\n`;
}

/** `latchkey help exit-codes` as text. */
export function exitCodesText(text: Messages): string {
  const names = Object.keys(exitCodes) as ExitName[];
  const lines = names.map((name) => `  ${exitCodes[name]}  ${text.exits[name]}`);
  return `${text.exits.title}\n${lines.join('\n')}\n`;
}

function translatedTitle(title: string, help: Messages['help']): string {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': help.usageTitle,
    'Arguments:': help.argumentsTitle,
    'Options:': help.optionsTitle,
    'Global Options:': help.globalOptionsTitle,
    'Commands:': help.commandsTitle,
  };
  return titles[title] ?? title;
}

type CommanderOption = Parameters<Help['optionDescription']>[0];

function describeOption(option: CommanderOption, help: Messages['help']): string {
  const extra: string[] = [];
  if (typeof option.defaultValue === 'string' || typeof option.defaultValue === 'number')
    extra.push(help.defaultValue({ value: String(option.defaultValue) }));
  if (option.envVar !== undefined) extra.push(help.environmentVariable({ name: option.envVar }));
  const { description } = option;
  return extra.length === 0 ? description : help.described({ description, extra: extra.join('; ') });
}

interface RegisteredArgument {
  name(): string;
  readonly required: boolean;
}

function termOf(name: string, registered: readonly RegisteredArgument[]): string {
  const parts = registered.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  );
  return [name, ...parts].join(' ');
}

/** What a list of commands says of each; the rest stands in the command's own help. */
function firstSentence(description: string): string {
  return /^.*?(?:\.(?=\s|$)|。)/s.exec(description)?.[0] ?? description;
}
