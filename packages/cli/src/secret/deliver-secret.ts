import { answer, type Context, warn } from '../context.ts';
import type { Paint } from '../terminal/paint.ts';
import { fileProblem } from './file-problem.ts';
import { reserveSecretFile } from './secret-file.ts';

/** A result that holds a secret. */
export interface SecretResult<T extends object> {
  readonly result: T;
  /** The key of `result` that holds the secret; undefined there where it was shown before. */
  readonly secretKey: keyof T & string;
  /** The secret cannot be seen again. */
  readonly isShownOnce: boolean;
  /** What people read; `shown` stands where the secret does: itself, the file that has it, or undefined. */
  readonly human: (paint: Paint, shown: string | undefined) => string;
}

/**
 * Makes a secret and hands it over exactly once. With `out` it goes into a new file with mode 600, and the JSON result has
 * `<key>File` in its place; otherwise it goes to standard output, with a warning on standard error when a person reads it.
 * @throws Failure from `make`, or where the file exists or cannot be made: then nothing has been made
 */
export async function deliverSecret<T extends object>(
  context: Context,
  out: string | undefined,
  make: () => Promise<SecretResult<T>>,
): Promise<void> {
  const { text } = context;
  if (out === undefined) return showSecret(context, await make());

  const file = await reserveSecretFile(out, text);
  const made = await make().catch(async (error: unknown) => {
    await file.discard();
    throw error;
  });
  const { [made.secretKey]: secret, ...rest } = made.result;
  if (secret === undefined) {
    await file.discard();
    return showSecret(context, made);
  }
  try {
    await file.write(String(secret));
  } catch (error) {
    warn(context, text.secret.fileFailed({ file: out, problem: fileProblem(error) }));
    return showSecret(context, made);
  }
  answer(context, { ...rest, [`${made.secretKey}File`]: out }, (paint) =>
    made.human(paint, text.secret.inFile({ file: out })),
  );
}

function showSecret<T extends object>(context: Context, made: SecretResult<T>): void {
  const secret = made.result[made.secretKey];
  answer(context, made.result, (paint) =>
    made.human(paint, secret === undefined ? undefined : String(secret)),
  );
  const isNew = secret !== undefined && made.isShownOnce;
  if (isNew && !context.globals().json) warn(context, context.text.secret.shownOnce);
}
