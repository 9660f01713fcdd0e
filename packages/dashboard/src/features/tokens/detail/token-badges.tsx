import type { NativeToken } from '@latchkey/wire/native';
import { Globe, Lock, Timer } from 'lucide-react';
import type { ReactElement } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { useTokenPageTexts } from './texts.ts';

const ICONS = { pk: Globe, sk: Lock, tk: Timer } as const;
const TONES = { active: 'success', expired: 'warning', revoked: 'danger' } as const;

/** What kind of token it is, and whether it works. */
export function TokenBadges({ token }: { readonly token: NativeToken }): ReactElement {
  const texts = useTokenPageTexts();
  const Icon = ICONS[token.usage];
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <Badge tone={token.usage === 'sk' ? 'accent' : 'neutral'}>
        <Icon aria-hidden />
        {texts.usage[token.usage]}
      </Badge>
      <Badge tone={TONES[token.status]}>{texts.status[token.status]}</Badge>
      {token.default && <Badge>{texts.default}</Badge>}
    </span>
  );
}
