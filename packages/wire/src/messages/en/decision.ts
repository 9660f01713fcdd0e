import { explain } from './explain.ts';
import { reasons } from './reasons.ts';

/** Of a decision: its reasons and its checks, without the rest of what the command says. */
export const decision = { reasons, checks: explain.check };
