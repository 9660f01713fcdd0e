import { connect } from '../connection/connect.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { deliverSecret } from '../secret/deliver-secret.ts';
import { drawFields } from '../terminal/table.ts';

/** `latchkey account create`: `{"account", "token", "defaultToken"}`, where `token` is a secret token with every scope of the account. */
export function createAccountCommand(context: Context) {
  const { text, terminal } = context;
  const values = optionValues(text);
  return localisedCommand('create', terminal, text)
    .description(text.help.accountCreate)
    .argument('<name>', text.options.accountName, values.accountName)
    .option('--allowance <scopes>', text.options.allowance, values.list)
    .option('--idempotency-key <key>', text.options.idempotencyKey)
    .option('--out <file>', text.options.out)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey account create acme', text.help.accountCreateShow],
        [
          'latchkey account create acme --allowance styles:read,tokens:read --out acme.token',
          text.help.accountCreateOut,
        ],
      ]),
    )
    .action(async (name, { allowance, idempotencyKey, out }) => {
      const { ask } = await connect(context, 'token');
      await deliverSecret(context, out, async () => {
        const made = await ask(({ native }) =>
          native.accounts.create({ name, ...(allowance && { allowance }) }, { idempotencyKey }),
        );
        const token = made.token.token;
        if (token === undefined)
          throw new Failure({
            exit: 'refused',
            code: 'secret_already_shown',
            message: text.account.secretAlreadyShown,
          });
        const result = { account: made.account.name, token, defaultToken: made.defaultToken.token ?? '' };
        return {
          result,
          secretKey: 'token',
          isShownOnce: true,
          human: (paint, shown) =>
            `${text.account.made({ name: result.account })}\n\n${drawFields(
              [
                [text.account.secretToken, shown],
                [text.account.defaultToken, result.defaultToken],
              ],
              paint,
            )}`,
        };
      });
    });
}
