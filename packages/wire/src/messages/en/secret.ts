/** Secrets are shown once; these go with them. */
export const secret = {
  shownOnce:
    'This is the only time that it is shown. Keep it somewhere safe: whoever has it can do what it can.',
  inFile: (p: { file: string }) => `in ${p.file}, readable by you alone`,
  fileExists: (p: { file: string }) => `${p.file} exists already, and is not overwritten.`,
  fileExistsFix: 'Name another file with --out, or move that one away.',
  fileUnwritable: (p: { file: string; problem: string }) => `${p.file} cannot be written: ${p.problem}.`,
  fileUnwritableFix: 'Name a file in a folder that you may write to. Nothing was made.',
  fileFailed: (p: { file: string; problem: string }) =>
    `${p.file} could not be written after all (${p.problem}), so here it is instead:`,
};
