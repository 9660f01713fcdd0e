/** Making a token, and showing its text once. */
export const tokenCreate = {
  title: 'New token',
  description: ({ account }: { account: string }) => `For the account ${account}.`,
  back: 'Tokens',

  purpose: 'What is it for?',
  purposeHint: 'A purpose chooses the scopes that it needs, and no more. You can still change them.',
  presets: {
    map: {
      title: 'Show a map in a web page',
      text: 'Styles, tiles and fonts, read by the browser of every visitor.',
    },
    page: {
      title: 'Read public data in a page or app',
      text: 'Everything that the APIs here let anyone read.',
    },
    send: {
      title: ({ service }: { service: string }) => `${service}: write from a server`,
      text: ({ service }: { service: string }) =>
        `All that the API “${service}” can do, for a program of yours.`,
    },
    upload: {
      title: 'Upload data from a server',
      text: 'Send files, follow their progress, delete them again.',
    },
    tokens: { title: 'Manage tokens by a program', text: 'List, make and revoke tokens of this account.' },
    figures: {
      title: 'Read usage figures',
      text: 'How often the tokens of this account are used, for a report.',
    },
    own: { title: 'Something else', text: 'Choose the scopes yourself.' },
  },
  makes: { pk: 'makes a public token', sk: 'makes a secret token' },

  name: 'Name',
  nameHint: 'You will find the token by it: what uses it, and where. Everybody in the account sees it.',
  namePlaceholder: 'Shop map, production',
  optional: 'optional',

  scopes: 'What may it do?',
  scopesHint: 'Every request to an API needs the scopes of that API. Give what is needed, and no more.',
  noScopes: 'No scope is chosen.',
  chosenScopes: ({ count }: { count: number }) => (count === 1 ? '1 scope' : `${count} scopes`),
  changeScopes: 'Change scopes',
  hideScopes: 'Done',
  wherePublic: 'Where may it be used?',
  wherePublicHint:
    'Anyone can read a public token out of your page. Name your pages here, and it is of no use on other people’s.',
  whereSecret: 'Where may it be used?',
  whereSecretHint:
    'A secret token is used by servers, which have no page address. Restrict it by network address below.',
  anywhere: 'No URL yet: every web page can use this token, also one that copied it from yours.',
  anywhereSecret: 'No URL: fine for a server. With URLs, only browsers on those pages could use it.',
  addUrlsAnyway: 'Restrict it to web pages all the same',

  oversize: ({ purpose }: { purpose: string }) => `More than “${purpose}” needs`,
  oversizeSecret: ({ scopes, count }: { scopes: string; count: number }) =>
    `${scopes} ${count === 1 ? 'makes' : 'make'} the token secret, so that it must not stand in a web page. For both, make two tokens.`,
  oversizeExtra: ({ scopes }: { scopes: string }) =>
    `If the token leaks, so do these rights: ${scopes}. Without them nothing in this purpose breaks.`,
  leaveOut: ({ count }: { count: number }) => (count === 1 ? 'Leave it out' : 'Leave them out'),

  willBe: {
    none: 'This will be a public token without scopes: it opens only what asks for none.',
    pk: 'This will be a public token. It may stand in web pages; you can look at it again at any time.',
    sk: 'This will be a secret token, shown once. Keep it on a server, never in a page or an app.',
  },
  create: 'Create token',
  mayNot: 'Your role cannot make tokens',
  mayNotText: ({ role }: { role: string }) =>
    `As ${role} you see the tokens of this account. An owner or admin can give you the role developer.`,

  readyPublic: 'Your public token',
  readyPublicText: 'Put it into your page or app. You find it again in the list.',
  readySecret: 'Your secret token, shown once',
  readySecretText:
    'Store it now: a password manager, a secret store, your server’s environment. Nobody can show it again.',
  token: 'Token',
  copyToken: 'Copy token',
  download: 'Download .env',
  downloaded: 'Downloaded',
  stored: 'I have stored it',
  done: 'Done',
  leaveUnstored: 'The token is shown only now. Leave without having stored it?',
  alreadyShown: 'The token was made, but its text cannot be shown',
  alreadyShownText:
    'An answer from the server got lost on its way. A text that nobody has is of no use: revoke this token, or rotate it to get a new text.',
  toToken: 'Open the token',
  warnings: 'To know about its URLs',
};
