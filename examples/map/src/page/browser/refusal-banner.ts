import { element } from './element.ts';
import type { Refusal } from './refusal.ts';

export interface RefusalBanner {
  /** Shows a refusal; one that was dismissed stays away until {@link clear}. */
  show(refusal: Refusal): void;
  /** Takes the banner away, and forgets what was dismissed. */
  clear(): void;
}

/** "Why was I refused?", answered over the map. */
export function refusalBanner(): RefusalBanner {
  const banner = element('refusal', HTMLElement);
  const parts = {
    status: element('refusal-status', HTMLElement),
    message: element('refusal-message', HTMLElement),
    detail: element('refusal-detail', HTMLElement),
    code: element('refusal-code', HTMLElement),
    request: element('refusal-request', HTMLElement),
    origin: element('refusal-origin', HTMLElement),
  };
  let shown = '';
  const dismissed = new Set<string>();
  element('refusal-close', HTMLButtonElement).addEventListener('click', () => {
    dismissed.add(shown);
    banner.hidden = true;
  });
  return {
    show({ status, message, code, detail, path }) {
      // A refused map is a hundred refused tiles: they are one refusal to whoever reads it.
      const same = `${status} ${code} ${detail ?? ''}`;
      if (dismissed.has(same) || (same === shown && !banner.hidden)) return;
      shown = same;
      parts.status.hidden = status === 0;
      parts.status.textContent = String(status);
      parts.message.textContent = message;
      parts.detail.textContent = detail ?? '';
      parts.detail.hidden = detail === undefined;
      parts.code.textContent = code;
      parts.request.textContent = path;
      parts.origin.textContent = location.origin;
      banner.hidden = false;
    },
    clear() {
      dismissed.clear();
      banner.hidden = true;
    },
  };
}
