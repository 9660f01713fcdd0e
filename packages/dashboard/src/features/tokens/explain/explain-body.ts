import type { DescribedRequest } from '@latchkey/wire/curl';
import type { AnyExplainBody } from '@latchkey/wire/native';
import type { Pasted } from './read-pasted.ts';

/** What the reader says beside the pasted text. Empty: nothing. */
export interface ExplainDetails {
  /** The id of the token that was sent, where the request holds none. */
  readonly token: string;
  /** The address of the page, sent as `Origin` where the request names none. */
  readonly page: string;
  readonly address: string;
}

export type ReadExplain =
  | { readonly ok: true; readonly body: AnyExplainBody; readonly request: DescribedRequest | undefined }
  | { readonly ok: false; readonly problem: Extract<Pasted, { kind: 'unreadable' }>['problem'] | 'no_token' };

const HEADERS = new Set([
  'origin',
  'referer',
  'sec-fetch-site',
  'access-control-request-method',
  'x-ios-bundle-identifier',
  'x-android-package',
]);

/** The call that explains it. Of the headers only those are sent that decide anything: others may hold what is nobody's business. */
export function explainBody(pasted: Pasted, { token, page, address }: ExplainDetails): ReadExplain {
  if (pasted.kind === 'unreadable') return { ok: false, problem: pasted.problem };
  if (pasted.kind === 'refusal')
    return { ok: true, body: { requestId: pasted.requestId }, request: undefined };
  const headers = Object.fromEntries(
    Object.entries(pasted.request.headers).filter(([name]) => HEADERS.has(name.toLowerCase())),
  );
  const namesPage = Object.keys(headers).some((name) => /^(?:origin|referer)$/i.test(name));
  const origin = originOf(page);
  if (!namesPage && origin !== undefined) headers.Origin = origin;
  const request = { ...pasted.request, headers };
  const sent = request.token ?? (token === '' ? undefined : token);
  if (sent === undefined) return { ok: false, problem: 'no_token' };
  const { method, url, transport } = request;
  return {
    ok: true,
    request,
    body: {
      token: sent,
      request: { method, url, headers, transport, ...(address === '' ? {} : { address }) },
    },
  };
}

/** What a browser sends of an address; what cannot be read as one is sent as it is, to be judged as such. */
function originOf(page: string): string | undefined {
  const text = page.trim();
  if (text === '') return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(url) ? new URL(url).origin : text;
}
