import type { AccountName } from '@latchkey/core';
import type { AuditAction, AuditRow } from '../store/rows.ts';
import type { AuditStore, ChangeStore } from '../store/store.ts';

/** That something of an account was changed: for whoever shows it, not for verifiers. */
export interface ChangeEvent {
  readonly kind: 'token' | 'account' | 'member';
  /** Of the token, the account, the person or the invitation. */
  readonly id: string;
  readonly action: AuditAction;
  /** Of the audit log. */
  readonly sequence: number;
}

export interface ChangeListener {
  /** What is changed from now on is told; some of what was changed a moment ago, too. */
  onReady(): void;
  onChange(event: ChangeEvent): void;
  /** The server stops. */
  onClose(): void;
}

/** Tells the changes of accounts, whichever server made them. Asks the store only while somebody listens. */
export interface ChangeEvents {
  /** Once `onReady` was called. Answers the function that ends it. */
  subscribe(account: AccountName, listener: ChangeListener): () => void;
  close(): void;
}

/** Changes that verifiers do not hear of, and those of other servers, are noticed so late. */
const LOOK_EVERY_MS = 1000;
const PAGE = 500;

export function createChangeEvents({
  store,
  log,
}: {
  readonly store: Pick<AuditStore, 'auditSequence' | 'auditAfter'> & Pick<ChangeStore, 'onCommit'>;
  readonly log: { error(fields: object, message: string): void };
}): ChangeEvents {
  const listeners = new Map<AccountName, Set<ChangeListener>>();
  /** Everything up to it was told; undefined: nobody listens. */
  let told: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let beginning: Promise<void> | undefined;
  let looking = false;
  let again = false;
  const stopHearing = store.onCommit(look);

  function look(): void {
    if (listeners.size === 0) return;
    again = true;
    if (looking) return;
    looking = true;
    lookOn()
      .catch((error: unknown) => log.error({ err: error }, 'changes could not be read for those who listen'))
      .finally(() => {
        looking = false;
        if (again) look();
      });
  }

  async function lookOn(): Promise<void> {
    again = false;
    if (told === undefined) return;
    for (;;) {
      const rows = await store.auditAfter(told, PAGE);
      for (const row of rows) tell(row);
      told = rows.at(-1)?.sequence ?? told;
      if (rows.length < PAGE) return;
    }
  }

  function tell(row: AuditRow): void {
    const event = eventOf(row);
    for (const listener of listeners.get(row.account) ?? []) listener.onChange(event);
  }

  async function begin(): Promise<void> {
    told = await store.auditSequence();
  }

  return {
    subscribe(account, listener) {
      const those = listeners.get(account) ?? new Set();
      listeners.set(account, those.add(listener));
      if (timer === undefined) {
        timer = setInterval(look, LOOK_EVERY_MS);
        timer.unref();
      }
      beginning ??= begin();
      beginning.then(
        () => listener.onReady(),
        (error: unknown) => {
          log.error({ err: error }, 'changes could not be read for those who listen');
          listener.onClose();
        },
      );
      return () => {
        those.delete(listener);
        if (those.size === 0) listeners.delete(account);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        beginning = undefined;
        told = undefined;
      };
    },
    close() {
      stopHearing();
      for (const those of listeners.values()) for (const listener of [...those]) listener.onClose();
    },
  };
}

function eventOf({ action, subject, sequence }: AuditRow): ChangeEvent {
  const [about] = action.split('.');
  const kind =
    about === 'token' || about === 'rotation' ? 'token' : about === 'account' ? 'account' : 'member';
  return { kind, id: subject, action, sequence };
}
