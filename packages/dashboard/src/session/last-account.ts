import type { Session } from '@latchkey/wire/native';

const KEY = 'latchkey.account';

export function rememberAccount(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Storage is forbidden here: the next visit begins with the first account.
  }
}

/** The account that was open last in this browser, where the person still belongs to it, or else the first. */
export function lastAccount(accounts: Session['accounts']): Session['accounts'][number] | undefined {
  return accounts.find(({ name }) => name === rememberedName()) ?? accounts[0];
}

function rememberedName(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}
