import type { LinkPurpose } from '../store/people-rows.ts';

const HOUR_MS = 3600 * 1000;

/** So long a link lets somebody in. */
export const LINK_LIFE_MS = {
  setup: 24 * HOUR_MS,
  verify: 24 * HOUR_MS,
  reset: HOUR_MS,
} as const satisfies Record<LinkPurpose, number>;

/** So long an invitation can be accepted. */
export const INVITATION_MS = 7 * 24 * HOUR_MS;
