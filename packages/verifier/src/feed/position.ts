/** Up to where everything is applied. */
export interface Position {
  readonly cursor: string;
  readonly revision: number;
}

/** A change that was applied, as the stream brought it. */
export interface NotedChange extends Position {
  /** The data of its event. */
  readonly data: string;
}
