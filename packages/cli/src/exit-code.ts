/** What the command's exit code tells a script. The numbers are promised: docs/cli.md and `latchkey help exit-codes` list them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  unauthorised: 4,
  notFound: 5,
  unavailable: 6,
  negative: 7,
  cancelled: 8,
} as const;

export type ExitName = keyof typeof exitCodes;
