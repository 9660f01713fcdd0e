/** Mails that the server sends to people. */
export const mail = {
  greeting: (p: { name: string }) => `Hello ${p.name},`,
  hello: 'Hello,',
  resetSubject: 'Set a new password for Latchkey',
  reset: 'somebody, probably you, asked for a new password. Set it here within an hour:',
  resetIgnore: 'If it was not you, do nothing: your password stays as it is.',
  verifySubject: 'Confirm your e-mail address for Latchkey',
  verify: 'please confirm within a day that this address is yours:',
  verifyIgnore: 'If you have no account here, do nothing.',
  changedSubject: 'Your password for Latchkey was changed',
  changed:
    'your password was changed just now, and all your other sessions were ended. If it was not you, set a new one at once:',
  factorSubject: 'Your second factor for Latchkey was changed',
  factorAdded:
    'from now on a code is asked for when you sign in. If it was not you, set a new password at once:',
  factorRemoved:
    'from now on no code is asked for when you sign in. If it was not you, set a new password at once:',
  invitedSubject: (p: { account: string }) => `Invitation to the account ${p.account} on Latchkey`,
  invited: (p: { inviter: string; account: string; role: string }) =>
    `${p.inviter} invites you to the account ${p.account} as ${p.role}. Accept within seven days:`,
  invitedIgnore: 'If you do not know them, do nothing.',
  roleOf: { owner: 'owner', admin: 'admin', developer: 'developer', viewer: 'viewer' },
};
