import type { Rotation } from '@latchkey/wire/native';
import type { ReactElement } from 'react';
import { useLanguage } from '../../../language/language-context.tsx';
import { Time } from '../../../ui/time.tsx';
import { Countdown } from './countdown.tsx';
import { durationText } from './duration-text.ts';
import { useTokenRotateTexts } from './texts.ts';

/** When the old token ends, how long that is from now, and what stands in the way. */
export function RotationState({ rotation }: { readonly rotation: Rotation }): ReactElement {
  const { state: texts } = useTokenRotateTexts();
  const { locale } = useLanguage();
  const { retiresAt, untilQuiet, waitsFor = [] } = rotation;
  return (
    <div className="flex flex-col gap-2">
      <p>
        {texts.retiresAt}{' '}
        {untilQuiet !== undefined && (
          <>
            {texts.quiet({ duration: durationText(untilQuiet, locale) })}, {texts.notBefore}{' '}
          </>
        )}
        {retiresAt !== undefined && (
          <>
            <Time at={retiresAt} />{' '}
            <span className="whitespace-nowrap text-soft">
              (<Countdown until={retiresAt} />)
            </span>
          </>
        )}
      </p>
      {waitsFor.length > 0 && (
        <ul className="flex flex-col gap-1 text-warning-ink">
          {waitsFor.map((wait) => (
            <li key={wait.kind}>
              <Wait wait={wait} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Wait({ wait }: { readonly wait: NonNullable<Rotation['waitsFor']>[number] }): string {
  const { state: texts } = useTokenRotateTexts();
  const { locale } = useLanguage();
  const time = (at: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
  switch (wait.kind) {
    case 'use':
      return texts.waitsForUse({ time: time(wait.lastUsed) });
    case 'verifiers':
      return texts.waitsForVerifiers({ count: wait.count, time: time(wait.decideUntil) });
    case 'successor_expired':
      return texts.waitsForExpired;
    default:
      return wait satisfies never;
  }
}
