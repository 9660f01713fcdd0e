/** The ways in: sign-in, first set-up, invitations, links from mails. */
export const signIn = {
  title: 'Sign in',
  email: 'E-mail address',
  password: 'Password',
  submit: 'Sign in',
  forgotten: 'Forgotten?',
  backToSignIn: 'Back to sign-in',
  waitTitle: 'Too many failed tries',
  wait: ({ seconds }: { seconds: number }) =>
    seconds === 1
      ? 'The next try is possible in a second.'
      : `The next try is possible in ${seconds} seconds.`,
  lockedTitle: 'This address is locked for unknown browsers',
  locked:
    'A hundred tries in a row failed. Sign in from a browser that you used before, or have a link sent to you to set a new password. Open sessions go on.',
  sendLink: 'Send me a link',

  factorTitle: 'Second step',
  factorText: 'Open your authenticator app and enter the code that it shows for Latchkey.',
  code: 'Six-digit code',
  recoveryCode: 'Recovery code',
  recoveryText:
    'Enter one of the recovery codes that you stored when you set up the second step. Each works once.',
  useRecovery: 'I do not have my device',
  useCode: 'Use a code from the app',
  goOn: 'Go on',
  startOver: 'Start over',

  setupTitle: 'Welcome to Latchkey',
  setupText: 'You are the first here. Make yourself the owner of the account that runs this installation.',
  setupDone: 'This installation is set up already',
  setupDoneText: 'Its owner exists. Sign in, or ask the owner for an invitation.',
  name: 'Your name',
  nameHint: 'Shown to other members and in the log of changes.',
  setupSubmit: 'Create owner and sign in',

  invitationTitle: ({ account }: { account: string }) => `Join ${account}`,
  invitationText: ({ account, role }: { account: string; role: string }) =>
    `You are invited to the account ${account} as ${role}.`,
  invitationFor: 'Invitation for',
  invitationSubmit: 'Create my login and join',
  invitationSignIn: 'You have a login already: sign in to accept the invitation.',
  invitationAccept: 'Join',
  invitationOther: ({ email }: { email: string }) =>
    `You are signed in as ${email}. The invitation is for another address: sign out first.`,
  signOut: 'Sign out',

  forgottenTitle: 'Set a new password',
  forgottenText: 'Enter your e-mail address. If it belongs to somebody here, a link is sent to it.',
  forgottenSubmit: 'Send link',
  sentTitle: 'Look into your mail',
  sentText: ({ email }: { email: string }) =>
    `If ${email} belongs to somebody here, a link is on its way. It works once, for an hour.`,
  resetTitle: 'Choose a new password',
  resetText: 'All your other sessions end with it.',
  resetSubmit: 'Set password',
  resetDone: 'The new password is set',
  resetDoneText: 'Sign in with it.',

  verifyTitle: 'Confirm your e-mail address',
  verifying: 'One moment: your address is being confirmed.',
  verified: 'Your e-mail address is confirmed',
  verifiedText: 'Thank you. You can close this page.',
  goToDashboard: 'Go to the dashboard',
  linkMissing: 'The link is not whole',
  linkMissingText: 'Copy it from the mail as a whole, with all that stands behind the # sign.',
};
