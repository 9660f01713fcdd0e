import type { Role } from '@latchkey/core';
import {
  Activity,
  Building2,
  ChartNoAxesColumn,
  CircleHelp,
  KeyRound,
  KeySquare,
  type LucideIcon,
  Radio,
  ScrollText,
  Settings,
  Users,
} from 'lucide-react';
import type { shell } from '../messages/en/shell.ts';

/** Keys of the texts that are plain words. */
type Label = { [K in keyof typeof shell]: (typeof shell)[K] extends string ? K : never }[keyof typeof shell];

/** Pages right below `/a/$account`. Written down, because the router's own types know the menu, and cannot be known by it. */
type AccountPage = 'tokens' | 'usage' | 'explain' | 'scopes' | 'audit' | 'members' | 'settings';

export interface NavigationEntry {
  readonly page: AccountPage;
  readonly label: Label;
  readonly icon: LucideIcon;
  /** Who sees it; left out: every member. The server refuses the others whatever is shown. */
  readonly roles?: readonly Role[] | undefined;
}

/** Pages about the whole installation, for owners and admins of the operator's account. */
export const OPERATOR_NAVIGATION = [
  { page: 'accounts', label: 'operatorAccounts', icon: Building2 },
  { page: 'verifiers', label: 'verifiers', icon: Radio },
  { page: 'health', label: 'health', icon: Activity },
] as const;

/** Pages about an account, in the order of the menu. */
export const ACCOUNT_NAVIGATION: readonly NavigationEntry[] = [
  { page: 'tokens', label: 'tokens', icon: KeyRound },
  { page: 'usage', label: 'usage', icon: ChartNoAxesColumn },
  { page: 'explain', label: 'explain', icon: CircleHelp },
  { page: 'scopes', label: 'scopes', icon: KeySquare },
  { page: 'audit', label: 'audit', icon: ScrollText },
  { page: 'members', label: 'members', icon: Users },
  { page: 'settings', label: 'settings', icon: Settings },
];
