/** Wrong use of the command line. */
export const usage = {
  unknownCommand: (p: { name: string }) => `There is no command "${p.name}".`,
  unknownOption: (p: { name: string }) => `There is no option "${p.name}" here.`,
  missingArgument: (p: { name: string }) => `The argument <${p.name}> is missing.`,
  missingOption: (p: { flags: string }) => `The option "${p.flags}" is missing.`,
  missingOptionValue: (p: { flags: string }) => `The option "${p.flags}" wants a value after it.`,
  excessArguments:
    'There are more arguments than this command takes. Put quotes around a value that has spaces.',
  conflictingOptions: (p: { first: string; second: string }) =>
    `"${p.first}" and "${p.second}" exclude each other.`,
  badValue: (p: { name: string; value: string; problem: string }) => `${p.name}: "${p.value}" ${p.problem}.`,
  other: (p: { message: string }) => p.message,
  didYouMean: (p: { names: readonly string[] }) =>
    `Did you mean ${p.names.map((name) => `"${name}"`).join(' or ')}?`,

  notOneOf: (p: { values: readonly string[] }) => `is not one of ${p.values.join(', ')}`,
  notPort: 'is not a port; ports are whole numbers from 0 to 65535',
  notNumber: (p: { min: number; max: number }) => `is not a whole number from ${p.min} to ${p.max}`,
  notDuration: 'is not a duration; write 45s, 30m, 12h or 90d',
  notMoment: 'is neither a date (2027-01-31, 2027-01-31T12:00:00Z) nor a duration from now (12h, 90d)',
  notPast: 'is neither a date (2027-01-31, 2027-01-31T12:00:00Z) nor how long ago (12h, 7d)',
  notServerUrl: 'is not the address of a server; write http://127.0.0.1:8080 or https://latchkey.example.com',
  notApplication: 'is not an application; write ios:com.example.app or android:com.example.app',
  notHeader: 'is not a header; write it as curl does, "Name: value"',
  notAccountName:
    'is not an account name: 2 to 39 of a-z, 0-9 and "-", beginning and ending with a letter or digit, without "--"',
  notTokenId: 'is not a token id; ids are 25 characters beginning with "c" (see "latchkey token list")',
  tokenTextNotId:
    'That is a token\'s text, not its id. Ids are 25 characters beginning with "c"; find it with "latchkey token verify" or "latchkey token list".',
  unknownLanguage: (p: { languages: readonly string[] }) =>
    `is not a language of these messages; there are ${p.languages.join(', ')}`,
  nothingToChange: 'Nothing to change: name at least one option, such as --note or --scopes.',
  needsYes: 'There is no terminal to ask for confirmation on; add --yes to go ahead.',
  cancelled: 'Cancelled; nothing was changed.',
};
