import {
  AcceptInvitationBodySchema,
  LookAtInvitationBodySchema,
  type ReceivedInvitation,
  ReceivedInvitationSchema,
  SessionSchema,
} from '@latchkey/wire/native';
import { acceptInvitation, readInvitation } from '../../../people/invitations.ts';
import { deviceText } from '../../../people/known-device.ts';
import { openSession } from '../../../people/sessions.ts';
import { deviceCookie } from '../cookies.ts';
import { refusing } from '../render.ts';
import { sessionEndpoint } from '../session-endpoint.ts';
import { openedReply, sessionView } from '../session-view.ts';

export const lookAtInvitationEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'post',
  path: '/v1/invitations/look',
  operationId: 'lookAtInvitation',
  summary: 'Read an invitation by its link',
  description: "The token is in the body, because proxies' logs keep addresses.",
  body: LookAtInvitationBodySchema,
  success: { status: 200, schema: ReceivedInvitationSchema, description: 'What it invites to.' },
  async handle({ people }, { body: { token } }) {
    const outcome = await readInvitation(people, token);
    if (!outcome.ok) return refusing(outcome.refusal);
    const { row, isKnownPerson } = outcome.value;
    const { account, email, role } = row;
    return {
      ok: true,
      status: 200,
      body: { account, email, role, knownPerson: isKnownPerson } satisfies ReceivedInvitation,
    };
  },
});

export const acceptInvitationEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'post',
  path: '/v1/invitations/accept',
  operationId: 'acceptInvitation',
  summary: 'Accept an invitation',
  description: 'With name and password, or with nothing by the invited person who is signed in.',
  body: AcceptInvitationBodySchema,
  success: { status: 201, schema: SessionSchema, description: 'The member is signed in.' },
  async handle({ people }, { body: { token, ...given }, found, client, requestId }) {
    const signedIn = found?.session.state === 'signed_in' ? found : undefined;
    const outcome = await acceptInvitation(people, token, signedIn, { ...given, requestId });
    if (!outcome.ok) return refusing(outcome.refusal);
    if (signedIn !== undefined)
      return { ok: true, status: 201, body: await sessionView({ people }, signedIn) };
    const opened = await openSession(people, outcome.value, 'signed_in', client);
    const cookies = [deviceCookie(deviceText(people, outcome.value))];
    return openedReply({ people }, opened, { status: 201, cookies });
  },
});
