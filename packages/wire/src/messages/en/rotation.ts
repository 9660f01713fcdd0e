/** Replacing tokens, as the command shows it. */
export const rotation = {
  old: 'old token',
  successor: 'successor',
  started: 'begun',
  retiresAt: 'retired on',
  retired: 'retired',
  untilQuiet: 'retired once quiet',
  untilQuietFor: (p: { duration: string; time: string }) =>
    `when nobody has used it for ${p.duration}; not before ${p.time}`,
  waitsFor: 'waits for',
  waitsForUse: (p: { time: string }) => `it was used, last at ${p.time}`,
  waitsForVerifiers: (p: { count: number; time: string }) =>
    `${p.count} verifiers that have not reported its use; at the latest until ${p.time}`,
  waitsForExpired: 'the successor has expired: change its expiry, or undo',
  lastUsed: 'old one last used',
  lastUsedNever: 'never, as far as verifiers have reported',
  usedByTitle: 'Who has used the old token since:',
  usedByNobody: 'Nobody has used the old token since, as far as verifiers have reported.',
  service: 'service',
  origin: 'web site',
  client: 'client',
  address: 'address',
  lastSeen: 'last',
  next: (p: { old: string }) =>
    `Put the new token where the old one is used, then see who still uses that: latchkey token rotate status ${p.old}`,
  retiredNow: (p: { old: string }) => `${p.old} is refused from now on.`,
  confirmAtOnce: (p: { id: string; note: string }) =>
    `Replace token ${p.id}${p.note === '' ? '' : ` (${p.note})`} without a grace time? It stops working at once and cannot come back.`,
  confirmUndo: (p: { old: string; successor: string }) =>
    `Undo? ${p.old} stays, and its successor ${p.successor} stops working for good.`,
  undone: (p: { old: string; successor: string }) => `${p.old} stays. ${p.successor} was revoked.`,
  undoneKept: (p: { old: string; successor: string }) => `${p.old} stays, and so does ${p.successor}.`,
  changed: (p: { old: string }) => `Changed when ${p.old} is retired.`,
  needsTerm: 'Say when the old token is to be retired: --grace or --until-quiet.',
};
