/**
 * What pages do, as a script with `url` (of the API, with the token) and `cdn` (of a site that serves style sheets and scripts which
 * name `url`) in it. Each begins a request; whether it ends well is seen at the API.
 */
export interface RequestKind {
  readonly name: string;
  /** End of the path, which decides what the API answers. */
  readonly ending?: string;
  readonly script: string;
  /** What becomes of it with a token for the page's site: `allowed`, or the reason. */
  readonly onItsSite: string;
  /** The same on a site that the token does not name. */
  readonly elsewhere: string;
}

const own = { onItsSite: 'allowed', elsewhere: 'url_not_allowed' };
const missing = { onItsSite: 'evidence_missing', elsewhere: 'evidence_missing' };
const opaque = { onItsSite: 'origin_opaque', elsewhere: 'origin_opaque' };
const notNamed = { onItsSite: 'url_not_allowed', elsewhere: 'url_not_allowed' };

/** Makes an element, sets its properties, and puts it into the page; the script may go on with `made`. */
const add = (tag: string, fields: string) =>
  `const made = Object.assign(document.createElement('${tag}'), {${fields}}); document.body.append(made);`;
const cdnStyle = (file: string) =>
  add('link', `rel: 'stylesheet', href: cdn + '${file}?' + encodeURIComponent(url)`);
const worker = (source: string) => `window.kept = new Worker(${source}); kept.postMessage(url)`;
const WORKER = "'onmessage = ({data}) => fetch(data).catch(() => undefined)'";
const frame = (fields: string) => add('iframe', fields);
const INSIDE = "'<script>fetch(' + JSON.stringify(url) + ').catch(() => undefined)</' + 'script>'";

export const REQUEST_KINDS: readonly RequestKind[] = [
  { name: 'fetch', script: 'fetch(url)', ...own },
  {
    name: 'fetch with Authorization, after a preflight',
    script:
      "const [bare, token] = url.split('?access_token='); fetch(bare, { headers: { authorization: 'Bearer ' + token } })",
    ...own,
  },
  { name: 'XMLHttpRequest', script: "const x = new XMLHttpRequest(); x.open('GET', url); x.send()", ...own },
  { name: 'EventSource', ending: '.events', script: 'window.kept = new EventSource(url)', ...own },
  { name: 'module script', ending: '.js', script: add('script', "type: 'module', src: url"), ...own },
  { name: 'web font', ending: '.woff2', script: "new FontFace('x', 'url(' + url + ')').load()", ...own },
  {
    name: 'img crossorigin',
    ending: '.png',
    script: add('img', "crossOrigin: 'anonymous', src: url"),
    ...own,
  },
  { name: 'img', ending: '.png', script: add('img', 'src: url'), ...own },
  { name: 'script', ending: '.js', script: add('script', 'src: url'), ...own },
  { name: 'style sheet', ending: '.css', script: add('link', "rel: 'stylesheet', href: url"), ...own },
  { name: 'no-cors GET', script: "fetch(url, { mode: 'no-cors' })", ...own },
  { name: 'link', ending: '.html', script: `${add('a', 'href: url')} made.click()`, ...own },
  {
    name: 'image of a style sheet of a CDN',
    ending: '.png',
    script: `${cdnStyle('image.css')} document.body.className = 'of-cdn'`,
    ...notNamed,
  },
  {
    name: 'font of a style sheet of a CDN',
    ending: '.woff2',
    script: `${cdnStyle('font.css')} document.body.style.fontFamily = 'of-cdn'; document.body.append('text')`,
    ...own,
  },
  {
    name: 'module of a script of a CDN',
    ending: '.js',
    script: add('script', "type: 'module', src: cdn + 'module.js?' + encodeURIComponent(url)"),
    ...own,
  },
  { name: 'POST', script: "fetch(url, { method: 'POST', body: 'x' })", ...own },
  { name: 'sendBeacon', script: "navigator.sendBeacon(url, 'x')", ...own },
  {
    name: 'form POST',
    ending: '.html',
    script: `${add('form', "method: 'POST', action: url")} made.submit()`,
    ...own,
  },
  { name: 'WebSocket', script: "window.kept = new WebSocket(url.replace('http:', 'ws:'))", ...own },
  { name: 'no-referrer: fetch', script: "fetch(url, { referrerPolicy: 'no-referrer' })", ...own },
  {
    name: 'no-referrer: img',
    ending: '.png',
    script: add('img', "referrerPolicy: 'no-referrer', src: url"),
    ...missing,
  },
  {
    name: 'no-referrer: no-cors GET',
    script: "fetch(url, { mode: 'no-cors', referrerPolicy: 'no-referrer' })",
    ...missing,
  },
  {
    name: 'unsafe-url',
    ending: '.png',
    script: add('img', "referrerPolicy: 'unsafe-url', src: url"),
    ...own,
  },
  { name: 'worker of a script URL', script: worker("'/worker.js'"), ...own },
  {
    name: 'worker of a blob',
    script: worker(`URL.createObjectURL(new Blob([${WORKER}]))`),
    ...own,
  },
  { name: 'srcdoc frame', script: frame(`srcdoc: ${INSIDE}`), ...own },
  {
    name: 'about:blank frame',
    script: `${frame("src: 'about:blank'")} made.contentWindow.fetch(url)`,
    ...own,
  },
  {
    name: 'blob: frame',
    script: frame(`src: URL.createObjectURL(new Blob([${INSIDE}], { type: 'text/html' }))`),
    ...own,
  },
  { name: 'sandboxed frame', script: frame(`sandbox: 'allow-scripts', srcdoc: ${INSIDE}`), ...opaque },
  { name: 'data: frame', script: frame(`src: 'data:text/html,' + encodeURIComponent(${INSIDE})`), ...opaque },
  {
    name: 'fetch after a redirect of another site',
    script: "fetch(cdn + 'redirect?' + encodeURIComponent(url))",
    ...opaque,
  },
];
