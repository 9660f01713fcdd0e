/** What only the server knows of URL entries: which hosts are shared, and which schemes of native shells it takes. */
export interface UrlCheck {
  readonly warnings: readonly { readonly entry: string; readonly code: string; readonly detail: string }[];
  /** The server could not be asked for warnings. */
  readonly isUnknown: boolean;
  /** The canonical form of an entry with a scheme of its own; undefined: the server does not take it either. */
  readonly readForeign: (written: string) => Promise<string | undefined>;
}
