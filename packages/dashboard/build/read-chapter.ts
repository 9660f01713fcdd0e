import { Marked, type Token, type Tokens } from 'marked';
import { type Chapter, type ChapterPart, SHOWN } from '../src/features/guide/chapter.ts';
import { isChapterName } from '../src/ui/guide-chapter-names.ts';

const SHOW = /^<!-- show: ([a-z-]+) -->\s*$/;
const LINK = /^([a-z-]+)\.md$/;

/**
 * Makes a chapter of its Markdown. Beside Markdown it may hold lines `<!-- show: <name> -->`, which other readers of the file do not see.
 * Links lead to other chapters only.
 * @throws TypeError where there is no title, where HTML stands in it, or where it names something that does not exist
 */
export function readChapter(markdown: string): Chapter {
  const sections: { id: string; title: string }[] = [];
  const reader = chapterMarkdown(sections);
  const [first, ...rest] = reader.lexer(markdown).filter(({ type }) => type !== 'space');
  if (first?.type !== 'heading' || first.depth !== 1)
    throw new TypeError('a chapter begins with its title (# …)');
  const parts: ChapterPart[] = [];
  let run: Token[] = [];
  const endRun = () => {
    if (run.length > 0) parts.push({ kind: 'text', html: reader.parser(run) });
    run = [];
  };
  for (const token of rest) {
    if (token.type === 'html') {
      endRun();
      parts.push({ kind: 'show', name: shownName(token.raw) });
    } else run.push(token);
  }
  endRun();
  return { title: first.text, sections, parts };
}

function shownName(raw: string): (typeof SHOWN)[number] {
  const named = SHOW.exec(raw)?.[1];
  const name = SHOWN.find((each) => each === named);
  if (name === undefined) throw new TypeError(`nothing can be shown for ${raw.trim()}`);
  return name;
}

function chapterMarkdown(sections: { id: string; title: string }[]): Marked {
  return new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, text, depth }: Tokens.Heading) {
        const id = `section-${sections.length + 1}`;
        sections.push({ id, title: text });
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const chapter = LINK.exec(href)?.[1];
        if (chapter === undefined || !isChapterName(chapter))
          throw new TypeError(`${href} is not a chapter of the guide`);
        return `<a href="/dashboard/guide/${chapter}">${this.parser.parseInline(tokens)}</a>`;
      },
      code({ text }: Tokens.Code) {
        return `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`;
      },
      table({ header, rows }: Tokens.Table) {
        const cells = (row: readonly Tokens.TableCell[], tag: string) =>
          row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag.slice(0, 2)}>`).join('');
        const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
        const label = escaped(sections.at(-1)?.title ?? header.map(({ text }) => text).join(', '));
        return `<div class="guide-table" role="group" tabindex="0" aria-label="${label}"><table><thead><tr>${cells(header, 'th scope="col"')}</tr></thead>
<tbody>${body}</tbody></table></div>\n`;
      },
      html({ raw }: Tokens.HTML | Tokens.Tag) {
        throw new TypeError(`HTML in a chapter: ${raw}`);
      },
      image({ href }: Tokens.Image) {
        throw new TypeError(`an image in a chapter: ${href}`);
      },
    },
  });
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
