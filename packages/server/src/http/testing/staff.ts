import type { Role, StepUpClass } from '@latchkey/core';
import { openBrowser, type TestBrowser } from './browser.ts';
import { PASSWORD, startWithFirstPerson } from './first-person.ts';
import { openMailbox, type ReceivedMail, tokenIn } from './mailbox.ts';
import type { TestServer, TestServerOptions } from './start-test-server.ts';

export interface StaffMember {
  readonly browser: TestBrowser;
  readonly person: string;
  readonly email: string;
}

/** A server with people who were invited by mail. */
export interface Staff {
  readonly server: TestServer;
  /** Owner of the operator's account. */
  readonly ada: TestBrowser;
  /** The next mail with an invitation for this address. */
  invitationFor(email: string): Promise<ReceivedMail>;
  /** Invites somebody new, who accepts and is signed in. */
  join(role: Role, account: string): Promise<StaffMember>;
  close(): Promise<void>;
}

export async function startStaff(options: TestServerOptions = {}): Promise<Staff> {
  const mailbox = await openMailbox();
  const environment = { ...options.environment, LATCHKEY_MAIL_SMTP: mailbox.smtp };
  const { server, browser: ada } = await startWithFirstPerson({ ...options, environment });
  let people = 0;

  async function invitationFor(email: string): Promise<ReceivedMail> {
    for (;;) {
      const mail = await mailbox.next();
      if (mail.to === email && mail.text.includes('/invitation#')) return mail;
    }
  }

  return {
    server,
    ada,
    invitationFor,
    async join(role, account) {
      people += 1;
      const email = `person-${people}@example.com`;
      await prove(ada, 'members');
      const invited = await ada.call('POST', '/v1/invitations', { email, role, account });
      if (invited.status !== 201) throw new Error(`not invited: ${JSON.stringify(invited.json)}`);
      const token = tokenIn(await invitationFor(email));
      const browser = openBrowser(server.url);
      const body = { token, name: `Person ${people}`, password: PASSWORD };
      const { status, json } = await browser.call('POST', '/v1/invitations/accept', body);
      if (status !== 201) throw new Error(`not accepted: ${JSON.stringify(json)}`);
      return { browser, email, person: String(Object(json.person).id) };
    },
    async close() {
      await server.close();
      await mailbox.close();
    },
  };
}

/** Shows again who is signed in, for one class of act. */
export async function prove(browser: TestBrowser, stepUpClass: StepUpClass): Promise<void> {
  const answer = await browser.call('POST', '/v1/session/step-up', {
    class: stepUpClass,
    password: PASSWORD,
  });
  if (answer.status !== 200) throw new Error(`not proved: ${JSON.stringify(answer.json)}`);
}
