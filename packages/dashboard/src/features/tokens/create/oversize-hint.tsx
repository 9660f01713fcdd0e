import type { ReactElement } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { GuideLink } from '../../../ui/guide-link.tsx';
import type { Oversize } from '../form/right-size.ts';
import { presetText } from './preset-texts.ts';
import { useTokenCreateTexts } from './texts.ts';

/** More was chosen than the purpose needs: says what that costs, and takes it away at a press. */
export function OversizeHint({
  oversize,
  onLeaveOut,
}: {
  readonly oversize: Oversize;
  readonly onLeaveOut: (scopes: readonly string[]) => void;
}): ReactElement {
  const texts = useTokenCreateTexts();
  const { preset, extra, makesSecret } = oversize;
  const isMixed = makesSecret.length > 0;
  const leftOut = isMixed ? makesSecret : extra;
  return (
    <div role="status">
      <Callout kind="warning" title={texts.oversize({ purpose: presetText(preset, texts).title })}>
        <p>
          {isMixed
            ? texts.oversizeSecret({ scopes: makesSecret.join(', '), count: makesSecret.length })
            : texts.oversizeExtra({ scopes: extra.join(', ') })}
        </p>
        <div className="pt-1">
          <Button size="small" onClick={() => onLeaveOut(leftOut)}>
            {texts.leaveOut({ count: leftOut.length })}
          </Button>{' '}
          <GuideLink chapter="least-privilege" />
        </div>
      </Callout>
    </div>
  );
}
