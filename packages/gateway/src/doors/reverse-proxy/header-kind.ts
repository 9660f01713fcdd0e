import { isHopByHop } from '../../upstream/hop-by-hop.ts';

/** What becomes of a client's header on its way to the API. */
export type HeaderKind =
  /** Passed on as it is. */
  | 'passed'
  /** Left out: about one connection, the gateway's own to say, or a second request hidden in the first. */
  | 'dropped'
  | 'connection'
  | 'authorization'
  | 'referer'
  | 'host'
  | 'content_length';

/** Handled apart, where they are spelled with hyphens as they should be. */
const HANDLED: ReadonlyMap<string, HeaderKind> = new Map([
  ['connection', 'connection'],
  ['authorization', 'authorization'],
  ['referer', 'referer'],
  ['host', 'host'],
  ['content-length', 'content_length'],
]);

/**
 * What only a gateway may say (who the client is, what it asked for), what makes another request of the one that was decided on
 * (method and target overrides), and `Expect`, which the door answers itself.
 */
const DROPPED: ReadonlySet<string> = new Set([
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-proxyuser-ip',
  'x-remote-ip',
  'x-remote-addr',
  'client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'fastly-client-ip',
  'x-azure-clientip',
  'x-azure-socketip',
  'x-host',
  'x-scheme',
  'x-url-scheme',
  'x-rewrite-url',
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  'expect',
]);
/** Whole families. */
const DROPPED_BEGINNINGS = ['latchkey', 'x-forwarded', 'x-original'] as const;

/** Clients make names up; so many are remembered and no more. */
const REMEMBERED_LIMIT = 1_000;
const LONGEST_REMEMBERED = 64;
const remembered = new Map<string, HeaderKind>();

/** @param name as the client spelled it */
export function headerKind(name: string): HeaderKind {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const kind = readKind(name);
  if (remembered.size < REMEMBERED_LIMIT && name.length <= LONGEST_REMEMBERED) remembered.set(name, kind);
  return kind;
}

function readKind(name: string): HeaderKind {
  const lower = name.toLowerCase();
  const handled = HANDLED.get(lower);
  if (handled !== undefined) return handled;
  // CGI, WSGI and others read every such character as the same one, so a spelling of ours would pass as ours.
  const plain = lower.replace(/[^a-z0-9]/g, '-');
  const isDropped =
    isHopByHop(plain) ||
    DROPPED.has(plain) ||
    HANDLED.has(plain) ||
    DROPPED_BEGINNINGS.some((beginning) => plain.startsWith(beginning));
  return isDropped ? 'dropped' : 'passed';
}
