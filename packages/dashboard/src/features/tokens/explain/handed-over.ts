let pasted: string | undefined;

/** Keeps a pasted request for the page that explains it, in memory alone: it may hold a token, which belongs into no address and no storage. */
export function handOver(text: string): void {
  pasted = text;
}

/** What was handed over, once. */
export function takeHandedOver(): string | undefined {
  const text = pasted;
  pasted = undefined;
  return text;
}
