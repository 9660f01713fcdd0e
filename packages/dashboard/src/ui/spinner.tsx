import { LoaderCircle } from 'lucide-react';
import type { ReactElement } from 'react';

export function Spinner(): ReactElement {
  return <LoaderCircle aria-hidden className="size-4 animate-spin" />;
}
