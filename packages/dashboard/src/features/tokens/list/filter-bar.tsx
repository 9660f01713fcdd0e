import { Search, SlidersHorizontal, X } from 'lucide-react';
import { type ReactElement, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { isFiltered, type ListSearch, readListSearch } from './list-search.ts';
import { useTokenListTexts } from './texts.ts';

export interface FilterBarProps {
  readonly search: ListSearch;
  readonly onChange: (search: ListSearch) => void;
  /** Names of scopes that can be asked for. */
  readonly scopes: readonly string[];
  readonly searchField: RefObject<HTMLInputElement | null>;
  /** Beside the filters, where the list is narrowed: what can be done with all that fit. */
  readonly children?: ReactNode;
}

const UNUSED_DAYS = ['7', '30', '90', '365'] as const;
const TYPING_MS = 250;

/** Search, filters and order; each choice stands in the page's address. */
export function FilterBar({ search, onChange, scopes, searchField, children }: FilterBarProps): ReactElement {
  const texts = useTokenListTexts();
  const [isOpen, setOpen] = useState(false);
  const filtersId = useId();
  const set = (part: { readonly [Key in keyof ListSearch]?: unknown }) =>
    onChange(readListSearch({ ...search, ...part }));
  const filterCount = Object.keys(search).filter((key) => key !== 'q' && key !== 'sort').length;
  const orderChoice = (isTall: boolean) => (
    <Choice
      isTall={isTall}
      label={texts.order}
      none={texts.orders.created}
      value={search.sort}
      options={(['modified', 'lastUsed', 'note'] as const).map((value) => [value, texts.orders[value]])}
      onChange={(sort) => set({ sort })}
    />
  );
  return (
    <search className="flex flex-col gap-2.5">
      <div className="flex gap-2">
        <SearchField
          key={search.q === undefined ? 'empty' : 'filled'}
          text={search.q ?? ''}
          label={texts.search}
          field={searchField}
          onChange={(q) => set({ q })}
        />
        <span className="max-lg:hidden">{orderChoice(true)}</span>
        <Button
          className="lg:hidden"
          aria-expanded={isOpen}
          aria-controls={filtersId}
          onClick={() => setOpen(!isOpen)}
        >
          <SlidersHorizontal aria-hidden className="size-4" />
          {filterCount === 0 ? texts.filters : texts.filtersCount({ count: filterCount })}
        </Button>
      </div>
      <div
        id={filtersId}
        className={classes('flex flex-wrap items-center gap-2', !isOpen && 'max-lg:hidden')}
      >
        <Choice
          label={texts.usage}
          none={texts.any}
          value={search.usage}
          options={(['pk', 'sk', 'tk'] as const).map((value) => [value, texts.usages[value]])}
          onChange={(usage) => set({ usage })}
        />
        <Choice
          label={texts.status}
          none={texts.allButRevoked}
          value={search.status}
          options={(['active', 'expired', 'revoked'] as const).map((value) => [value, texts.statuses[value]])}
          onChange={(status) => set({ status })}
        />
        <Choice
          label={texts.unused}
          none={texts.any}
          value={search.unused === undefined ? undefined : String(search.unused)}
          options={UNUSED_DAYS.map((days) => [days, texts.unusedFor({ days: Number(days) })])}
          onChange={(unused) => set({ unused })}
        />
        <Choice
          label={texts.scope}
          none={texts.any}
          value={search.scope}
          options={scopes.map((scope) => [scope, scope])}
          onChange={(scope) => set({ scope })}
        />
        <Toggle isOn={search.exposed === true} onToggle={(exposed) => set({ exposed })}>
          {texts.exposed}
        </Toggle>
        <Toggle isOn={search.anywhere === true} onToggle={(anywhere) => set({ anywhere })}>
          {texts.anywhereFilter}
        </Toggle>
        {isFiltered(search) && (
          <Button size="small" kind="quiet" onClick={() => onChange(readListSearch({ sort: search.sort }))}>
            <X aria-hidden className="size-3.5" />
            {texts.clear}
          </Button>
        )}
        {children}
        <span className="lg:hidden">{orderChoice(false)}</span>
      </div>
    </search>
  );
}

/** What is typed is looked up once the typing rests. */
function SearchField({
  text,
  label,
  field,
  onChange,
}: {
  readonly text: string;
  readonly label: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onChange: (text: string) => void;
}): ReactElement {
  const [typed, setTyped] = useState(text);
  const told = useRef(onChange);
  told.current = onChange;
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => told.current(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, text]);
  return (
    <div className="relative min-w-48 flex-1">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-soft" />
      <Input
        ref={field}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        className="pl-8"
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}

function Choice({
  label,
  none,
  value,
  options,
  onChange,
  isTall = false,
}: {
  /** As high as the search beside it. */
  readonly isTall?: boolean | undefined;
  readonly label: string;
  readonly none: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string | undefined) => void;
}): ReactElement {
  return (
    <Select
      aria-label={label}
      className={classes(
        'max-w-56',
        !isTall && '[&>select]:h-8! [&>select]:pl-2.5! [&>select]:text-sm!',
        value !== undefined && '[&>select]:border-accent-ink [&>select]:bg-accent-soft',
      )}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    >
      <option value="">{`${label}: ${none}`}</option>
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </Select>
  );
}

function Toggle({
  isOn,
  onToggle,
  children,
}: {
  readonly isOn: boolean;
  readonly onToggle: (isOn: boolean) => void;
  readonly children: string;
}): ReactElement {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={() => onToggle(!isOn)}
      className={classes(
        'h-8 rounded-md border px-2.5 text-sm transition-colors',
        isOn
          ? 'border-accent-ink bg-accent-soft text-accent-ink'
          : 'border-line-strong/60 text-soft hover:bg-hover hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}
