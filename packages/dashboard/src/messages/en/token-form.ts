/** Parts of the token form: scopes, URLs, further restrictions. */
export const tokenForm = {
  public: 'Public',
  secret: 'Secret',
  publicScopes: 'Public scopes',
  publicScopesHint:
    'Reading what everyone may see. A token with only these is public: it can stand in a web page.',
  secretScopes: 'Secret scopes',
  secretScopesHint:
    'Changing things, or reading what is private. A single one makes the token secret: it belongs on a server.',
  management: 'Tokens and account',
  findScope: 'Find a scope',
  noScopeFits: ({ text }: { text: string }) => `No scope fits “${text}”.`,
  chosenOf: ({ chosen, all }: { chosen: number; all: number }) => `${chosen} of ${all}`,
  operatorOnly: 'operator only',
  opens: 'Opens',
  opensNothing: 'No API that is configured here asks for it.',
  /** What a scope allows, as the catalogue says it. */
  scope: ({ description }: { id: string; description: string }) => description,

  urlField: 'Add URLs',
  urlPlaceholder: 'https://app.example.com',
  urlFieldHint:
    'One, or a pasted list: commas, blanks and new lines part them. A host stands for its subdomains too.',
  add: 'Add',
  entries: 'Pages that may use the token',
  entriesCount: ({ count, limit }: { count: number; limit: number }) => `${count} of ${limit}`,
  removeEntry: ({ entry }: { entry: string }) => `Remove ${entry}`,
  removeAll: 'Remove all',
  repeated: ({ count }: { count: number }) =>
    count === 1 ? 'One of them was in the list already.' : `${count} of them were in the list already.`,
  fault: ({ reason, fix }: { code: string; written: string; reason: string; fix: string }) =>
    `${reason} ${fix}`,
  plainFault: ({ reason, fix }: { kind: string; written: string; reason: string; fix: string }) =>
    `${reason} ${fix}`,
  warning: ({ detail }: { code: string; entry: string; detail: string }) => detail,
  notTaken: ({ count }: { count: number }) => (count === 1 ? 'Not added:' : `${count} were not added:`),
  cannotCheck: 'The server could not look for shared hosts just now; it will when the token is saved.',
  strictPaths: 'Refuse pages whose path cannot be seen',
  strictPathsHint:
    'Across origins browsers show only the host of a page, so its path cannot be checked. With this, such requests are refused.',

  testTitle: 'Test an address',
  testField: 'Address of a page',
  testHint: 'Judged in this browser by the code that verifiers use. Nothing is sent.',
  testPlaceholder: 'https://app.example.com/map',
  noAddress: 'This is no address of a web page.',
  allowed: 'Allowed',
  refused: 'Refused',
  requestKind: {
    fetch: 'fetch, map tiles, fonts',
    image: 'images, scripts, links',
    same_origin: 'page and API on one host',
    no_referrer: 'images, where the page hides its address',
  },
  verdict: {
    admits: 'fits',
    other_host: 'another host',
    subdomains_only: 'subdomains only, not the host itself',
    other_scheme: 'another scheme',
    other_port: 'another port',
    other_path: 'another path',
  },
  refusedBecause: {
    url_not_allowed: 'The page is not in the list.',
    path_not_visible: 'The browser shows the host only, and the path is wanted.',
    evidence_missing: 'The browser does not say which page it is.',
    other: 'The address has no single meaning.',
  },
  testWorksAnywhere: 'There are no URLs, so every page may use the token.',

  more: 'More restrictions',
  moreHint: 'Network addresses, parts of the API, mobile apps, an end.',
  addresses: 'Network addresses',
  addressesHint:
    'Of the callers, as the API sees them: 203.0.113.7, 10.0.0.0/8, 2001:db8::/32. For servers with a fixed address.',
  resources: 'Resources',
  resourcesHint: 'Beginnings of API paths that the token may reach: /styles/v1/acme/streets.',
  iosApps: 'iOS apps',
  iosAppsHint: 'Bundle identifiers: com.example.app. An app’s word for it: this can be forged.',
  androidApps: 'Android apps',
  androidAppsHint: 'Package names: com.example.app. An app’s word for it: this can be forged.',
  expires: 'Expiry',
  expiresHint: 'After it the token is refused. Choose one for whatever is done within known time.',
  never: 'Never',
  inDays: ({ days }: { days: number }) => (days === 1 ? 'In 1 day' : `In ${days} days`),
  inYear: 'In a year',
  atDate: 'On a date …',
  expiryDate: 'Date and time',
  expiryPast: 'Choose a time that is still to come.',
  expiresAt: 'Expires',
};
