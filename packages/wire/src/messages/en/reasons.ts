import { type DenyReason, refusalTable } from '@latchkey/core';

/** Why a request is refused, and what helps; `{scope}` stands for the scope that is lacking. */
export const reasons: Record<DenyReason, { readonly sentence: string; readonly fix: string }> = refusalTable;
