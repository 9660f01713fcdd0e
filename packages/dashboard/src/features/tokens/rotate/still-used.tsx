import type { Rotation } from '@latchkey/wire/native';
import type { ReactElement } from 'react';
import { Time } from '../../../ui/time.tsx';
import { useTokenRotateTexts } from './texts.ts';

/** Who used the old token since the rotation began. */
export function StillUsed({ rotation }: { readonly rotation: Rotation }): ReactElement {
  const { state: texts } = useTokenRotateTexts();
  const { usedBy = [] } = rotation;
  if (usedBy.length === 0) return <p className="text-soft">{texts.stillUsedNobody}</p>;
  return (
    <div>
      <h3 className="mb-1.5 text-sm font-medium">{texts.stillUsed}</h3>
      <ul className="divide-y divide-line rounded-md border border-line bg-panel">
        {usedBy.map((user) => (
          <li
            key={[user.service, user.origin, user.client, user.address].join(' ')}
            className="flex flex-wrap items-baseline justify-between gap-x-4 px-3 py-2"
          >
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="font-medium">{user.origin ?? texts.noOrigin}</span>
              <span className="text-soft">
                {[user.client, user.service, user.address]
                  .filter((part) => part !== undefined)
                  .map((part) => ` · ${part}`)}
              </span>
            </span>
            <span className="text-sm text-soft">
              <Time at={user.lastUsed} as="ago" />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
