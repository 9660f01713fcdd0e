import { scopesOfRole } from '@latchkey/core';
import { useSuspenseQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useSessionTexts } from '../../../session/texts.ts';
import { useAccount } from '../../../session/use-session.ts';
import { GuideLink } from '../../../ui/guide-link.tsx';
import { Page } from '../../../ui/page.tsx';
import { RefusedState } from '../../../ui/states.tsx';
import { offeredTo } from '../form/offered-scopes.ts';
import { scopesQuery, servicesQuery } from '../form/queries.ts';
import { CreateForm } from './create-form.tsx';
import { useTokenCreateTexts } from './texts.ts';

/** Making a token: the page around the form, and who may not. */
export function CreateTokenScreen(): ReactElement {
  const texts = useTokenCreateTexts();
  const { roles } = useSessionTexts();
  const account = useAccount();
  const mayCreate = scopesOfRole(account.role, account.kind).includes('tokens:write');
  return (
    <Page
      title={texts.title}
      description={
        <>
          {texts.description({ account: account.name })} <GuideLink chapter="managing" />
        </>
      }
      above={
        <Link to="/a/$account/tokens" params={{ account: account.name }} className="hover:text-ink">
          ← {texts.back}
        </Link>
      }
      width="narrow"
    >
      {mayCreate ? (
        <Loaded />
      ) : (
        <RefusedState title={texts.mayNot}>
          <p>{texts.mayNotText({ role: roles[account.role] })}</p>
        </RefusedState>
      )}
    </Page>
  );
}

function Loaded(): ReactElement {
  const account = useAccount();
  const [{ data: catalogue }, { data: offer }] = useSuspenseQueries({
    queries: [servicesQuery, scopesQuery],
  });
  return <CreateForm services={catalogue.services} offered={offeredTo(account, offer.scopes)} />;
}
