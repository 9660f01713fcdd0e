/** Roles, and the dialog that asks for the password again. */
export const session = {
  password: 'Password',
  code: 'Code from your app',
  codeHint: 'Six digits from your authenticator app.',
  confirm: 'Confirm',
  usePassword: 'Use your password instead',
  useCode: 'Use a code instead',
  stepUpTitle: 'Confirm it is you',
  stepUpHint: 'Asked again after ten minutes.',
  stepUpReasons: {
    secrets: 'Whoever has a secret token can act for this account, so making one wants a confirmation.',
    widening: 'This lets a token do more than before, so it wants a confirmation.',
    bulk: 'This stops many tokens at once, so it wants a confirmation.',
    members: 'This changes who can act for this account, so it wants a confirmation.',
    security: 'This changes how you sign in, so it wants a confirmation.',
  },
  newPassword: 'New password',
  newPasswordHint:
    'At least 15 characters. A sentence or a few words are easy to keep; no need for special signs.',
  newPasswordHintWithFactor: 'At least 8 characters, because you have a second step.',
  roles: { owner: 'Owner', admin: 'Admin', developer: 'Developer', viewer: 'Viewer' },
};
