import type { ProblemCode } from '@latchkey/wire/native';

export interface ProblemWords {
  readonly title: string;
  /** What to do next. */
  readonly advice: string;
}

/** By code. What has no words here is told in the server's own, which are English. */
export interface ProblemTexts {
  readonly words: Readonly<Partial<Record<ProblemCode, ProblemWords>>>;
}
