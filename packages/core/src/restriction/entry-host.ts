import { endsInNumber, hostKind } from './host.ts';
import { mixedScripts } from './label-scripts.ts';
import { platformHost } from './platform-url.ts';
import { decodeLabel } from './punycode.ts';
import { quotedLetters } from './quote.ts';
import type { UrlEntryFault } from './url-entry-fault.ts';
import { urlEntryFault, writeInstead } from './url-entry-fault.ts';

const NOT_ASCII = /\P{ASCII}/u;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;
const EVERY_INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/**
 * The host of a typed entry in canonical form, with its `*.` where it has one. IDN becomes punycode; what browsers would
 * silently map to another host (full-width letters, invisible characters, `127.1`) is refused with the host that it would become.
 */
export function readEntryHost(
  written: string,
  entry: string,
): { readonly ok: true; readonly host: string } | UrlEntryFault {
  if (written === '')
    return urlEntryFault('host', entry, 'names no host', 'Write a host, such as app.example.com.');
  if (written.includes('%')) {
    return urlEntryFault(
      'percent_encoding',
      entry,
      'has percent-encoding in its host',
      'Write the host in plain letters.',
    );
  }
  if (written.startsWith('[')) return readIpv6(written.toLowerCase(), entry);
  if (written.endsWith('.')) {
    return urlEntryFault(
      'trailing_dot',
      entry,
      'ends its host with a dot',
      writeInstead(written.replace(/^\*?\.+$|\.+$/, '')),
    );
  }
  if (!written.includes('*')) return readName(written, entry);
  const below = written.startsWith('*.') ? written.slice(2) : '*';
  if (below.includes('*')) {
    const fix =
      'Write *.example.com for all subdomains of example.com, or example.com for it and its subdomains.';
    return urlEntryFault('wildcard', entry, 'has a wildcard that is not a whole first label', fix);
  }
  const name = readName(below, entry);
  if (!name.ok) return name;
  if (hostKind(name.host) === 'name' && name.host.includes('.')) return { ok: true, host: `*.${name.host}` };
  const fix = 'Leave at least two labels after the wildcard: *.example.com.';
  return urlEntryFault(
    'wildcard',
    entry,
    'has a wildcard over a top-level domain, localhost or an IP address',
    fix,
  );
}

/** The label of a canonical host that mixes scripts, with the whole host as people see it; undefined: none does. */
export function findMixedScripts(
  host: string,
): { readonly unicode: string; readonly scripts: readonly string[] } | undefined {
  if (!host.includes('xn--')) return undefined;
  const labels = host.split('.').map((label) => decodeLabel(label) ?? label);
  for (const label of labels) {
    const scripts = mixedScripts(label);
    if (scripts !== undefined) return { unicode: labels.join('.'), scripts };
  }
  return undefined;
}

function readIpv6(host: string, entry: string): { readonly ok: true; readonly host: string } | UrlEntryFault {
  if (hostKind(host) === 'ipv6') return { ok: true, host };
  const canonical = platformHost(host);
  return canonical !== undefined && hostKind(canonical) === 'ipv6'
    ? urlEntryFault(
        'ip_form',
        entry,
        'has an IP address that is not in canonical form',
        `Write ${canonical}.`,
      )
    : urlEntryFault('host', entry, 'has no IPv6 address in its brackets', 'Write it as [2001:db8::1].');
}

function readName(
  written: string,
  entry: string,
): { readonly ok: true; readonly host: string } | UrlEntryFault {
  const labels: string[] = [];
  for (const label of written.split('.')) {
    const ascii = NOT_ASCII.test(label)
      ? toPunycode(label, entry)
      : { ok: true as const, host: label.toLowerCase() };
    if (!ascii.ok) return ascii;
    labels.push(ascii.host);
  }
  const host = labels.join('.');
  const kind = hostKind(host);
  if (kind === undefined && endsInNumber(host)) {
    const canonical = platformHost(host);
    const fix =
      canonical === undefined ? 'Write four numbers from 0 to 255: 192.0.2.1.' : `Write ${canonical}.`;
    return urlEntryFault('ip_form', entry, 'has an IP address that is not in canonical form', fix);
  }
  if (kind === undefined) {
    const fix = 'Use letters, digits, "-" and "_", at most 63 in a label and 253 in all: app.example.com.';
    return urlEntryFault('host', entry, 'has a host that is not a host name', fix);
  }
  if (labels.some((label) => label.startsWith('xn--') && !isPunycode(label))) {
    return urlEntryFault(
      'host',
      entry,
      'has a punycode label that does not decode',
      'Write the host in its own letters.',
    );
  }
  return { ok: true, host };
}

function toPunycode(
  label: string,
  entry: string,
): { readonly ok: true; readonly host: string } | UrlEntryFault {
  if (INVISIBLE.test(label)) {
    const visible = label.replace(EVERY_INVISIBLE, '');
    return urlEntryFault(
      'characters',
      entry,
      'has invisible characters in its host',
      `Write ${quotedLetters(visible)} there.`,
    );
  }
  const ascii = asciiLabel(label);
  if (ascii === undefined || ascii === '') {
    return urlEntryFault(
      'host',
      entry,
      'has a label that no domain name can have',
      'Check the letters of the host.',
    );
  }
  if (ascii.startsWith('xn--') && !ascii.includes('.')) return { ok: true, host: ascii };
  const fix = `Write ${quotedLetters(ascii)} there, in plain letters.`;
  return urlEntryFault(
    'characters',
    entry,
    'has look-alike or full-width characters that browsers read as other ones',
    fix,
  );
}

/** True where browsers would write the decoded label as this one: not every platform checks that it decodes. */
function isPunycode(label: string): boolean {
  const letters = decodeLabel(label);
  return letters !== undefined && letters !== label && asciiLabel(letters) === label;
}

/** A label as browsers read it. Asked below a name of our own, so that it decides alone: "１２７" by itself would be an address. */
function asciiLabel(label: string): string | undefined {
  const below = '.example';
  return platformHost(`${label}${below}`)?.slice(0, -below.length);
}
