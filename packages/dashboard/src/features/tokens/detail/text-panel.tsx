import type { NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useMemo, useState } from 'react';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { servicesQuery } from '../form/queries.ts';
import { API_PLACEHOLDER, type Snippet, snippetsOf } from './snippets.ts';
import { useTokenPageTexts } from './texts.ts';

const HINTS = { pk: 'publicHint', sk: 'secretHint', tk: 'temporaryHint' } as const;

/** The token's text, where it may be told, and code that uses it. */
export function TextPanel({ token }: { readonly token: NativeToken }): ReactElement {
  const { text: texts } = useTokenPageTexts();
  return (
    <Panel title={texts.title} description={texts[HINTS[token.usage]]}>
      <div className="flex flex-col gap-4">
        {token.token !== undefined && (
          <div className="flex items-center gap-3 rounded-md border border-line bg-sunken py-1.5 pr-1.5 pl-3">
            <code className="min-w-0 flex-1 truncate font-mono text-sm">{token.token}</code>
            <CopyButton text={token.token} label={texts.copy} />
          </div>
        )}
        {token.usage !== 'tk' && token.status === 'active' && <Snippets token={token} />}
      </div>
    </Panel>
  );
}

function Snippets({ token }: { readonly token: NativeToken }): ReactElement | null {
  const { text: texts } = useTokenPageTexts();
  const { data } = useQuery(servicesQuery);
  const [kind, setKind] = useState<Snippet['kind'] | undefined>(undefined);
  const snippets = useMemo(
    () => (data === undefined ? [] : snippetsOf(token, data.services, window.location.origin)),
    [token, data],
  );
  const first = snippets[0];
  if (first === undefined) return null;
  const shown = snippets.find((snippet) => snippet.kind === kind) ?? first;
  const hint = shown.code.includes(API_PLACEHOLDER)
    ? texts.placeholder
    : /\/\{[a-z]|'\{/i.test(shown.code)
      ? texts.fillIn
      : undefined;
  return (
    <div className="flex flex-col gap-2">
      <Tabs
        label={texts.snippets}
        value={shown.kind}
        onChange={setKind}
        tabs={snippets.map((snippet) => ({
          value: snippet.kind,
          label: texts.snippet[snippet.kind],
          content: <CodeBlock code={snippet.code} label={texts.snippet[snippet.kind]} />,
        }))}
      />
      {hint !== undefined && <p className="text-sm text-soft">{hint}</p>}
    </div>
  );
}
