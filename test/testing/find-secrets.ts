import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

interface Needle {
  readonly form: string;
  readonly bytes: Buffer;
}

/** A secret that was found where none may be. Says which one by its place in the list, not by its text. */
export interface Leak {
  readonly secret: number;
  readonly form: string;
  readonly place: string;
}

/** Every form in which a token that authenticates would show itself: text, each half of its signature, bytes, base64 and hex. */
function needlesOf(token: string): readonly Needle[] {
  const signature = token.split('.')[2] ?? '';
  const raw = Buffer.from(signature, 'base64url');
  return [
    { form: 'text', bytes: Buffer.from(token) },
    { form: 'first half of the signature', bytes: Buffer.from(signature.slice(0, 11)) },
    { form: 'second half of the signature', bytes: Buffer.from(signature.slice(11)) },
    { form: 'lower case', bytes: Buffer.from(signature.toLowerCase()) },
    { form: 'upper case', bytes: Buffer.from(signature.toUpperCase()) },
    { form: 'signature bytes', bytes: raw },
    { form: 'hex of the signature bytes', bytes: Buffer.from(raw.toString('hex')) },
    { form: 'hex of the signature text', bytes: Buffer.from(Buffer.from(signature).toString('hex')) },
    { form: 'UTF-16', bytes: Buffer.from(signature, 'utf16le') },
    ...[0, 1, 2].map((offset) => ({
      form: `base64 at offset ${offset}`,
      bytes: base64At(Buffer.from(signature), offset),
    })),
  ];
}

/** The characters that base64 of any text has where `bytes` stands at a position of that remainder: edges cut off. */
function base64At(bytes: Buffer, offset: number): Buffer {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return Buffer.from(whole.slice(offset === 0 ? 0 : offset + 1, -2));
}

/** Looks for each secret in each place, in all its forms. */
export function findSecrets(
  secrets: readonly string[],
  places: ReadonlyMap<string, Buffer | string>,
): readonly Leak[] {
  const leaks: Leak[] = [];
  const needles = secrets.map(needlesOf);
  for (const [place, content] of places) {
    const bytes = Buffer.from(content);
    for (const [secret, forms] of needles.entries()) {
      for (const { form, bytes: needle } of forms)
        if (bytes.includes(needle)) leaks.push({ secret, form, place });
    }
  }
  return leaks;
}

/** Every file below `folder`, whole. */
export async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(relative(folder, path), await readFile(path));
  }
  return files;
}
