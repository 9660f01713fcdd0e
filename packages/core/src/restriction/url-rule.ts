/** One URL entry, read. Plain and frozen in meaning: matching reads it and never parses again. */
export interface UrlRule {
  /** The canonical entry: `https://app.example.com/maps`. */
  readonly entry: string;
  /** Undefined: `http` or `https`. */
  readonly scheme: string | undefined;
  /** Lower-case ASCII, without the `*.` of a wildcard; IPv6 in brackets. */
  readonly host: string;
  /** `exact`: the host alone (IP literals, `localhost`); `tree`: it and all subdomains; `below`: its subdomains only. */
  readonly reach: 'exact' | 'tree' | 'below';
  /** `default`: the port that the request's scheme implies. */
  readonly port: number | 'default' | 'any';
  /** Canonical path prefix; undefined: any path. */
  readonly path: string | undefined;
}
