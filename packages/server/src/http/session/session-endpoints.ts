import { sendVerificationEndpoint, verifyEmailEndpoint } from './routes/email.ts';
import { endOtherSessionsEndpoint, endSessionEndpoint } from './routes/end-session.ts';
import { getSessionEndpoint } from './routes/get-session.ts';
import { acceptInvitationEndpoint, lookAtInvitationEndpoint } from './routes/invitation.ts';
import { listSessionsEndpoint } from './routes/list-sessions.ts';
import {
  beginSecondFactorEndpoint,
  confirmSecondFactorEndpoint,
  removeSecondFactorEndpoint,
} from './routes/own-second-factor.ts';
import {
  changePasswordEndpoint,
  forgottenPasswordEndpoint,
  resetPasswordEndpoint,
} from './routes/password.ts';
import { secondFactorEndpoint } from './routes/second-factor.ts';
import { getSetupEndpoint, setUpEndpoint } from './routes/set-up.ts';
import { signInEndpoint } from './routes/sign-in.ts';
import { signOutEndpoint } from './routes/sign-out.ts';
import { stepUpEndpoint } from './routes/step-up.ts';
import { updatePersonEndpoint } from './routes/update-person.ts';

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
  sendVerificationEndpoint,
  verifyEmailEndpoint,
  acceptInvitationEndpoint,
  lookAtInvitationEndpoint,
  beginSecondFactorEndpoint,
  confirmSecondFactorEndpoint,
  removeSecondFactorEndpoint,
  changePasswordEndpoint,
  forgottenPasswordEndpoint,
  resetPasswordEndpoint,
  updatePersonEndpoint,
] as const;
