export const common = {
  yes: 'yes',
  no: 'no',
  none: 'none',
  never: 'never',
  unrestricted: 'unrestricted',
  fix: 'To fix',
  more: 'More follow; see the next page with',
  warning: 'warning',
  error: 'error',
  list: (values: readonly string[]) => values.join(', '),
};
