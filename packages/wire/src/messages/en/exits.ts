/** What each exit code means; shown by `latchkey help exit-codes`. */
export const exits = {
  title: 'Exit codes',
  code: 'code',
  meaning: 'meaning',
  done: 'done',
  failed: 'something failed that should not: a bug, a full disk',
  usage: 'wrong use: unknown command or option, a value of the wrong form, a setting that is wrong',
  refused: 'understood and refused: a rule of the server forbids it, or it exists already',
  unauthorised: 'no token, a token that is not accepted, or one that lacks the scope',
  notFound: 'there is no such token or account',
  unavailable: 'the server cannot be reached, is overloaded or asks to wait',
  negative: 'the question was answered with no: the token is not valid, the request would be refused',
  cancelled: 'cancelled at the prompt, or there was nobody to ask',
};
