import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { openMail } from './open-mail.ts';

test('what a mail server says of an address that it refuses is not logged, only its codes', async () => {
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onRcptTo({ address }, _session, done) {
      done(Object.assign(new Error(`no mailbox ${address}`), { responseCode: 550 }));
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const logged: { fields: object; message: string }[] = [];
  const log = {
    info() {},
    error: (fields: object, message: string) => void logged.push({ fields, message }),
  };
  const smtp = `smtp://127.0.0.1:${port}`;
  const mail = openMail({ smtp, from: 'a@example.com', folder: '' }, log);
  mail.send({ to: 'eve@example.com', subject: 'x', text: 'y' });
  await mail.close();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  expect(logged).toEqual([
    { fields: { code: 'EENVELOPE', responseCode: 550 }, message: 'a mail could not be sent' },
  ]);
});
