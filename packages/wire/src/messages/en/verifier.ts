/** Verifiers and receipts, as the command shows them. */
export const verifier = {
  name: 'name',
  state: 'state',
  since: 'since / until',
  revision: 'revision',
  rejected: 'unread records',
  version: 'version',
  stateOf: {
    applied: 'up to date',
    pending: 'behind',
    unreachable: 'unreachable, serves until',
    expired: 'expired, refuses since',
  },
  noneYet: 'No verifier has connected yet.',
  rejectedRecord: (p: { name: string; revision: string; id: string; reason: string }) =>
    `${p.name} could not read revision ${p.revision} (${p.id}): ${p.reason}`,
  alarm: (p: { at: string; revived: number }) =>
    `${p.at}: the database went back in time; ${p.revived} revoked tokens had come back and were revoked again.`,
  progressOf: {
    applied: (p: { name: string }) => `${p.name}: applied`,
    pending: (p: { name: string }) => `${p.name}: connected, not yet`,
    unreachable: (p: { name: string; time: string }) =>
      `${p.name}: unreachable, may serve it until ${p.time}`,
    expired: (p: { name: string; time: string }) => `${p.name}: expired, refuses everything since ${p.time}`,
  },
  complete: 'Every verifier has it.',
  incomplete: (p: { pending: number; seconds: number }) =>
    `${p.pending} verifiers may still decide without it after ${p.seconds} s.`,
  incompleteFix: (p: { revision: number }) =>
    `Ask again later: latchkey verifiers, or GET /v1/receipts/${p.revision} (both need verifiers:read).`,
};
