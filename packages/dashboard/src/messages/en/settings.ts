/** The page about an account as a whole. */
export const settings = {
  title: 'Account settings',
  description: 'What belongs to the account as a whole.',
  name: 'Name',
  role: 'Your role',
  kind: 'Kind',
  kinds: { operator: 'Runs this installation', customer: 'Account' },
  status: 'Status',
  statuses: { active: 'Active', suspended: 'Suspended' },
  defaultToken: 'Default public token',
  defaultTokenText: 'Made with the account. It may stand in a web page: it can only read what is public.',
  noDefaultToken: 'The default token was revoked. Make another public token where you need one.',
  leave: 'Leave account',
  leaveText: 'Tokens that you made stay: they belong to the account.',
  leaveTitle: ({ name }: { name: string }) => `Leave ${name}?`,
  leaveConsequence: 'You no longer see the account. Only an owner or admin can invite you again.',
  copyToken: 'Copy default token',
};
