import { createRequire } from 'node:module';
import { Option } from '@commander-js/extra-typings';
import type { Messages } from '@latchkey/wire/messages';
import { accountCommands } from './account/account-commands.ts';
import { auditCommand } from './audit-command.ts';
import { loginCommand, logoutCommand } from './connection/login-command.ts';
import type { Context } from './context.ts';
import { explainCommand } from './explain/explain-command.ts';
import { gatewayCommand } from './gateway/gateway-command.ts';
import { commandGroup, examplesText, exitCodesText, localisedCommand } from './help.ts';
import { scopesCommand } from './scopes-command.ts';
import { configCommands } from './server/config-commands.ts';
import { initCommand } from './server/init-command.ts';
import { serveCommand } from './server/serve-command.ts';
import type { Terminal } from './terminal/terminal.ts';
import { tokenCommands } from './token/token-commands.ts';
import { usageCommand } from './usage/usage-command.ts';
import { verifiersCommand } from './verifiers-command.ts';

/** The whole command line. Parsing it runs the command that it names. */
export function makeProgram(terminal: Terminal, text: Messages) {
  const { help, options } = text;
  const program = commandGroup('latchkey', terminal, text)
    .description(help.program)
    .version(version(), '-V, --version', options.version)
    .addOption(new Option('--server <url>', options.server).env('LATCHKEY_URL'))
    .option('--token-file <file>', options.tokenFile)
    .addOption(new Option('--token <token>', options.token).hideHelp())
    .option('--json', options.json, false)
    .option('--lang <language>', options.lang)
    .option('--no-color', options.noColor)
    .addHelpText(
      'after',
      `${examplesText(text, [
        ['latchkey init --data ./data', help.exampleBegin],
        ['latchkey serve --data ./data', help.exampleServe],
        ['latchkey account create acme', help.exampleAccount],
        ['latchkey token create --scopes styles:read --allow-url https://acme.example', help.exampleToken],
      ])}\n${help.programMore}\n`,
    );

  const context: Context = { terminal, text, globals: () => program.opts() };
  const commands = [
    serveCommand(context),
    gatewayCommand(context),
    initCommand(context),
    loginCommand(context),
    logoutCommand(context),
    accountCommands(context),
    tokenCommands(context),
    scopesCommand(context),
    explainCommand(context),
    usageCommand(context),
    auditCommand(context),
    verifiersCommand(context),
    configCommands(context),
  ];
  for (const command of commands) program.addCommand(command);
  program.addCommand(exitCodesTopic(context), { hidden: true });
  return program;
}

/** Not a command that does something: there so that `latchkey help exit-codes` shows the table. */
function exitCodesTopic({ terminal, text }: Context) {
  const topic = localisedCommand('exit-codes', terminal, text);
  topic.helpInformation = () => exitCodesText(text);
  return topic.action(() => terminal.out.write(exitCodesText(text)));
}

function version(): string {
  const manifest: unknown = createRequire(import.meta.url)('../package.json');
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  return String(found);
}
