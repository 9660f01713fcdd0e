import { answer, type Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { askForSecret } from '../terminal/ask.ts';
import { connect } from './connect.ts';
import { credentialsPath, removeCredentials, writeCredentials } from './credentials-file.ts';

/** `latchkey login`: keeps a token for later commands, once the server has said that it is good. */
export function loginCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('login', terminal, text)
    .description(text.help.login)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey login --server https://latchkey.example.com', text.help.loginPaste],
        ['latchkey login < token.txt', text.help.loginPipe],
      ]),
    )
    .action(async () => {
      const { client, url, ask } = await connect(context, 'no token');
      const token = await tokenToKeep(context, url);
      const verdict = await ask(() => client.tokensApi.validate(token));
      if (verdict.code !== 'TokenValid' || verdict.token === undefined)
        throw new Failure({
          exit: 'unauthorised',
          code: 'token_not_valid',
          message: text.token.verdict[verdict.code],
        });
      const file = credentialsPath(terminal.environment);
      await writeCredentials(file, { url, token });
      const account = verdict.token.user;
      answer(context, { url, account, file }, () => `${text.connection.loggedIn({ url, account, file })}\n`);
    });
}

/** From standard input where something is piped in, otherwise from the person at the terminal. */
async function tokenToKeep({ text, terminal }: Context, url: string): Promise<string> {
  const piped = await terminal.readInput();
  const isAsked = piped === undefined && terminal.canAsk;
  const given = isAsked ? await askForSecret(text.connection.pasteToken({ url })) : piped;
  if (given?.trim()) return given.trim();
  if (isAsked) throw new Failure({ exit: 'cancelled', code: 'cancelled', message: text.usage.cancelled });
  throw new Failure({
    exit: 'usage',
    code: 'no_token',
    message: text.token.noTokenText,
    fix: text.connection.pipeToken,
  });
}

/** `latchkey logout`: removes what `login` has kept. */
export function logoutCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('logout', terminal, text)
    .description(text.help.logout)
    .action(async () => {
      const file = credentialsPath(terminal.environment);
      const removed = await removeCredentials(file);
      const { loggedOut, notLoggedIn } = text.connection;
      answer(context, { file, removed }, () => `${removed ? loggedOut({ file }) : notLoggedIn}\n`);
    });
}
