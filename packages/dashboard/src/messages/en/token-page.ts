/** The page of one token. */
export const tokenPage = {
  unnamed: 'Unnamed token',
  usage: { pk: 'Public', sk: 'Secret', tk: 'Temporary' },
  status: { active: 'Active', expired: 'Expired', revoked: 'Revoked' },
  default: 'Default',
  back: 'All tokens',
  id: 'Token ID',
  edit: 'Edit',
  rotate: 'Rotate',
  revoke: 'Revoke',

  text: {
    title: 'Token',
    publicHint:
      'A public token may stand in the source of a page. What it may do is limited by its scopes and addresses.',
    secretHint:
      'The text of a secret token was shown once, when it was made. If it is lost or may have been seen, rotate it.',
    temporaryHint: 'The text of a temporary token was shown once. It ends by itself.',
    copy: 'Copy token',
    snippets: 'Use it',
    snippet: { maplibre: 'MapLibre GL JS', sdk: 'SDK', javascript: 'JavaScript', curl: 'curl' },
    placeholder: 'Put the address of your API in place of api.example.com, and names in place of braces.',
    fillIn: 'Put names in place of braces.',
  },

  access: {
    title: 'What it may do',
    scopes: 'Scopes',
    noScopes: 'No scopes: only routes that want none.',
    opens: (p: { count: number }) => (p.count === 1 ? 'opens 1 route' : `opens ${p.count} routes`),
    opensNothing: 'opens no documented route',
    ownApi: 'for the API of Latchkey itself',
    alsoNeeds: (p: { scopes: string }) => `with ${p.scopes}`,
    urls: 'Web addresses',
    anywhere: 'Any web address',
    anywhereHint: 'Whoever copies this token from a page can use it on theirs. List the addresses it is for.',
    secretAnywhere: 'Not restricted. Secret tokens stay on servers, where no page address is sent.',
    strictPaths: 'Paths are insisted on: a request that shows only its origin is refused.',
    resources: 'Resources',
    applications: 'Applications',
    addresses: 'Network addresses',
    expires: 'Expires',
    never: 'Never',
  },

  about: {
    title: 'About',
    created: 'Created',
    createdBy: 'Created by',
    modified: 'Last changed',
    revoked: 'Revoked',
    lastUsed: 'Last used',
    lastRefused: 'Last refused',
    neverUsed: 'Never, as far as reported',
    neverRefused: 'Never, as far as reported',
    parent: 'Made by',
    replaces: 'Replaces',
    replacedBy: 'Replaced by',
    from: (p: { origin: string }) => `from ${p.origin}`,
  },

  actor: {
    token: (p: { id: string }) => `token ${p.id}`,
    system: 'Latchkey',
    operator: 'the operator',
    unknown: 'a member',
  },

  changes: {
    title: 'Recent changes',
    empty: 'Nothing is written down about this token.',
    all: 'Audit log',
    actions: {
      'token.create': 'Created',
      'token.update': 'Changed',
      'token.revoke': 'Revoked',
      'rotation.begin': 'Rotation begun',
      'rotation.change': 'Rotation given another term',
      'rotation.postpone': 'Rotation waits',
      'rotation.end': 'Retired',
      'rotation.undo': 'Rotation undone',
    },
    fields: {
      note: 'name',
      scopes: 'scopes',
      restrictions: 'restrictions',
      expires: 'expiry',
      default: 'default',
      status: 'status',
    },
  },

  receipt: {
    title: 'Last change in force',
    complete: 'Every verifier has it.',
    pending: (p: { count: number }) =>
      p.count === 1
        ? '1 verifier may still decide by the state before.'
        : `${p.count} verifiers may still decide by the state before.`,
    nobody: 'No verifier is known: nobody decides by this token yet.',
    unknown: 'Nothing is known of the last change any more.',
    changedAt: 'Changed',
    verifier: (p: { number: number }) => `Verifier ${p.number}`,
    applied: 'applied',
    waiting: 'not yet',
    unreachable: 'cut off; refuses from',
    expired: 'cut off; refuses since',
    after: (p: { seconds: string }) => `after ${p.seconds} s`,
    more: (p: { count: number }) => `and ${p.count} more`,
  },

  users: {
    title: 'Who uses it',
    table: 'Web sites and programs',
    days: (p: { days: number }) => `in the last ${p.days} days`,
    empty: 'Nobody has used it in this time, as far as verifiers have reported.',
    origin: 'Web site',
    noOrigin: 'No web page',
    client: 'Client',
    service: 'Service',
    requests: 'Requests',
    refused: 'Refused',
    last: 'Last',
    others: 'Others',
    more: (p: { count: number }) => `and ${p.count} more`,
  },

  refusals: {
    title: 'Refused requests',
    empty: 'No request was refused in this time.',
    times: (p: { count: string }) => `${p.count} ×`,
    fix: 'What to do',
    edit: 'Edit the token',
    explain: 'Explain a request',
  },

  explain: {
    title: 'Explain a request',
    hint: 'Paste a curl command, an address, or the id of a refused request.',
    label: 'curl command, address or request id',
    submit: 'Explain',
  },

  revokeDialog: {
    title: (p: { name: string }) => `Revoke ${p.name}?`,
    intro: 'It is refused everywhere within moments, and never comes back.',
    lastUsed: 'Last used',
    neverUsed: 'Nobody has used it, as far as verifiers have reported.',
    stops: 'This stops:',
    stopsNothing: 'Nobody used it in the last 30 days, as far as verifiers have reported.',
    isDefault:
      'It is the default token of the account. A new default token takes its place, with another text.',
    inRotation: 'It is being replaced: revoking it retires it now.',
    successorOf: 'It replaces another token that has not been retired. Revoking it undoes that rotation.',
    rotateInstead: 'To replace it without an interruption, rotate it instead.',
    confirm: 'Revoke token',
    cancel: 'Keep it',
    done: 'The token is revoked.',
  },

  gone: {
    title: 'No such token',
    text: 'This account has no token with this id. It may belong to another account.',
  },
  revokedBanner: (p: { time: string }) =>
    `This token was revoked on ${p.time}. It is refused everywhere and never comes back.`,
  expiredBanner: (p: { time: string }) =>
    `This token expired on ${p.time}. Give it another expiry to bring it back.`,
  expiredTemporaryBanner: (p: { time: string }) => `This temporary token expired on ${p.time}.`,
  exposedBanner: 'This secret token was seen in a URL, where logs and other sites see it. Rotate it.',
};
