/** What the page is told by its server, as JSON in its HTML. */
export interface PageSettings {
  /** The maps API's public origin, without a trailing slash. */
  readonly apiUrl: string;
  /** The public token that the page uses until another is pasted; undefined: it asks for one. */
  readonly token?: string;
  /** One request an API, with which the page finds out what its token may do. */
  readonly checks: readonly PageCheck[];
}

export interface PageCheck {
  readonly title: string;
  /** `{account}` stands for the token's account. */
  readonly path: string;
  readonly scopes: readonly string[];
  /** False where the map draws well without it. */
  readonly mapNeedsIt: boolean;
}
