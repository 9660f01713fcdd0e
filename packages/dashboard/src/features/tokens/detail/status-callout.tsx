import type { NativeToken } from '@latchkey/wire/native';
import type { ReactElement } from 'react';
import { useLanguage } from '../../../language/language-context.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { useTokenPageTexts } from './texts.ts';

/** Says of a token that does not work that it does not, and of one that was seen in a URL that it was; and what that means. */
export function StatusCallout({ token }: { readonly token: NativeToken }): ReactElement | null {
  const texts = useTokenPageTexts();
  const { locale } = useLanguage();
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const time = (at: string | undefined) => (at === undefined ? '' : format.format(new Date(at)));
  if (token.status === 'revoked') {
    return <Callout kind="danger">{texts.revokedBanner({ time: time(token.revoked) })}</Callout>;
  }
  if (token.status === 'active' && token.exposed !== undefined) {
    return <Callout kind="warning">{texts.exposedBanner}</Callout>;
  }
  if (token.status !== 'expired') return null;
  const text = token.usage === 'tk' ? texts.expiredTemporaryBanner : texts.expiredBanner;
  return <Callout kind="warning">{text({ time: time(token.expires) })}</Callout>;
}
