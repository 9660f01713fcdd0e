import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readChapter } from '../../../build/read-chapter.ts';
import { CHAPTERS } from '../../ui/guide-chapter-names.ts';
import { type Chapter, SHOWN } from './chapter.ts';

async function chapterOf(language: string, name: string): Promise<Chapter> {
  const url = new URL(`../../../../../docs/guide/${language}/${name}.md`, import.meta.url);
  return readChapter(await readFile(url, 'utf8'));
}
const shownIn = ({ parts }: Chapter) => parts.flatMap((part) => (part.kind === 'show' ? [part.name] : []));
const htmlOf = ({ parts }: Chapter) => parts.map((part) => (part.kind === 'text' ? part.html : '')).join('');
const codeIn = (html: string) => html.match(/<pre[\s\S]*?<\/pre>/g) ?? [];
const linksIn = (html: string) => (html.match(/href="[^"]*"/g) ?? []).toSorted();

describe('the guide', () => {
  test.each(CHAPTERS)(
    '%s has the same sections, commands, links and things to try in both languages',
    async (name) => {
      const [en, zh] = await Promise.all([chapterOf('en', name), chapterOf('zh', name)]);
      expect(zh.sections.map(({ id }) => id)).toEqual(en.sections.map(({ id }) => id));
      expect(shownIn(zh)).toEqual(shownIn(en));
      expect(codeIn(htmlOf(zh))).toEqual(codeIn(htmlOf(en)));
      expect(linksIn(htmlOf(zh))).toEqual(linksIn(htmlOf(en)));
      expect((htmlOf(zh).match(/<tr>/g) ?? []).length).toBe((htmlOf(en).match(/<tr>/g) ?? []).length);
      expect(zh.title).toMatch(/[\u4e00-\u9fff]/u);
      expect(htmlOf(en)).not.toMatch(/[\u4e00-\u9fff]/u);
    },
  );

  test('shows everything that can be tried out, each once', async () => {
    const chapters = await Promise.all(CHAPTERS.map((name) => chapterOf('en', name)));
    expect(chapters.flatMap(shownIn).toSorted()).toEqual([...SHOWN].toSorted());
  });
});

describe('reading a chapter', () => {
  test('refuses HTML, foreign links, images and unknown names, so that nothing of the kind reaches a page', () => {
    for (const text of [
      '<b>x</b>',
      'a <i>x</i>',
      '[x](https://evil.example)',
      '![x](x.png)',
      '<!-- show: nothing -->',
    ])
      expect(() => readChapter(`# T\n\n${text}\n`), text).toThrow(TypeError);
    expect(() => readChapter('no title')).toThrow(TypeError);
  });

  test('escapes what code holds', () => {
    const { parts } = readChapter('# T\n\n```sh\necho "<script>"\n```\n\n`<b>`\n');
    expect(parts).toEqual([
      {
        kind: 'text',
        html: expect.stringContaining('echo &quot;&lt;script&gt;&quot;'),
      },
    ]);
    expect(htmlOf({ title: '', sections: [], parts })).toContain('<code>&lt;b&gt;</code>');
  });
});
