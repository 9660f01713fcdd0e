import {
  AcceptInvitationBodySchema,
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

export const getInvitationEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'get',
  path: '/v1/invitations/{invitation}',
  operationId: 'getReceivedInvitation',
  summary: 'Read an invitation by its link',
  success: { status: 200, schema: ReceivedInvitationSchema, description: 'What it invites to.' },
  async handle({ people }, { params }) {
    const outcome = await readInvitation(people, params.invitation ?? '');
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
  path: '/v1/invitations/{invitation}/accept',
  operationId: 'acceptInvitation',
  summary: 'Accept an invitation',
  description: 'With name and password, or with nothing by the invited person who is signed in.',
  body: AcceptInvitationBodySchema,
  success: { status: 201, schema: SessionSchema, description: 'The member is signed in.' },
  async handle({ people }, { params, body, found, client, requestId }) {
    const signedIn = found?.session.state === 'signed_in' ? found : undefined;
    const outcome = await acceptInvitation(people, params.invitation ?? '', signedIn, { ...body, requestId });
    if (!outcome.ok) return refusing(outcome.refusal);
    if (signedIn !== undefined)
      return { ok: true, status: 201, body: await sessionView({ people }, signedIn) };
    const opened = await openSession(people, outcome.value, 'signed_in', client);
    const cookies = [deviceCookie(deviceText(people, outcome.value))];
    return openedReply({ people }, opened, { status: 201, cookies });
  },
});
