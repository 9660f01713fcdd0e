import { type ReactElement, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { GuideLink } from '../../../ui/guide-link.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useUrlCheck } from '../form/queries.ts';
import type { TokenDraft } from '../form/token-draft.ts';
import { UrlEditor } from '../form/url-editor.tsx';
import { useTokenCreateTexts } from './texts.ts';

export interface UrlsPartProps {
  readonly usage: 'pk' | 'sk';
  readonly draft: Pick<TokenDraft, 'urls' | 'strictPaths'>;
  readonly onChange: (change: Partial<Pick<TokenDraft, 'urls' | 'strictPaths'>>) => void;
}

/** Which pages may use the token. For a secret token the editor stays closed until it is asked for: a server has no page. */
export function UrlsPart({ usage, draft, onChange }: UrlsPartProps): ReactElement {
  const texts = useTokenCreateTexts();
  const [isAskedFor, setAskedFor] = useState(false);
  const check = useUrlCheck(draft.urls.map(({ entry }) => entry));
  const isSecret = usage === 'sk';
  const isClosed = isSecret && !isAskedFor && draft.urls.length === 0;
  return (
    <Panel
      title={isSecret ? texts.whereSecret : texts.wherePublic}
      description={
        <>
          {isSecret ? texts.whereSecretHint : texts.wherePublicHint} <GuideLink chapter="url-restrictions" />
        </>
      }
    >
      {isClosed ? (
        <Button size="small" onClick={() => setAskedFor(true)}>
          {texts.addUrlsAnyway}
        </Button>
      ) : (
        <UrlEditor
          entries={draft.urls}
          onChange={(urls) => onChange({ urls })}
          strictPaths={draft.strictPaths}
          onStrictPathsChange={(strictPaths) => onChange({ strictPaths })}
          check={check}
          whenEmpty={
            isSecret ? (
              <Callout>{texts.anywhereSecret}</Callout>
            ) : (
              <Callout kind="warning">{texts.anywhere}</Callout>
            )
          }
        />
      )}
    </Panel>
  );
}
