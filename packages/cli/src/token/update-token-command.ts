import type { UpdateNativeTokenBody } from '@latchkey/wire/native';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { drawToken } from './draw-token.ts';
import { grantBody, grantOptions } from './grant-options.ts';
import { warnOfEntries } from './warn-of-entries.ts';

const CLEARED = {
  urls: { allowedUrls: null },
  resources: { resources: null },
  applications: { allowedApplications: null },
  addresses: { allowedAddresses: null },
  expires: { expires: null },
  note: { note: null },
} as const satisfies Record<string, UpdateNativeTokenBody>;

type Clearable = keyof typeof CLEARED;

/** `latchkey token update`: changes only what is named; `--clear` lifts a restriction, the expiry or the note. */
export function updateTokenCommand(context: Context) {
  const { text, terminal } = context;
  const values = optionValues(text);
  const grant = grantOptions(context);
  const readClearable = values.oneOf('--clear', Object.keys(CLEARED) as Clearable[]);
  return localisedCommand('update', terminal, text)
    .description(text.help.tokenUpdate)
    .argument('<id>', text.options.tokenId, values.tokenId)
    .addOption(grant.scopes)
    .addOption(grant.note)
    .addOption(grant.allowUrl)
    .addOption(grant.strictPaths)
    .addOption(grant.noStrictPaths)
    .addOption(grant.resource)
    .addOption(grant.application)
    .addOption(grant.address)
    .addOption(grant.expires)
    .option('--clear <what>', text.options.clear, (value, previous: Clearable[] | undefined) => [
      ...(previous ?? []),
      readClearable(value),
    ])
    .addHelpText(
      'after',
      examplesText(text, [
        [
          'latchkey token update cmabcdefghijklmnopqrstuvw --allow-url https://acme.example --allow-url http://localhost',
          text.help.tokenUpdateUrls,
        ],
        [
          'latchkey token update cmabcdefghijklmnopqrstuvw --clear expires --clear note',
          text.help.tokenUpdateClear,
        ],
      ]),
    )
    .action(async (id, { clear, ...options }) => {
      const body: UpdateNativeTokenBody = Object.assign(
        {},
        ...(clear ?? []).map((what) => CLEARED[what]),
        grantBody(options),
      );
      if (Object.keys(body).length === 0)
        throw new Failure({ exit: 'usage', code: 'nothing_to_change', message: text.usage.nothingToChange });
      const { ask } = await connect(context, 'token');
      const token = await ask(({ native }) => native.tokens.update(id, body));
      warnOfEntries(context, token.warnings);
      answer(context, token, (paint) => `${text.token.updated({ id })}\n\n${drawToken(token, text, paint)}`);
    });
}
