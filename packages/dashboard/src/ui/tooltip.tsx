import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { usePortalPlace } from './portal-place.tsx';

/** A short remark on what the pointer or the focus rests on. Nothing that must be read stands only here. */
export function Tooltip({
  text,
  children,
}: {
  readonly text: ReactNode;
  /** One element that can have the focus. */
  readonly children: ReactElement;
}): ReactElement {
  const place = usePortalPlace();
  return (
    <Radix.Provider delayDuration={300}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal {...(place && { container: place })}>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 rounded-md bg-ink px-2.5 py-1.5 text-sm text-page shadow-float"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
