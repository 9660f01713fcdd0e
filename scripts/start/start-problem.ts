/** Why the demonstration cannot start: sentences for people, each on its own line, the last of which says what to do. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';

  constructor(sentences: readonly string[], cause?: unknown) {
    super(sentences.join('\n'), { cause });
  }
}
