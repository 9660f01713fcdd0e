import type { NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Time } from '../../../ui/time.tsx';
import { ActorName } from './actor-name.tsx';
import { creationQuery } from './queries.ts';
import { useTokenPageTexts } from './texts.ts';

/** When it was made, by whom, and when it was used last. */
export function AboutPanel({ token }: { readonly token: NativeToken }): ReactElement {
  const page = useTokenPageTexts();
  const texts = page.about;
  const { account } = token;
  const creation = useQuery(creationQuery(account, token.id)).data;
  return (
    <Panel title={texts.title}>
      <dl className="flex flex-col gap-3">
        <Item name={page.id}>
          <span className="flex items-center gap-2">
            <code className="min-w-0 flex-1 truncate font-mono text-sm" title={token.id}>
              {token.id}
            </code>
            <CopyButton text={token.id} kind="quiet" />
          </span>
        </Item>
        <Item name={texts.created}>
          <Time at={token.created} />
        </Item>
        {creation && (
          <Item name={texts.createdBy}>
            <ActorName entry={creation} account={account} />
          </Item>
        )}
        {token.modified !== token.created && (
          <Item name={texts.modified}>
            <Time at={token.modified} />
          </Item>
        )}
        {token.revoked !== undefined && (
          <Item name={texts.revoked}>
            <Time at={token.revoked} />
          </Item>
        )}
        <Item name={texts.lastUsed}>
          <LastUse use={token.lastUsed} never={texts.neverUsed} />
        </Item>
        <Item name={texts.lastRefused}>
          <LastUse use={token.lastRefused} never={texts.neverRefused} />
        </Item>
        {(['parent', 'replaces', 'replacedBy'] as const).map((relation) => {
          const other = token[relation];
          return (
            other !== undefined && (
              <Item key={relation} name={texts[relation]}>
                <Link
                  to="/a/$account/tokens/$token"
                  params={{ account, token: other }}
                  className="block truncate font-mono text-sm text-accent-ink hover:underline"
                >
                  {other}
                </Link>
              </Item>
            )
          );
        })}
      </dl>
    </Panel>
  );
}

function LastUse({
  use,
  never,
}: {
  readonly use: NativeToken['lastRefused'] | NativeToken['lastUsed'];
  readonly never: string;
}): ReactElement {
  if (use === undefined) return <span className="text-soft">{never}</span>;
  const from = [use.origin === '' ? use.client : use.origin, use.service].filter(
    (part) => part !== '' && part !== '*',
  );
  return (
    <>
      <Time at={use.at} as="ago" />
      <span className="block text-sm text-soft">
        {from.join(' · ')}
        {'reason' in use && <span className="block font-mono text-xs">{use.reason}</span>}
      </span>
    </>
  );
}

function Item({
  name,
  children,
}: {
  readonly name: string;
  readonly children: React.ReactNode;
}): ReactElement {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-soft">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
