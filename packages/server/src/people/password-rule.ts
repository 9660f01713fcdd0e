import { dictionary } from '@zxcvbn-ts/language-common';

export const PASSWORD_LENGTH = 15;
export const PASSWORD_LENGTH_WITH_SECOND_FACTOR = 8;
const PASSWORD_LIMIT = 1024;

const common: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** What is known of the person whose password it is to be. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  readonly hasSecondFactor: boolean;
}

/** What is wrong with a new password, as a sentence; undefined: nothing. Composition is nobody's business (NIST SP 800-63B). */
export function passwordProblem(password: string, owner: PasswordOwner): string | undefined {
  const text = password.normalize('NFKC');
  const least = owner.hasSecondFactor ? PASSWORD_LENGTH_WITH_SECOND_FACTOR : PASSWORD_LENGTH;
  const length = [...text].length;
  if (length < least) return `Choose a password of at least ${least} characters; this one has ${length}.`;
  if (length > PASSWORD_LIMIT) return `Choose a password of at most ${PASSWORD_LIMIT} characters.`;
  const folded = text.toLowerCase();
  if (common.has(folded)) return 'This is one of the passwords that everybody tries first. Choose another.';
  const unit = repeatedUnit(folded);
  if (unit !== undefined && (unit.length < 6 || common.has(unit))) {
    return 'This repeats a short or common text. Choose another.';
  }
  if (isRun(folded)) return 'This is a run of neighbouring characters. Choose another.';
  if (ownTexts(owner).some((own) => isMostly(folded, own))) {
    return 'This is little more than your name or e-mail address. Choose another.';
  }
  return undefined;
}

/** The shortest text that the whole is a repetition of; undefined: none. The last repetition may be cut. */
function repeatedUnit(text: string): string | undefined {
  for (let length = 1; length <= text.length / 2; length++) {
    const unit = text.slice(0, length);
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit;
  }
  return undefined;
}

/** `abcdefghijklmno`, `987654321098765`: each character beside the one before it. */
function isRun(text: string): boolean {
  const steps = [...text].map((character, index, all) =>
    index === 0 ? undefined : (character.codePointAt(0) ?? 0) - (all[index - 1]?.codePointAt(0) ?? 0),
  );
  const first = steps[1];
  if (first !== 1 && first !== -1) return false;
  // 9 is followed by 0 on a keyboard.
  return steps.slice(1).every((step) => step === first || step === -9 * first);
}

function ownTexts({ email, name }: PasswordOwner): readonly string[] {
  const [local = ''] = email.split('@');
  return ['latchkey', email, local, name, name.replaceAll(/\s+/g, '')]
    .map((own) => own.toLowerCase())
    .filter((own) => own.length >= 4);
}

/** Less than six characters are left without it. */
function isMostly(text: string, own: string): boolean {
  return text.includes(own) && text.replaceAll(own, '').length < 6;
}
