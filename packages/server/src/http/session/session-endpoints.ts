import { endOtherSessionsEndpoint, endSessionEndpoint } from './routes/end-session.ts';
import { getSessionEndpoint } from './routes/get-session.ts';
import { listSessionsEndpoint } from './routes/list-sessions.ts';
import { secondFactorEndpoint } from './routes/second-factor.ts';
import { getSetupEndpoint, setUpEndpoint } from './routes/set-up.ts';
import { signInEndpoint } from './routes/sign-in.ts';
import { signOutEndpoint } from './routes/sign-out.ts';
import { stepUpEndpoint } from './routes/step-up.ts';

/** What belongs to the person in front of the browser. This list is what is served, documented and tested. */
export const sessionEndpoints = [
  signInEndpoint,
  secondFactorEndpoint,
  getSessionEndpoint,
  signOutEndpoint,
  stepUpEndpoint,
  listSessionsEndpoint,
  endSessionEndpoint,
  endOtherSessionsEndpoint,
  getSetupEndpoint,
  setUpEndpoint,
] as const;
