import type { Role } from '@latchkey/core';
import type { LinkProps } from '@tanstack/react-router';
import { KeyRound, KeySquare, type LucideIcon, ScrollText, Settings } from 'lucide-react';
import type { shell } from '../messages/en/shell.ts';

/** Keys of the texts that are plain words. */
type Label = { [K in keyof typeof shell]: (typeof shell)[K] extends string ? K : never }[keyof typeof shell];

export interface NavigationEntry {
  /** An address below `/a/$account`. */
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: Label;
  readonly icon: LucideIcon;
  /** Who sees it; left out: every member. The server refuses the others whatever is shown. */
  readonly roles?: readonly Role[] | undefined;
}

/** Pages about an account, in the order of the menu. */
export const ACCOUNT_NAVIGATION: readonly NavigationEntry[] = [
  { to: '/a/$account/tokens', label: 'tokens', icon: KeyRound },
  { to: '/a/$account/scopes', label: 'scopes', icon: KeySquare },
  { to: '/a/$account/audit', label: 'audit', icon: ScrollText },
  { to: '/a/$account/settings', label: 'settings', icon: Settings },
];
