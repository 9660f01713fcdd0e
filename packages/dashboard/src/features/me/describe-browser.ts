/** In the order in which they are looked for: many call themselves Chrome or Safari too. */
const BROWSERS = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/HeadlessChrome\//, 'Chrome'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

const SYSTEMS = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
] as const;

/** `Firefox · Linux` of a `User-Agent`; the text itself where neither is known; undefined where there is none. */
export function describeBrowser(client: string | null): string | undefined {
  if (client === null || client === '') return undefined;
  const names = [BROWSERS, SYSTEMS].flatMap((list) => list.find(([mark]) => mark.test(client))?.[1] ?? []);
  return names.length === 0 ? client.slice(0, 80) : names.join(' · ');
}
