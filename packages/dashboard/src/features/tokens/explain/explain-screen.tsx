import { LatchkeyApiError } from '@latchkey/wire/client';
import type { DescribedRequest } from '@latchkey/wire/curl';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import { FailureCallout } from '../../../api/failure.tsx';
import { useAccount } from '../../../session/use-session.ts';
import { Callout } from '../../../ui/callout.tsx';
import { GuideLink } from '../../../ui/guide-link.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { mayWriteTokens } from '../detail/may-write.ts';
import { explainBody } from './explain-body.ts';
import { ExplainForm, type ExplainInput } from './explain-form.tsx';
import { ExplanationView } from './explanation-view.tsx';
import { takeHandedOver } from './handed-over.ts';
import { choosableTokensQuery, useExplain } from './queries.ts';
import { readPasted } from './read-pasted.ts';
import { useExplainTexts } from './texts.ts';

/** Why a request is allowed or refused, and the smallest thing to do about it. */
export function ExplainScreen(): ReactElement {
  const texts = useExplainTexts();
  const account = useAccount();
  const { token = '' } = useSearch({ strict: false }) as { readonly token?: string };
  const [input, setInput] = useState<ExplainInput>(() => ({
    pasted: takeHandedOver() ?? '',
    token,
    page: '',
    address: '',
  }));
  const [problem, setProblem] = useState<keyof typeof texts.problem | undefined>(undefined);
  const [asked, setAsked] = useState<DescribedRequest | undefined>(undefined);
  const tokens = useQuery(choosableTokensQuery(account.name));
  const explain = useExplain(account.name);
  const submit = () => {
    const read = explainBody(readPasted(input.pasted), input);
    setProblem(read.ok ? undefined : read.problem);
    if (!read.ok) {
      explain.reset();
      return;
    }
    setAsked(read.request);
    explain.mutate(read.body);
  };
  const begin = useEffectEvent(() => {
    if (input.pasted !== '') submit();
  });
  // What was handed over by the page of a token is explained at once.
  useEffect(() => begin(), []);
  const isNotFound = explain.error instanceof LatchkeyApiError && explain.error.code === 'refusal_not_found';
  return (
    <Page
      title={texts.title}
      description={
        <>
          {texts.intro} <GuideLink chapter="refusals" />
        </>
      }
    >
      <Panel>
        <ExplainForm
          input={input}
          onChange={setInput}
          tokens={tokens.data ?? []}
          problem={problem === undefined ? undefined : texts.problem[problem]}
          isBusy={explain.isPending}
          onSubmit={submit}
        />
      </Panel>
      {isNotFound ? (
        <Callout kind="warning" isAnnounced>
          {texts.notFound}
        </Callout>
      ) : (
        <FailureCallout error={explain.error} />
      )}
      {explain.data !== undefined && (
        <ExplanationView
          account={account.name}
          explained={explain.data}
          request={asked}
          address={input.address === '' ? undefined : input.address}
          mayWrite={mayWriteTokens(account)}
        />
      )}
    </Page>
  );
}
