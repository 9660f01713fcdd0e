import type { Validation } from '@latchkey/wire/tokens-api';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { SILENT } from '../silent.ts';
import { showMoment } from '../terminal/moment.ts';
import { drawFields } from '../terminal/table.ts';
import { readTokenText } from './given-token-text.ts';

/** `latchkey token verify`: the server's verdict as it came; exit code 7 where it is not `TokenValid`. */
export function verifyTokenCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('verify', terminal, text)
    .description(text.help.tokenVerify)
    .argument('[token]', text.options.tokenText)
    .option('--file <file>', text.options.fromFile)
    .option('--env <name>', text.options.fromEnvironment)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey token verify < deploy.token', text.help.tokenVerifyPipe],
        ['latchkey token verify --env MAP_TOKEN', text.help.tokenVerifyEnvironment],
      ]),
    )
    .action(async (argument, { file, env }) => {
      const tokenText = await readTokenText(context, { argument, file, variable: env });
      if (tokenText === undefined)
        throw new Failure({
          exit: 'usage',
          code: 'no_token_text',
          field: 'TOKEN',
          message: text.token.noTokenText,
          fix: text.token.noTokenTextFix,
        });
      const { ask } = await connect(context, 'no token');
      const validation = await ask(({ tokensApi }) => tokensApi.validate(tokenText));
      answer(context, validation, (paint) => {
        const colour = validation.code === 'TokenValid' ? paint.green : paint.red;
        return `${colour(text.token.verdict[validation.code])}\n${drawFields(fieldsOf(validation), paint)}`;
      });
      if (validation.code !== 'TokenValid')
        throw new Failure({ exit: 'negative', code: SILENT, message: validation.code });
    });

  function fieldsOf({ token }: Validation): [string, string | undefined][] {
    if (token === undefined) return [];
    const common: [string, string | undefined][] = [
      [text.token.account, token.user],
      [text.token.usage, text.token.usageOf[token.usage]],
    ];
    if (token.usage !== 'tk') return [...common, [text.token.id, token.authorization]];
    return [
      ...common,
      [text.token.scopes, text.common.list(token.scopes)],
      [text.token.expires, showMoment(token.expires)],
    ];
  }
}
