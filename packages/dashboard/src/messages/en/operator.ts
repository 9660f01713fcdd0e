/** Pages for whoever runs the installation. */
export const operator = {
  notOperatorTitle: 'This is for the operator',
  notOperator:
    'Only owners and admins of the operator’s account see it. Ask one of them to invite you, or to change your role.',
  every: 'Updated every 5 seconds',
  accounts: {
    title: 'Accounts',
    description:
      'Tokens belong to accounts. Whoever is suspended is refused everywhere, and nothing of it is lost.',
    create: 'Create account',
    name: 'Name',
    nameHint:
      '2 to 39 letters a–z, digits and single hyphens. It stands in every token of the account and never changes.',
    kind: 'Kind',
    kinds: { operator: 'Operator', customer: 'Customer' },
    status: 'Status',
    statuses: { active: 'Active', suspended: 'Suspended' },
    allowance: 'May hold',
    everyScope: 'Every scope of the catalogue',
    someScopes: 'Only these scopes',
    scopes: ({ count }: { count: number }) => (count === 1 ? '1 scope' : `${count} scopes`),
    created: 'Created',
    actions: 'Actions',
    suspend: 'Suspend',
    resume: 'Resume',
    suspendTitle: ({ name }: { name: string }) => `Suspend ${name}?`,
    suspendText:
      'Every token of this account is refused from now on, on every page, app and server that uses one. Its members can still sign in and look.',
    suspendUndo: 'Nothing is deleted. Resuming it lets the same tokens in again.',
    resumeTitle: ({ name }: { name: string }) => `Resume ${name}?`,
    resumeText: 'Every token of this account that was not revoked is let in again.',
    suspendedNow: ({ name }: { name: string }) => `${name} is suspended.`,
    resumedNow: ({ name }: { name: string }) => `${name} is active again.`,
    more: 'Show more',
    empty: 'There are no accounts',
    emptyText: 'Create one for each customer or team.',
    search: 'Scopes',
    madeTitle: ({ name }: { name: string }) => `${name} is ready`,
    madeText:
      'This secret token holds every scope of the account. Give it to whoever sets the account up; it is shown this once.',
    madeAgain:
      'This account was made by an earlier try, and its secret token was shown then. Make another token if it is lost.',
    token: 'Secret token of the account',
    stored: 'I have stored it',
  },
  verifiers: {
    title: 'Verifiers',
    description:
      'Every program that decides about tokens: where it stands, how long it goes on alone, and what it could not read.',
    empty: 'No verifier has connected yet',
    emptyText:
      'Start an API with a verifier, or a gateway. It shows up here as soon as it follows the changes.',
    unnamed: 'without a name',
    connected: 'connected',
    cutOff: 'cut off',
    states: {
      applied: 'up to date',
      pending: 'catching up',
      unreachable: 'out of reach',
      expired: 'refuses',
    },
    stateHelp: {
      applied: 'It has applied the newest change.',
      pending: 'It is connected and has not applied the newest change yet.',
      unreachable: 'It may go on deciding by what it knew last, until its bounds have passed.',
      expired: 'Its bounds have passed: it refuses every token until it is connected again.',
    },
    revision: 'Revision',
    lag: ({ count }: { count: number }) =>
      count === 0 ? 'no change behind' : count === 1 ? '1 change behind' : `${count} changes behind`,
    unknownLag: 'has told of none',
    acknowledged: 'Last heard of',
    never: 'never',
    servesUntil: 'Decides until',
    bounds: 'Goes on alone for',
    boundOf: ({ secret, temporary, open }: { secret: string; temporary: string; open: string }) =>
      `secret ${secret}, temporary ${temporary}, public ${open}`,
    byScope: 'less for',
    usage: 'Usage reported until',
    skew: 'Clock',
    skewBy: ({ seconds }: { seconds: string }) => `${seconds} s ahead of the server`,
    skewBehind: ({ seconds }: { seconds: string }) => `${seconds} s behind the server`,
    skewFine: 'agrees with the server',
    skewWarning: 'A clock that is wrong lets tokens expire at the wrong moment. Set it by NTP.',
    version: 'Version',
    token: 'Its token',
    rejected: ({ count }: { count: number }) =>
      count === 1 ? '1 record that it could not read' : `${count} records that it could not read`,
    rejectedText:
      'These tokens are refused there. Update the verifier, or change the token so that it is written again.',
    which: 'Which token',
    where: 'At revision',
    why: 'Why',
    snapshot: 'snapshot',
    unknownToken: 'unknown',
    alarms: 'Alarms',
    alarmsText:
      'The database went back in time. What had come back to life was revoked again, and a new history began.',
    noAlarms: 'The database has never gone back in time.',
    alarmAt: 'When',
    alarmReason: 'Proved by',
    alarmReasons: {
      journal: 'the revocation journal',
      tombstones: 'revocations that a verifier still knew',
      cursor: 'a verifier that was ahead',
    },
    revived: 'Revoked again',
  },
  health: {
    title: 'Health',
    description: 'Whether this installation does its work, at a glance.',
    server: 'Server',
    ready: 'Ready: the store answers',
    notReady: 'Not ready: the store does not answer. Changes are refused; verifiers go on by what they know.',
    feed: 'Changes',
    allCurrent: 'Every connected verifier has applied the newest change',
    behind: ({ count }: { count: number }) =>
      count === 1 ? '1 verifier is behind' : `${count} verifiers are behind`,
    noVerifiers: 'No verifier has connected yet',
    cutOff: ({ count }: { count: number }) =>
      count === 1 ? '1 verifier is out of reach' : `${count} verifiers are out of reach`,
    records: 'Records',
    allRead: 'Every record was read by every verifier',
    unread: ({ count }: { count: number }) =>
      count === 1 ? '1 record could not be read somewhere' : `${count} records could not be read somewhere`,
    clocks: 'Clocks',
    clocksFine: 'The clocks of all verifiers agree with the server’s',
    clocksOff: ({ count }: { count: number }) =>
      count === 1
        ? 'The clock of 1 verifier is off by more than 5 s'
        : `The clocks of ${count} verifiers are off by more than 5 s`,
    alarms: 'Alarms',
    noAlarms: 'The database has never gone back in time',
    alarmCount: ({ count }: { count: number }) =>
      count === 1 ? 'The database went back in time once' : `The database went back in time ${count} times`,
    good: 'fine',
    bad: 'look at this',
    newest: 'Newest revision',
    epoch: 'Epoch',
    serverVersion: 'Server version',
    verifierVersions: 'Verifier versions',
    look: 'Open the verifiers',
    metrics: 'Figures for a monitoring system are at /metrics, for tokens with verifiers:read.',
  },
};
