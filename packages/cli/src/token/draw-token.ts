import type { Messages } from '@latchkey/wire/messages';
import type { NativeToken } from '@latchkey/wire/native';
import { showMoment } from '../terminal/moment.ts';
import type { Paint } from '../terminal/paint.ts';
import { drawFields } from '../terminal/table.ts';

/** Everything about one token, for people. The text of a token is shown where `token.token` has it. */
export function drawToken(token: NativeToken, text: Messages, paint: Paint): string {
  const { common } = text;
  const isSecret = token.usage !== 'pk';
  const urls = token.allowedUrls && common.list(token.allowedUrls);
  return drawFields(
    [
      [text.token.id, token.default ? `${token.id} (${text.token.defaultMark})` : token.id],
      [text.token.usage, text.token.usageOf[token.usage]],
      [text.token.account, token.account],
      [text.token.status, text.token.statusOf[token.status]],
      [text.token.note, token.note ?? undefined],
      [text.token.scopes, token.scopes.length === 0 ? common.none : common.list(token.scopes)],
      [text.token.urls, token.strictPaths ? `${urls} (${text.token.strictPaths})` : urls],
      [
        text.token.applications,
        token.allowedApplications && common.list(token.allowedApplications.map(showApplication)),
      ],
      [text.token.addresses, token.allowedAddresses && common.list(token.allowedAddresses)],
      [text.token.resources, token.resources && common.list(token.resources)],
      [text.token.limits, isRestricted(token) ? undefined : common.unrestricted],
      [text.token.expires, token.expires === undefined ? common.never : showMoment(token.expires)],
      [text.token.created, showMoment(token.created)],
      [text.token.modified, token.modified === token.created ? undefined : showMoment(token.modified)],
      [text.counts.lastUsed, token.lastUsed && showUse(token.lastUsed, text)],
      [
        text.counts.lastRefused,
        token.lastRefused && showUse(token.lastRefused, text, token.lastRefused.reason),
      ],
      [text.token.revoked, token.revoked && showMoment(token.revoked)],
      [text.token.parent, token.parent],
      [text.token.replaces, token.replaces],
      [text.token.replacedBy, token.replacedBy],
      ...retirement(token, text),
      [text.token.text, token.token ?? (isSecret ? text.token.notShown : undefined)],
    ],
    paint,
  );
}

function showUse(use: NonNullable<NativeToken['lastUsed']>, text: Messages, reason?: string): string {
  const about = [reason ?? '', use.service, use.origin, use.client].filter(
    (part) => part !== '' && part !== '*',
  );
  return `${showMoment(use.at)} (${text.common.list(about)})`;
}

/** In which ways a token is limited, in a few words: `web sites: 3, addresses: 1`. */
export function showLimits(token: NativeToken, text: Messages): string {
  const counts = [
    [text.token.urls, token.allowedUrls],
    [text.token.applications, token.allowedApplications],
    [text.token.addresses, token.allowedAddresses],
    [text.token.resources, token.resources],
  ] as const;
  return text.common.list(
    counts.flatMap(([name, list]) => (list === undefined ? [] : [`${name}: ${list.length}`])),
  );
}

function isRestricted(token: NativeToken): boolean {
  return [token.allowedUrls, token.allowedApplications, token.allowedAddresses, token.resources].some(
    (list) => list !== undefined,
  );
}

function showApplication({
  platform,
  bundleId,
}: {
  readonly platform: string;
  readonly bundleId: string;
}): string {
  return `${platform}:${bundleId}`;
}

/** When a token that is being replaced goes. */
function retirement({ retiresAt, untilQuiet }: NativeToken, { rotation }: Messages): [string, string][] {
  if (retiresAt === undefined) return [];
  const time = showMoment(retiresAt);
  if (untilQuiet === undefined) return [[rotation.retiresAt, time]];
  return [[rotation.untilQuiet, rotation.untilQuietFor({ duration: untilQuiet, time })]];
}
