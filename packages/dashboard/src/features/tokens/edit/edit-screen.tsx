import type { NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactElement } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { useAccount } from '../../../session/use-session.ts';
import { Callout } from '../../../ui/callout.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { mayWriteTokens } from '../detail/may-write.ts';
import { tokenQuery } from '../detail/queries.ts';
import { useTokenPageTexts } from '../detail/texts.ts';
import { scopesQuery, servicesQuery } from '../form/queries.ts';
import { EditForm } from './edit-form.tsx';
import { readEditSearch } from './edit-search.ts';
import { useTokenEditTexts } from './texts.ts';

/** Changing a token's name, scopes and restrictions. */
export function EditScreen(): ReactElement {
  const texts = useTokenEditTexts();
  const page = useTokenPageTexts();
  const account = useAccount();
  const { token: id = '' } = useParams({ strict: false });
  // What is being edited does not change under the reader's hands.
  const token = useQuery({
    ...tokenQuery(account.name, id),
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });
  const name = token.data?.note ?? page.unnamed;
  return (
    <Page
      title={texts.title({ name })}
      description={texts.intro}
      above={
        <Link
          to="/a/$account/tokens/$token"
          params={{ account: account.name, token: id }}
          className="inline-flex items-center gap-1 text-soft hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-3.5" />
          {name}
        </Link>
      }
    >
      {token.data !== undefined ? (
        <Known token={token.data} mayWrite={mayWriteTokens(account)} />
      ) : (
        <Panel>
          {token.isError ? (
            <FailureState error={token.error} onRetry={() => void token.refetch()} />
          ) : (
            <SkeletonLines lines={10} />
          )}
        </Panel>
      )}
    </Page>
  );
}

function Known({
  token,
  mayWrite,
}: {
  readonly token: NativeToken;
  readonly mayWrite: boolean;
}): ReactElement {
  const texts = useTokenEditTexts();
  const search = useSearch({ strict: false });
  const scopes = useQuery(scopesQuery);
  const services = useQuery(servicesQuery);
  if (token.usage === 'tk') return <Callout>{texts.temporary}</Callout>;
  if (token.status === 'revoked') return <Callout kind="warning">{texts.revoked}</Callout>;
  if (!mayWrite) return <Callout kind="warning">{texts.cannotEdit}</Callout>;
  const failed = [scopes, services].find(({ isError }) => isError);
  if (failed !== undefined)
    return <FailureState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (scopes.data === undefined || services.data === undefined) return <SkeletonLines lines={10} />;
  return (
    <EditForm
      key={token.id}
      token={token}
      addition={readEditSearch({ ...search })}
      catalogue={scopes.data.scopes}
      services={services.data.services}
    />
  );
}
