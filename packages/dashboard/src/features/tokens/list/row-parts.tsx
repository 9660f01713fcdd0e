import type { NativeToken } from '@latchkey/wire/native';
import { Globe, Hourglass, Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { useTokenListTexts } from './texts.ts';

const USAGES = {
  pk: { tone: 'success', Icon: Globe },
  sk: { tone: 'accent', Icon: Lock },
  tk: { tone: 'neutral', Icon: Hourglass },
} as const;

export function UsageBadge({ usage }: Pick<NativeToken, 'usage'>): ReactElement {
  const texts = useTokenListTexts();
  const { tone, Icon } = USAGES[usage];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {texts.usages[usage]}
    </Badge>
  );
}

/** How many URLs, as a bare number below a heading, and with its noun elsewhere. That a public one works on every page is a warning; a secret one is used by servers. */
export function UrlsCell({
  token,
  isBare = false,
}: {
  readonly token: NativeToken;
  readonly isBare?: boolean | undefined;
}): ReactElement | null {
  const texts = useTokenListTexts();
  const { allowedUrls, allowedAddresses, allowedApplications, usage, status } = token;
  if (allowedUrls !== undefined) {
    const { length: count } = allowedUrls;
    return (
      <span title={allowedUrls.join('\n')} className="tabular-nums">
        {isBare ? count : texts.urlsCount({ count })}
      </span>
    );
  }
  const isOpen = allowedAddresses === undefined && allowedApplications === undefined;
  if (usage !== 'pk' || status !== 'active' || !isOpen)
    return isBare ? <span className="text-soft">–</span> : null;
  return (
    <span title={texts.anywhereHint}>
      <Badge tone="warning">{texts.anywhere}</Badge>
    </span>
  );
}

export function LastUsedCell({ token }: { readonly token: NativeToken }): ReactElement {
  const texts = useTokenListTexts();
  const { lastUsed } = token;
  if (lastUsed === undefined) return <span className="text-soft">{texts.never}</span>;
  return (
    <span className="block min-w-0">
      <Time at={lastUsed.at} as="ago" />
      {lastUsed.origin !== '' && lastUsed.origin !== '*' && (
        <span className="block truncate text-xs text-faint">{texts.usedIn({ origin: lastUsed.origin })}</span>
      )}
    </span>
  );
}

export function StatusCell({ token }: { readonly token: NativeToken }): ReactElement {
  const texts = useTokenListTexts();
  const { status, retiresAt, exposed } = token;
  return (
    <span className="flex flex-wrap gap-1">
      {status === 'active' && retiresAt === undefined && (
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="size-1.5 rounded-full bg-success-ink" />
          {texts.statuses.active}
        </span>
      )}
      {status === 'active' && retiresAt !== undefined && <Badge tone="warning">{texts.retiring}</Badge>}
      {status === 'expired' && <Badge>{texts.statuses.expired}</Badge>}
      {status === 'revoked' && <Badge>{texts.statuses.revoked}</Badge>}
      {exposed !== undefined && <Badge tone="danger">{texts.exposedMark}</Badge>}
    </span>
  );
}

/** A token's name, or what stands for it. */
export function NameText({ token }: { readonly token: NativeToken }): ReactElement {
  const texts = useTokenListTexts();
  if (token.note !== null && token.note !== '') return <>{token.note}</>;
  return <span className="text-soft italic">{texts.unnamed}</span>;
}

export function NameMarks({
  token,
  isNew,
}: {
  readonly token: NativeToken;
  readonly isNew: boolean;
}): ReactElement {
  const texts = useTokenListTexts();
  return (
    <>
      {token.default && <Badge>{texts.isDefault}</Badge>}
      {isNew && <Badge tone="accent">{texts.isNew}</Badge>}
    </>
  );
}
