/** One end of the terminal: what is written there, and whether a person sees it. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Width in columns; 80 where it is not a terminal. */
  readonly columns: number;
}

/** What a command sees of the process that it runs in. */
export interface Terminal {
  /** Results, and nothing else, so that they can be piped. */
  readonly out: Output;
  /** Everything said beside the result: warnings, questions, errors. */
  readonly err: Output;
  /** True where a person can answer questions. */
  readonly canAsk: boolean;
  /** All of standard input as text; undefined when it is a terminal, so that nobody waits without knowing for what. */
  readInput(): Promise<string | undefined>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Unix milliseconds. */
  now(): number;
  /** Called once, at the first SIGINT or SIGTERM; one that comes a second or more later ends the process at once. */
  onStop(listener: () => void): void;
  /** Called at each SIGHUP, which then no longer ends the process. */
  onReload(listener: () => void): void;
}
