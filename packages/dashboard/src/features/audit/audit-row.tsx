import type { AuditEntry } from '@latchkey/wire/native';
import { Link } from '@tanstack/react-router';
import { ChevronRight, ListFilter } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Time } from '../../ui/time.tsx';
import { ChangeDetails } from './change-details.tsx';
import type { AuditFilter } from './queries.ts';
import { useAuditTexts } from './texts.ts';

export interface AuditRowProps {
  readonly entry: AuditEntry;
  /** The account of this page; rows of others say which they are of. */
  readonly account: string;
  readonly onFilter: (filter: AuditFilter) => void;
}

/** One change, folded; what was before and after comes out of it. */
export function AuditRow({ entry, account, onFilter }: AuditRowProps): ReactElement {
  const texts = useAuditTexts();
  const [isOpen, setOpen] = useState(false);
  const words: Readonly<Record<string, string>> = texts.actions;
  const action = words[entry.action] ?? entry.action;
  return (
    <li className="border-b border-line last:border-b-0">
      <div className="flex items-center gap-x-3 gap-y-1 px-4 py-2 max-md:flex-wrap">
        <button
          type="button"
          aria-expanded={isOpen}
          className="flex min-w-0 items-center gap-2 text-left"
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight
            aria-hidden
            className={classes('size-4 shrink-0 text-soft transition-transform', isOpen && 'rotate-90')}
          />
          <Badge tone={toneOf(entry.action)}>{action}</Badge>
        </button>
        <Subject entry={entry} account={account} onFilter={onFilter} />
        <span className="ml-auto flex shrink-0 flex-wrap items-center gap-x-3 text-sm text-soft max-md:ml-0 max-md:shrink">
          <Actor entry={entry} onFilter={onFilter} />
          <Time at={entry.at} />
        </span>
      </div>
      {isOpen && (
        <div className="mx-4 mb-3 ml-10 max-md:ml-4">
          <ChangeDetails entry={entry} />
          <p className="mt-2 text-xs text-faint">
            {texts.number({ sequence: entry.sequence })} · {texts.request} <code>{entry.requestId}</code>
          </p>
        </div>
      )}
    </li>
  );
}

function Subject({ entry, account, onFilter }: AuditRowProps): ReactElement {
  const texts = useAuditTexts();
  const isToken = entry.action.startsWith('token.') || entry.action.startsWith('rotation.');
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1 max-md:basis-full">
      {isToken && entry.account === account ? (
        <Link
          to="/a/$account/tokens/$id"
          params={{ account, id: entry.subject }}
          className="min-w-0 truncate text-accent-ink underline underline-offset-2"
        >
          {nameOf(entry)}
        </Link>
      ) : (
        <span className="min-w-0 truncate">{nameOf(entry)}</span>
      )}
      <IconButton
        label={`${texts.onlyThis}: ${entry.subject}`}
        onClick={() => onFilter({ subject: entry.subject })}
      >
        <ListFilter aria-hidden className="size-3.5" />
      </IconButton>
      {entry.account !== account && entry.account !== entry.subject && (
        <span className="shrink-0 text-sm text-soft">{texts.inAccount({ account: entry.account })}</span>
      )}
    </span>
  );
}

function Actor({ entry, onFilter }: Pick<AuditRowProps, 'entry' | 'onFilter'>): ReactElement {
  const texts = useAuditTexts();
  const { actor } = entry;
  const shown = {
    token: () => texts.byToken({ id: `${'id' in actor ? actor.id.slice(0, 9) : ''}…` }),
    member: () => ('person' in actor ? actor.name : ''),
    system: () => texts.bySystem({ name: 'name' in actor ? actor.name : '' }),
  }[actor.kind]();
  const key = actor.kind === 'token' ? actor.id : actor.kind === 'member' ? actor.person : actor.name;
  return (
    <button
      type="button"
      title={texts.onlyBy}
      className="text-left hover:text-ink hover:underline"
      onClick={() => onFilter({ actor: key })}
    >
      {shown}
    </button>
  );
}

/** A name where the record holds one, or else the id. */
function nameOf({ subject, after, before }: AuditEntry): string {
  const { note, email } = { ...before, ...after };
  if (typeof note === 'string' && note !== '') return note;
  return typeof email === 'string' ? email : subject;
}

function toneOf(action: string): Tone {
  if (/revoke|suspend|remove|rotation\.end/.test(action)) return 'danger';
  return /create|add|resume/.test(action) ? 'success' : 'neutral';
}
