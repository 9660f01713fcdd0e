import type { decision as english } from '../en/decision.ts';
import type { Translated } from '../translated.ts';
import { explain } from './explain.ts';
import { reasons } from './reasons.ts';

export const decision = { reasons, checks: explain.check } satisfies Translated<typeof english>;
