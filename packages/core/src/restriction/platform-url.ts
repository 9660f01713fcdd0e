interface PlatformUrl {
  readonly hostname: string;
}

// The WHATWG URL class is in every runtime that runs this package; it is typed here because the package is compiled
// without any platform's types.
const { URL: ParsedUrl } = globalThis as unknown as { URL: new (text: string) => PlatformUrl };

/** The host that browsers read in `http://<host>/`, serialised: punycode, dotted IPv4, compressed IPv6. Undefined: none. */
export function platformHost(host: string): string | undefined {
  try {
    return new ParsedUrl(`http://${host}/`).hostname;
  } catch {
    return undefined;
  }
}
