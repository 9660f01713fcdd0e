import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './until.ts';

/**
 * The address of the newest link that a server without SMTP has written to somebody, once there is one.
 * @param dataDir of the server
 */
export async function newestLink(dataDir: string, email: string, kind: string): Promise<string> {
  const folder = join(dataDir, 'mail');
  return until(`a mail with ${kind} to ${email}`, async () => {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.toSorted().reverse()) {
      const text = await readFile(join(folder, name), 'utf8');
      const link = new RegExp(`https?://\\S+/${kind}#[\\w-]+`).exec(text)?.[0];
      if (text.includes(email) && link !== undefined) return link;
    }
    return undefined;
  });
}
