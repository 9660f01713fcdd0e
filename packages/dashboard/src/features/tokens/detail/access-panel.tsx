import type { NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Panel } from '../../../ui/panel.tsx';
import { Time } from '../../../ui/time.tsx';
import { servicesQuery } from '../form/queries.ts';
import { Described, DescriptionList } from './description-list.tsx';
import { ScopeLine } from './scope-line.tsx';
import { useTokenPageTexts } from './texts.ts';

/** What the token opens, and where it works. */
export function AccessPanel({
  token,
  actions,
}: {
  readonly token: NativeToken;
  readonly actions?: ReactNode;
}): ReactElement {
  const { access: texts } = useTokenPageTexts();
  const services = useQuery(servicesQuery).data?.services ?? [];
  const applications = token.allowedApplications?.map(({ platform, bundleId }) => `${platform}: ${bundleId}`);
  return (
    <Panel title={texts.title} actions={actions}>
      <DescriptionList>
        <Described name={texts.scopes}>
          {token.scopes.length === 0 ? (
            <span className="text-soft">{texts.noScopes}</span>
          ) : (
            <ul className="flex flex-col gap-1">
              {token.scopes.map((scope) => (
                <ScopeLine key={scope} scope={scope} services={services} />
              ))}
            </ul>
          )}
        </Described>
        <Described name={texts.urls}>
          <WebAddresses token={token} />
        </Described>
        {token.resources !== undefined && (
          <Described name={texts.resources}>
            <Entries entries={token.resources} />
          </Described>
        )}
        {applications !== undefined && (
          <Described name={texts.applications}>
            <Entries entries={applications} />
          </Described>
        )}
        {token.allowedAddresses !== undefined && (
          <Described name={texts.addresses}>
            <Entries entries={token.allowedAddresses} />
          </Described>
        )}
        <Described name={texts.expires}>
          {token.expires === undefined ? texts.never : <Time at={token.expires} />}
        </Described>
      </DescriptionList>
    </Panel>
  );
}

function WebAddresses({ token }: { readonly token: NativeToken }): ReactElement {
  const { access: texts } = useTokenPageTexts();
  if (token.allowedUrls !== undefined) {
    return (
      <div className="flex flex-col gap-1.5">
        <Entries entries={token.allowedUrls} />
        {token.strictPaths === true && <p className="text-sm text-soft">{texts.strictPaths}</p>}
      </div>
    );
  }
  if (token.usage !== 'pk') return <span className="text-soft">{texts.secretAnywhere}</span>;
  return (
    <div>
      <p className="flex items-center gap-1.5 font-medium text-warning-ink">
        <TriangleAlert aria-hidden className="size-4 shrink-0" />
        {texts.anywhere}
      </p>
      <p className="text-sm text-soft">{texts.anywhereHint}</p>
    </div>
  );
}

function Entries({ entries }: { readonly entries: readonly string[] }): ReactElement {
  return (
    <ul className="flex flex-col gap-1">
      {entries.map((entry) => (
        <li key={entry} className="font-mono text-sm">
          {entry}
        </li>
      ))}
    </ul>
  );
}
