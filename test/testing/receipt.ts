import { call, field, listOf, textField } from './call.ts';
import type { Latchkey } from './start-latchkey.ts';

export interface ReceiptLine {
  readonly name: string | null;
  readonly state: string;
  /** Unix milliseconds by the server's clock; undefined where the state has none. */
  readonly servesUntil: number | undefined;
}

/** What the server says has become of a change. */
export async function readReceipt(
  latchkey: Pick<Latchkey, 'url' | 'operatorToken'>,
  revision: number,
): Promise<{ readonly complete: boolean; readonly verifiers: readonly ReceiptLine[] }> {
  const { body } = await call(`${latchkey.url}/v1/receipts/${revision}`, { token: latchkey.operatorToken });
  return {
    complete: field(body, 'complete') === true,
    verifiers: listOf(field(body, 'verifiers')).map((one) => ({
      name: nullable(field(one, 'name')),
      state: textField(one, 'state'),
      servesUntil: hasUntil(one) ? Date.parse(textField(one, 'servesUntil')) : undefined,
    })),
  };
}

function nullable(value: unknown): string | null {
  return value === null ? null : String(value);
}

function hasUntil(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'servesUntil' in value;
}
