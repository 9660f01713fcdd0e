import { useEffect, useState } from 'react';

/**
 * What stands behind the `#` of a link from a mail or the terminal. It is taken out of the address at once, so that neither the
 * history nor a copied address holds it. Undefined where nothing does.
 */
export function useLinkToken(): string | undefined {
  const [token] = useState(() => window.location.hash.slice(1) || undefined);
  useEffect(() => {
    if (window.location.hash === '') return;
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, '', `${pathname}${search}`);
  }, []);
  return token;
}
