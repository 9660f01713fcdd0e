/** Something about an accepted URL entry that its owner should know. `entry` is the canonical entry; codes are closed. */
export type UrlWarning =
  /** The entry is stored in another form than it was written in. */
  | { readonly code: 'saved_as'; readonly entry: string; readonly written: string }
  /** Written twice; stored once. */
  | { readonly code: 'duplicate'; readonly entry: string }
  /** Browsers mostly show the page's origin only, and a page can forge its path. */
  | { readonly code: 'path_advisory'; readonly entry: string }
  /** `http` on a host that is not the machine itself. */
  | { readonly code: 'insecure_http'; readonly entry: string }
  /** A label mixes scripts that no language writes together; `unicode` is the host as people see it. */
  | {
      readonly code: 'mixed_scripts';
      readonly entry: string;
      readonly unicode: string;
      readonly scripts: readonly string[];
    }
  /** The machine itself beside real sites: any program on a visitor's machine can serve a page there. */
  | { readonly code: 'localhost_with_others'; readonly entry: string }
  /** The host is a public suffix or a shared host: everyone with a site below it is let in. Found by whoever has the list. */
  | { readonly code: 'public_suffix'; readonly entry: string; readonly suffix: string };

export type UrlWarningCode = UrlWarning['code'];

/** A warning in one English sentence. */
export function describeUrlWarning(warning: UrlWarning): string {
  const { entry } = warning;
  switch (warning.code) {
    case 'saved_as':
      return `${warning.written} is saved as ${entry}.`;
    case 'duplicate':
      return `${entry} is listed more than once; it is saved once.`;
    case 'path_advisory':
      return `${entry} has a path: browsers mostly show only the page's origin, and a page can forge its path, so the path is advice and not a wall.`;
    case 'insecure_http':
      return `${entry} uses http: anyone on the way can serve a page there.`;
    case 'mixed_scripts':
      return `${entry} is shown as ${warning.unicode}, which mixes ${warning.scripts.join(' and ')} letters: check that it is the host you mean.`;
    case 'localhost_with_others':
      return `${entry} stands beside public sites: pages on any visitor's own machine may use this token too.`;
    case 'public_suffix':
      return `${entry} lets in everyone who has a site below ${warning.suffix}.`;
  }
}
