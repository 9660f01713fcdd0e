import { type AppIdentity, describeUrlWarning, type Restriction, type UrlWarning } from '@latchkey/core';
import type { NativeToken } from '@latchkey/wire/native';
import type { TemporaryToken, Token } from '@latchkey/wire/tokens-api';
import type { RotationRow, TokenRow } from '../store/rows.ts';
import type { UseRow } from '../store/usage-store.ts';
import { isoTime } from './iso-time.ts';
import { termView } from './rotation-view.ts';
import { lastUseView } from './use-view.ts';

/** What an answer holds beside the row. `text` is the token's text, where it may be told. */
export interface TokenExtras {
  readonly text?: string | null | undefined;
  readonly warnings?: readonly UrlWarning[] | undefined;
  /** The rotation in which the token is replaced. */
  readonly rotation?: RotationRow | undefined;
  /** What is known of its use. */
  readonly uses?: readonly UseRow[] | undefined;
  /** The answer to a repeated idempotency key. */
  readonly replayed?: boolean | undefined;
}

/** The answer to a repeated idempotency key: the text was told when the token was made. */
type SecretView = { token?: string; code?: 'secret_already_shown' };

/** The Token object of the Tokens API; `row` is a public or secret token. */
export function tokenView(row: TokenRow, extras: TokenExtras = {}): Token & SecretView {
  return {
    ...commonView(row),
    usage: row.usage === 'pk' ? 'pk' : 'sk',
    ...(row.expires === null ? {} : { expires: isoTime(row.expires) }),
    ...lastUsedOf(extras),
    ...secretView(row, extras),
  };
}

function lastUsedOf({ uses = [] }: TokenExtras): Pick<Token, 'lastUsed'> {
  const at = uses.find(({ kind }) => kind === 'allowed')?.at;
  return at === undefined ? {} : { lastUsed: isoTime(at) };
}

/** `row` is a temporary token; it has the fields of a Token too, which some clients want of every creation. */
export function temporaryTokenView(
  row: TokenRow,
  extras: TokenExtras,
): Omit<TemporaryToken, 'token'> & SecretView {
  const expires = row.expires ?? row.createdAt;
  return {
    ...commonView(row),
    usage: 'tk',
    issued_at: isoTime(row.createdAt),
    expires: isoTime(expires),
    expires_in: Math.round((expires - row.createdAt) / 1000),
    ...secretView(row, extras),
  };
}

function commonView(row: TokenRow): Omit<Token, 'usage' | 'expires' | 'token' | 'warnings'> {
  return {
    id: row.id,
    client: 'api',
    default: row.isDefault,
    note: row.note,
    scopes: [...row.scopes],
    created: isoTime(row.createdAt),
    modified: isoTime(row.modifiedAt),
    ...restrictionsView(row.restrictions),
  };
}

/** @param now unix milliseconds: tells expired tokens from active ones */
export function nativeTokenView(row: TokenRow, now: number, extras: TokenExtras = {}): NativeToken {
  return {
    id: row.id,
    account: row.account,
    usage: row.usage,
    status: statusOf(row, now),
    default: row.isDefault,
    note: row.note,
    scopes: [...row.scopes],
    created: isoTime(row.createdAt),
    modified: isoTime(row.modifiedAt),
    ...restrictionsView(row.restrictions, { native: true }),
    ...(row.expires === null ? {} : { expires: isoTime(row.expires) }),
    ...(row.revokedAt === null ? {} : { revoked: isoTime(row.revokedAt) }),
    ...(row.parent === null ? {} : { parent: row.parent }),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    ...replacementView(extras.rotation),
    ...lastUseView(extras.uses ?? []),
    revision: row.revision,
    ...secretView(row, extras),
  };
}

function replacementView(
  rotation: RotationRow | undefined,
): Pick<NativeToken, 'replacedBy' | 'retiresAt' | 'untilQuiet' | 'waitsFor'> {
  if (rotation === undefined) return {};
  const { successor, dueAt, endedAt } = rotation;
  if (endedAt !== null) return { replacedBy: successor };
  return { replacedBy: successor, retiresAt: isoTime(dueAt), ...termView(rotation) };
}

function statusOf(row: TokenRow, now: number): NativeToken['status'] {
  if (row.status === 'revoked') return 'revoked';
  return row.expires !== null && row.expires <= now ? 'expired' : 'active';
}

function secretView(
  row: TokenRow,
  { text, warnings, replayed }: TokenExtras,
): SecretView & { warnings?: NonNullable<Token['warnings']> } {
  const shown = replayed === true ? null : (text ?? row.text);
  return {
    ...(shown === null ? {} : { token: shown }),
    ...(warnings === undefined || warnings.length === 0 ? {} : { warnings: warnings.map(warningView) }),
    ...(replayed === true ? { code: 'secret_already_shown' } : {}),
  };
}

function warningView(warning: UrlWarning): { entry: string; code: string; detail: string } {
  return { entry: warning.entry, code: warning.code, detail: describeUrlWarning(warning) };
}

interface RestrictionsView {
  allowedUrls?: string[];
  strictPaths?: true;
  resources?: string[];
  allowedApplications?: AppIdentity[];
  allowedAddresses?: string[];
}

function restrictionsView(
  restrictions: readonly Restriction[],
  { native = false }: { readonly native?: boolean } = {},
): RestrictionsView {
  const view: RestrictionsView = {};
  for (const restriction of restrictions) {
    switch (restriction.kind) {
      case 'urls':
        view.allowedUrls = [...restriction.entries];
        if (native && restriction.strictPaths) view.strictPaths = true;
        break;
      case 'resources':
        view.resources = [...restriction.prefixes];
        break;
      case 'applications':
        view.allowedApplications = restriction.applications.map((each) => ({ ...each }));
        break;
      case 'addresses':
        if (native) view.allowedAddresses = [...restriction.ranges];
        break;
      default:
        restriction satisfies never;
    }
  }
  return view;
}
