import type { ConfigFile } from './config-schema.ts';
import type { UnplacedProblem } from './schema-problems.ts';

const SENDER = /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

/** Says what is wrong with the settings for mails. Their address holds a password, so it is not repeated. */
export function checkMail({ mail }: ConfigFile, report: (problem: UnplacedProblem) => void): void {
  const { smtp, from } = mail;
  const url = smtp !== undefined && URL.canParse(smtp) ? new URL(smtp) : undefined;
  if (smtp !== undefined && (!/^smtps?:$/.test(url?.protocol ?? '') || url?.hostname === '')) {
    const fix = 'Write smtps://user:password@mail.example.com, or smtp:// with a port.';
    report({ path: ['mail', 'smtp'], problem: 'is not the address of a mail server', fix });
  }
  if (!SENDER.test(from)) {
    const fix = 'Write Latchkey <latchkey@example.com>.';
    report({ path: ['mail', 'from'], problem: `"${from}" is not a sender`, fix });
  }
}
