/** The list of an account's tokens. */
export const tokenList = {
  title: 'Tokens',
  description: 'What pages, apps and servers show to use the APIs of this account.',
  create: 'New token',
  table: 'Tokens',

  search: 'Search by name or id',
  filters: 'Filters',
  filtersCount: ({ count }: { count: number }) => `Filters (${count})`,
  usage: 'Kind',
  status: 'Status',
  scope: 'Scope',
  unused: 'Last used',
  order: 'Order',
  any: 'Any',
  allButRevoked: 'All but revoked',
  usages: { pk: 'Public', sk: 'Secret', tk: 'Temporary' },
  statuses: { active: 'Active', expired: 'Expired', revoked: 'Revoked' },
  unusedFor: ({ days }: { days: number }) => `Not for ${days} days`,
  exposed: 'Secret seen in URLs',
  anywhereFilter: 'Works anywhere',
  orders: {
    created: 'Newest first',
    modified: 'Last changed first',
    lastUsed: 'Last used first',
    note: 'By name',
  },
  clear: 'Clear',

  columns: {
    name: 'Name',
    usage: 'Kind',
    scopes: 'Scopes',
    urls: 'URLs',
    lastUsed: 'Last used',
    created: 'Created',
    status: 'Status',
  },
  unnamed: 'Unnamed',
  isDefault: 'default',
  isNew: 'new',
  scopesCount: ({ count }: { count: number }) => (count === 1 ? '1 scope' : `${count} scopes`),
  urlsCount: ({ count }: { count: number }) => (count === 1 ? '1 URL' : `${count} URLs`),
  anywhere: 'anywhere',
  anywhereHint: 'Every web page can use this token.',
  never: 'never',
  usedIn: ({ origin }: { origin: string }) => `from ${origin}`,
  retiring: 'being replaced',
  exposedMark: 'seen in a URL',

  shown: ({ count, more }: { count: number; more: boolean }) =>
    `${count.toLocaleString('en')}${more ? '+' : ''} ${count === 1 ? 'token' : 'tokens'}`,
  loadingMore: 'Loading more …',
  loadMore: 'Load more',
  moreFailed: 'The next tokens could not be loaded.',
  keys: '/ to search, ↑ ↓ to go from row to row, x to choose, Enter to open',

  empty: 'No tokens yet',
  emptyText:
    'A token is what a page, an app or a server shows to use an API. Making one takes less than a minute.',
  emptyForViewer: 'Who may make tokens here: owners, admins and developers.',
  nothingFits: 'No token fits',
  nothingFitsText:
    'Search and filters leave none over. Revoked tokens are listed where the status asks for them.',
  clearAll: 'Clear search and filters',

  choose: ({ name }: { name: string }) => `Choose ${name}`,
  chooseAll: 'Choose all that are loaded',
  chosen: ({ count }: { count: number }) => (count === 1 ? '1 chosen' : `${count} chosen`),
  unchoose: 'Choose none',
  revoke: 'Revoke …',
  revokeAllFitting: 'Revoke all that fit …',

  revokeTitle: ({ count }: { count: number }) =>
    count === 1 ? 'Revoke 1 token?' : `Revoke ${count} tokens?`,
  revokeTitleUnknown: 'Revoke tokens?',
  revokeText: ({ count }: { count: number }) =>
    count === 1
      ? 'It stops working at once, everywhere, and does not come back.'
      : 'They stop working at once, everywhere, and do not come back.',
  looking: 'Looking at what this stops …',
  nothingToRevoke: 'There is nothing to revoke: none of these tokens is active.',
  revokeNow: ({ count }: { count: number }) => (count === 1 ? 'Revoke 1 token' : `Revoke ${count} tokens`),
  revoked: ({ count }: { count: number }) => (count === 1 ? '1 token revoked.' : `${count} tokens revoked.`),
  tooMany: ({ limit }: { limit: number }) => `At most ${limit.toLocaleString('en')} at a time.`,
  inUse: ({ count }: { count: number }) =>
    count === 1 ? '1 of them was used in the last 7 days' : `${count} of them were used in the last 7 days`,
  inUseText:
    'Whatever uses them stops working now. To change over without a gap, rotate them one by one instead.',
  notInUse: 'None of them was used in the last 7 days, as far as is reported.',
  onlyFirst: ({ limit }: { limit: number }) =>
    `More fit than one call revokes: these are the first ${limit.toLocaleString('en')}. Call it again for the others.`,
  temporaryToo: ({ count }: { count: number }) =>
    count === 1
      ? '1 temporary token made with them falls too.'
      : `${count} temporary tokens made with them fall too.`,
  defaultToo: 'The default public token is among them: a new one takes its place at once.',
  users: 'What stops',
  userOf: ({ service, count }: { service: string; count: number }) =>
    `${service}, ${count === 1 ? '1 token' : `${count} tokens`}`,
  andMore: ({ count }: { count: number }) => `and ${count.toLocaleString('en')} more`,
  lookAgain: 'Look again',
};
