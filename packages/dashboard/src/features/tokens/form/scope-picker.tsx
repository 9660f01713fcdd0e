import { Globe, Lock, Search } from 'lucide-react';
import { type ReactElement, useMemo, useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Input } from '../../../ui/input.tsx';
import {
  type GroupedScope,
  groupScopes,
  type OfferedScope,
  ofClass,
  type ScopeGroup,
  type Service,
} from './scope-groups.ts';
import { useTokenFormTexts } from './texts.ts';

export interface ScopePickerProps {
  /** What may be given here, in the order of the catalogue. */
  readonly offered: readonly OfferedScope[];
  readonly services: readonly Service[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** Scopes to tick: public and secret apart, each class grouped by the service that needs them. */
export function ScopePicker({ offered, services, chosen, onChange }: ScopePickerProps): ReactElement {
  const texts = useTokenFormTexts();
  const [sought, setSought] = useState('');
  const groups = useMemo(() => groupScopes(offered, services), [offered, services]);
  const fitting = useMemo(
    () => narrowed(groups, sought, (scope) => texts.scope(scope)),
    [groups, sought, texts],
  );
  const classesOfScopes = [
    { isPublic: true, title: texts.publicScopes, hint: texts.publicScopesHint, Icon: Globe },
    { isPublic: false, title: texts.secretScopes, hint: texts.secretScopesHint, Icon: Lock },
  ];
  const toggle = (id: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  return (
    <div className="flex flex-col gap-5">
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-soft" />
        <Input
          type="search"
          aria-label={texts.findScope}
          placeholder={texts.findScope}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          className="pl-8"
        />
      </div>
      {fitting.length === 0 && (
        <p role="status" className="text-soft">
          {texts.noScopeFits({ text: sought })}
        </p>
      )}
      {classesOfScopes.map(({ isPublic, title, hint, Icon }) => {
        const within = ofClass(fitting, isPublic);
        if (within.length === 0) return null;
        const all = offered.filter((scope) => scope.public === isPublic);
        const count = all.filter(({ id }) => chosen.has(id)).length;
        return (
          <fieldset key={title} className="min-w-0 rounded-lg border border-line">
            <legend className="sr-only">{title}</legend>
            <div
              aria-hidden
              className="flex items-center gap-2 border-b border-line bg-sunken px-4 py-2 font-medium"
            >
              <Icon className="size-4 text-soft" />
              <span className="flex-1">{title}</span>
              <span className="text-sm text-soft tabular-nums">
                {texts.chosenOf({ chosen: count, all: all.length })}
              </span>
            </div>
            <p className="px-4 pt-2.5 text-sm text-soft">{hint}</p>
            <div className="gap-x-6 px-4 pt-3 pb-1 md:columns-2">
              {within.map((group) => (
                <Group key={`${group.kind} ${group.id}`} group={group} chosen={chosen} onToggle={toggle} />
              ))}
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}

function Group({
  group,
  chosen,
  onToggle,
}: {
  readonly group: ScopeGroup;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (id: string, isChosen: boolean) => void;
}): ReactElement {
  const texts = useTokenFormTexts();
  const title = group.kind === 'management' ? texts.management : group.title;
  return (
    <fieldset className="min-w-0 break-inside-avoid pb-4">
      <legend className="mb-1.5 text-xs font-semibold tracking-wide text-faint">{title}</legend>
      <ul className="flex flex-col gap-2">
        {group.scopes.map((scope) => (
          <li key={scope.id} className="min-w-0">
            <Checkbox
              checked={chosen.has(scope.id)}
              onChange={(event) => onToggle(scope.id, event.target.checked)}
              label={
                <span className="flex flex-wrap items-center gap-1.5">
                  <span className="font-mono text-sm">{scope.id}</span>
                  {scope.operatorOnly && <Badge tone="warning">{texts.operatorOnly}</Badge>}
                </span>
              }
              hint={<ScopeHint scope={scope} />}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function ScopeHint({ scope }: { readonly scope: GroupedScope }): ReactElement {
  const texts = useTokenFormTexts();
  const [first, ...others] = scope.routes;
  return (
    <>
      {texts.scope(scope)}
      {first !== undefined && (
        <span
          className="mt-0.5 block truncate font-mono text-xs text-faint"
          title={scope.routes.map(lineOf).join('\n')}
        >
          {lineOf(first)}
          {others.length > 0 && ` +${others.length}`}
        </span>
      )}
    </>
  );
}

function lineOf({ methods, path }: GroupedScope['routes'][number]): string {
  return `${methods.join(', ')} ${path}`;
}

/** The groups with those scopes whose name or description holds every word that was typed. */
function narrowed(
  groups: readonly ScopeGroup[],
  sought: string,
  describe: (scope: GroupedScope) => string,
): readonly ScopeGroup[] {
  const words = sought
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return groups;
  return groups
    .map((group) => ({
      ...group,
      scopes: group.scopes.filter((scope) => {
        const text = `${scope.id} ${describe(scope)} ${group.title}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.scopes.length > 0);
}
