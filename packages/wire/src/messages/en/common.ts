export const common = {
  yes: 'yes',
  none: 'none',
  never: 'never',
  unrestricted: 'unrestricted',
  more: 'More follow; see the next page with',
  warning: 'warning: ',
  error: 'error: ',
  list: (values: readonly string[]) => values.join(', '),
};
