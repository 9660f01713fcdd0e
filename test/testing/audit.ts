import { call, field, listOf, textField } from './call.ts';
import type { Latchkey } from './start-latchkey.ts';

export interface AuditLine {
  readonly sequence: number;
  readonly action: string;
  readonly account: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly requestId: string;
}

/** The whole audit log of the installation, oldest first, as the operator reads it. */
export async function readAudit(
  latchkey: Pick<Latchkey, 'url' | 'operatorToken'>,
): Promise<readonly AuditLine[]> {
  const lines: AuditLine[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await call(`${latchkey.url}/v1/audit?limit=500${query}`, {
      token: latchkey.operatorToken,
    });
    if (page.status !== 200) throw new Error(`the audit log answers ${page.status} ${page.text}`);
    for (const row of listOf(field(page.body, 'items'))) {
      lines.push({
        sequence: Number(field(row, 'sequence')),
        action: textField(row, 'action'),
        account: textField(row, 'account'),
        subject: textField(row, 'subject'),
        before: field(row, 'before'),
        after: field(row, 'after'),
        requestId: textField(row, 'requestId'),
      });
    }
    const next = field(page.body, 'next');
    cursor = typeof next === 'string' ? next : null;
  } while (cursor !== null);
  return lines.reverse();
}
