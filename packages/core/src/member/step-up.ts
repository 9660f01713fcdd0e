/**
 * Kinds of act before which a member shows password or second factor again: `secrets` makes the text of a secret token,
 * `widening` gives a token more than it had, `bulk` ends many at once, `members` changes who belongs to the account,
 * `security` changes how somebody signs in.
 */
export const STEP_UP_CLASSES = ['secrets', 'widening', 'bulk', 'members', 'security'] as const;
export type StepUpClass = (typeof STEP_UP_CLASSES)[number];

/** For so long it counts, for one session and one class. */
export const STEP_UP_MINUTES = 10;
