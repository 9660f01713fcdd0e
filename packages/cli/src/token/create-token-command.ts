import { Option } from '@commander-js/extra-typings';
import { parseTokenText } from '@latchkey/core';
import type { CreateNativeTokenBody, NativeToken } from '@latchkey/wire/native';
import type { CreateTemporaryTokenBody, TemporaryToken } from '@latchkey/wire/tokens-api';
import { connect } from '../connection/connect.ts';
import { type Context, warn } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { deliverSecret, type SecretResult } from '../secret/deliver-secret.ts';
import { showMoment } from '../terminal/moment.ts';
import { drawFields } from '../terminal/table.ts';
import { drawToken } from './draw-token.ts';
import { grantBody, grantOptions } from './grant-options.ts';
import { warnOfEntries } from './warn-of-entries.ts';

const LASTING_ONLY = ['expires', 'resource', 'application', 'address', 'strictPaths', 'idempotencyKey'];

/** `latchkey token create`: the token object, its text included; with `--temporary`, the temporary token. */
export function createTokenCommand(context: Context) {
  const { text, terminal } = context;
  const grant = grantOptions(context);
  return localisedCommand('create', terminal, text)
    .description(text.help.tokenCreate)
    .addOption(grant.scopes.makeOptionMandatory())
    .addOption(grant.note)
    .addOption(grant.allowUrl)
    .addOption(grant.strictPaths)
    .addOption(grant.resource)
    .addOption(grant.application)
    .addOption(grant.address)
    .addOption(grant.expires)
    .addOption(
      new Option('--temporary <duration>', text.options.temporary)
        .argParser(optionValues(text).duration('--temporary'))
        .conflicts(LASTING_ONLY),
    )
    .option('--idempotency-key <key>', text.options.idempotencyKey)
    .option('--out <file>', text.options.out)
    .addHelpText(
      'after',
      examplesText(text, [
        [
          'latchkey token create --scopes styles:read,fonts:read --allow-url https://acme.example --note "Web site"',
          text.help.tokenCreatePublic,
        ],
        [
          'latchkey token create --scopes uploads:write --expires 90d --note deploy --out deploy.token',
          text.help.tokenCreateSecret,
        ],
        ['latchkey token create --scopes styles:read --temporary 30m', text.help.tokenCreateTemporary],
      ]),
    )
    .action(async ({ temporary, idempotencyKey, out, ...options }) => {
      const body = { ...grantBody(options), scopes: options.scopes };
      if (temporary === undefined)
        return deliverSecret(context, out, () => create(context, body, idempotencyKey));
      const expires = new Date(terminal.now() + temporary).toISOString();
      await deliverSecret(context, out, () => createTemporary(context, { ...body, expires }));
    });
}

async function create(
  context: Context,
  body: CreateNativeTokenBody,
  idempotencyKey: string | undefined,
): Promise<SecretResult<NativeToken>> {
  const { text } = context;
  const { ask } = await connect(context, 'token');
  const token = await ask(({ native }) => native.tokens.create(body, { idempotencyKey }));
  if (token.code === 'secret_already_shown') warn(context, text.token.secretAlreadyShown);
  warnOfEntries(context, token.warnings);
  const { token: _text, ...withoutText } = token;
  return {
    result: token,
    secretKey: 'token',
    isShownOnce: token.usage !== 'pk',
    human: (paint, shown) =>
      drawToken(shown === undefined ? withoutText : { ...withoutText, token: shown }, text, paint),
  };
}

async function createTemporary(
  context: Context,
  body: CreateTemporaryTokenBody,
): Promise<SecretResult<TemporaryToken>> {
  const { text } = context;
  const { ask, account = '' } = await connect(context, 'token');
  const made = await ask(({ tokensApi }) => tokensApi.createTemporary(account, body));
  return {
    result: made,
    secretKey: 'token',
    isShownOnce: true,
    human: (paint, shown) =>
      drawFields(
        [
          [text.token.id, parseTokenText(made.token)?.id],
          [text.token.usage, text.token.usageOf.tk],
          [text.token.scopes, text.common.list(body.scopes)],
          [text.token.expires, showMoment(made.expires)],
          [text.token.text, shown],
        ],
        paint,
      ),
  };
}
