import { useEffect, useRef } from 'react';

/** Brings the focus to the content when another page is opened, as a browser does: readers begin there, and not at a link that is gone. */
export function useFocusOnNewPage(path: string): void {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    const content = document.getElementById('content');
    // A field of the new page may have taken it already.
    if (content !== null && !content.contains(document.activeElement)) content.focus({ preventScroll: true });
  }, [path]);
}
