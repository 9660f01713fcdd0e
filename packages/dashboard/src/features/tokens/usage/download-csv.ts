import type { UsageAsked } from './queries.ts';

/** The server's own CSV, as a file of the reader. @throws Error where the server answers anything but a table */
export async function downloadCsv({ account, span, by }: UsageAsked): Promise<void> {
  const query = new URLSearchParams({
    from: span.from,
    to: span.to,
    step: span.step,
    by: `token,${by === 'token' ? 'outcome' : by}`,
    account,
    format: 'csv',
  });
  const response = await fetch(`/v1/usage?${query}`, {
    headers: { 'Latchkey-Account': account },
    credentials: 'same-origin',
  });
  if (!response.ok) throw new Error(`GET /v1/usage answered ${response.status}`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${account}-usage-${span.from.slice(0, 10)}.csv`;
  link.click();
  // The download has its own hold on the blob once it is begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
