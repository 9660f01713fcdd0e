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

/** The colours and measures of the dashboard, so that these pages and the API reference beside them look like one. */
const STYLE = new Html(`
:root { color-scheme: light dark; --page: light-dark(#f7f8fa, #0e1014); --panel: light-dark(#fff, #15181e);
  --line: light-dark(#e2e5eb, #272c36); --ink: light-dark(#14171d, #eceff4); --soft: light-dark(#535b69, #a7afbd);
  --mark: light-dark(#f1f3f6, #0f1217); --link: light-dark(#2c47be, #9fb1ff) }
* { box-sizing: border-box }
body { font: 14px/22px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; margin: 0; background: var(--page); color: var(--ink) }
header { position: sticky; top: 0; border-bottom: 1px solid var(--line); background: var(--panel) }
nav { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 20px; max-width: 62rem; margin: 0 auto; padding: 10px 16px }
nav a { color: var(--soft); text-decoration: none } nav a:hover, nav a[aria-current] { color: var(--ink) } nav a[aria-current] { font-weight: 500 }
nav .home { display: inline-flex; gap: 8px; align-items: center; color: var(--ink); font-weight: 600; margin-right: 8px }
main { max-width: 62rem; margin: 0 auto; padding: 32px 16px 64px }
h1 { font-size: 20px; line-height: 28px; margin: 0 0 8px } h2 { font-size: 16px; margin: 32px 0 4px; scroll-margin-top: 56px }
a { color: var(--link) } p { margin: 6px 0; max-width: 44rem } .soft { color: var(--soft) }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); margin: 12px 0 }
table { border-collapse: collapse; width: 100% } tr:target { background: var(--mark) }
th { color: var(--soft); font-size: 12px; font-weight: 500 } tbody tr:last-child td { border-bottom: 0 }
th, td { text-align: left; vertical-align: top; padding: 8px 14px; border-bottom: 1px solid var(--line) }
code { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--mark);
  border: 1px solid var(--line); border-radius: 4px; padding: 1px 4px }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
`);

const PAGES = [
  ['/docs', 'API reference'],
  ['/docs/scopes', 'Scopes'],
  ['/docs/errors', 'Errors'],
  ['/openapi.json', 'OpenAPI document'],
] as const;

/**
 * A whole page: readable without scripts, on a phone, by keyboard and screen reader, in light and dark.
 * @param path its own address
 */
export function page(title: string, path: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Latchkey</title>
<style>${STYLE}</style>
</head>
<body>
<header><nav aria-label="Documentation"><a class="home" href="/dashboard/">Latchkey</a>${PAGES.map(([to, name]) => menuLink(to, name, to === path))}</nav></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text;
}

function menuLink(to: string, name: string, isHere: boolean): Html {
  return isHere ? html`<a href="${to}" aria-current="page">${name}</a>` : html`<a href="${to}">${name}</a>`;
}
