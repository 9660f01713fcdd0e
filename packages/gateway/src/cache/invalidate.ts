import { headerOf } from '../header-fields/header-list.ts';
import type { AnswerReceiver, UpstreamRequest } from '../upstream/forward.ts';
import { withHead } from '../upstream/with-head.ts';

/**
 * Watches the answer to an unsafe request, and tells which resources are no longer as they are stored: the target, and where `Location` and
 * `Content-Location` of the same API point (RFC 9111 §4.4). A refusal changes nothing.
 */
export function invalidatingBy(
  { origin, target }: UpstreamRequest,
  receiver: AnswerReceiver,
  invalidate: (resource: string) => void,
): AnswerReceiver {
  return withHead(receiver, (status, statusText, headers) => {
    if (status < 400) {
      invalidate(`${origin}${target}`);
      for (const name of ['location', 'content-location']) {
        const resource = sameApi(headerOf(headers, name), origin, target);
        if (resource !== undefined) invalidate(resource);
      }
    }
    receiver.head(status, statusText, headers);
  });
}

function sameApi(value: string | undefined, origin: string, target: string): string | undefined {
  if (value === undefined || !URL.canParse(value, `${origin}${target}`)) return undefined;
  const url = new URL(value, `${origin}${target}`);
  return url.origin === new URL(origin).origin ? `${origin}${url.pathname}${url.search}` : undefined;
}
