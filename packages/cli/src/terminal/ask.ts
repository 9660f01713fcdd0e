import process from 'node:process';

/** A question on the terminal. It goes to standard error, so that standard output stays the result. */
export interface Question {
  readonly message: string;
  readonly yes: string;
  readonly no: string;
}

/** True only for an explicit yes; no, Ctrl-C and Escape are all false. */
export async function askToConfirm(question: Question): Promise<boolean> {
  const { confirm } = await import('@clack/prompts');
  const answer = await confirm({
    message: question.message,
    active: question.yes,
    inactive: question.no,
    initialValue: false,
    output: process.stderr,
  });
  return answer === true;
}

/** Text typed or pasted without being shown; undefined when the person gave up. */
export async function askForSecret(message: string): Promise<string | undefined> {
  const { password } = await import('@clack/prompts');
  const answer = await password({ message, output: process.stderr });
  return typeof answer === 'string' ? answer : undefined;
}
