import type { ReactElement } from 'react';
import type { ShownName } from './chapter.ts';
import { Refusal } from './demos/refusal.tsx';
import { RightSize } from './demos/right-size.tsx';
import { RotationTimeline } from './demos/rotation-timeline.tsx';
import { ScopeKind } from './demos/scope-kind.tsx';
import { ShownOnce } from './demos/shown-once.tsx';
import { TokenAnatomy } from './demos/token-anatomy.tsx';
import { UrlEntry } from './demos/url-entry.tsx';

const SHOWN_AS = {
  'token-anatomy': TokenAnatomy,
  'scope-kind': ScopeKind,
  'url-entry': UrlEntry,
  'rotation-timeline': RotationTimeline,
  'shown-once': ShownOnce,
  'right-size': RightSize,
  refusal: Refusal,
} as const satisfies Record<ShownName, () => ReactElement>;

/** What a chapter names as `<!-- show: … -->`. */
export function Shown({ name }: { readonly name: ShownName }): ReactElement {
  const Component = SHOWN_AS[name];
  return <Component />;
}
