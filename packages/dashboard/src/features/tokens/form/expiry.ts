/** How an end is chosen: none, so many days from now, or a date of one's own. */
export type ExpiryChoice = 'never' | '7' | '30' | '90' | '365' | 'date';

export const EXPIRY_CHOICES = [
  'never',
  '7',
  '30',
  '90',
  '365',
  'date',
] as const satisfies readonly ExpiryChoice[];

const DAY_MS = 86_400_000;

/**
 * The end that was chosen, ISO 8601; undefined: none, or no date was given yet.
 * @param now unix milliseconds
 * @param local what the browser's field for date and time holds: `2027-01-31T09:30`, in the reader's zone
 */
export function expiryOf(choice: ExpiryChoice, local: string, now: number): string | undefined {
  if (choice === 'never') return undefined;
  const at = choice === 'date' ? new Date(local) : new Date(now + Number(choice) * DAY_MS);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** What the browser's field for date and time wants to hold for a moment, in the reader's zone. */
export function localMoment(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
