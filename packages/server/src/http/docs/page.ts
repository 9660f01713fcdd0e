/** HTML that is safe to put into a page as it is. Made only by {@link html}. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Html | readonly Html[] | undefined;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose texts are escaped; `Html` goes in as it is. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let text = strings[0] ?? '';
  for (const [index, piece] of pieces.entries()) text += render(piece) + (strings[index + 1] ?? '');
  return new Html(text);
}

function render(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map((each) => each.text).join('');
  return String(piece).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

const STYLE = new Html(`
:root { color-scheme: light dark; --line: #d5d9e0; --soft: #5a6472; --mark: #eef1f6; --link: #0b57d0 }
@media (prefers-color-scheme: dark) { :root { --line: #3a424e; --soft: #a5b0bf; --mark: #232a34; --link: #8ab4f8 } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.7rem; margin: 1rem 0 } h2 { font-size: 1.25rem; margin: 2.2rem 0 .4rem }
a { color: var(--link) } nav a { margin-right: 1rem } p { margin: .4rem 0 } .soft { color: var(--soft) }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; margin: .6rem 0 }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line) }
code { font: .9em ui-monospace, monospace; background: var(--mark); border-radius: .25rem; padding: .1rem .3rem }
`);

/** A whole page: readable without scripts, on a phone, by keyboard and screen reader, in light and dark. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Latchkey</title>
<style>${STYLE}</style>
</head>
<body>
<nav aria-label="Documentation"><a href="/docs/scopes">Scopes</a><a href="/docs/errors">Errors</a><a href="/openapi.json">OpenAPI</a></nav>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text;
}
