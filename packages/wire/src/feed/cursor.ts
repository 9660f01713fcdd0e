/**
 * A place in the history of an installation. On the wire it is `<epoch>.<revision>.<chain>`; only the server takes it
 * apart, verifiers keep and compare it as a whole.
 */
export interface Cursor {
  /** 1 to 64 of `A-Za-z0-9_-`; changes where history is not a continuation. */
  readonly epoch: string;
  readonly revision: number;
  /** The first 16 hex digits of the running SHA-256 over the changes. */
  readonly chain: string;
}

const SHAPE = /^([A-Za-z0-9_-]{1,64})\.(0|[1-9][0-9]{0,15})\.([0-9a-f]{16})$/;

export function formatCursor({ epoch, revision, chain }: Cursor): string {
  return `${epoch}.${revision}.${chain}`;
}

export function parseCursor(text: string): Cursor | undefined {
  const parts = SHAPE.exec(text);
  if (parts === null) return undefined;
  const [, epoch = '', digits = '', chain = ''] = parts;
  const revision = Number(digits);
  return Number.isSafeInteger(revision) ? { epoch, revision, chain } : undefined;
}
