import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly text: string;
}

/** A mail server that keeps what it is sent. */
export interface Mailbox {
  /** For `mail.smtp`. */
  readonly smtp: string;
  readonly mails: readonly ReceivedMail[];
  /** Waits for the next mail that nobody has taken yet, and takes it. */
  next(): Promise<ReceivedMail>;
  close(): Promise<void>;
}

const WAIT_LIMIT_MS = 10_000;

export async function openMailbox(): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  let taken = 0;
  let wake = () => {};
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address).join(', ');
        mails.push({ to, text: plainText(Buffer.concat(chunks).toString('utf8')) });
        wake();
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    smtp: `smtp://127.0.0.1:${port}`,
    mails,
    async next() {
      if (mails[taken] === undefined) {
        await new Promise<void>((resolve, reject) => {
          const late = setTimeout(() => reject(new Error('no mail came')), WAIT_LIMIT_MS);
          wake = () => {
            clearTimeout(late);
            resolve();
          };
        });
      }
      const mail = mails[taken];
      taken += 1;
      if (mail === undefined) throw new Error('no mail came');
      return mail;
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** The link's end: what stands behind the `#`. */
export function tokenIn({ text }: ReceivedMail): string {
  const found = /#([A-Za-z0-9_-]{43})/.exec(text)?.[1];
  if (found === undefined) throw new Error(`no link in: ${text}`);
  return found;
}

/** Undoes quoted-printable and base64, which is all that mails of one text have. */
function plainText(mail: string): string {
  const [head = '', ...body] = mail.split('\r\n\r\n');
  const text = body.join('\n\n');
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(head)) return text;
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
