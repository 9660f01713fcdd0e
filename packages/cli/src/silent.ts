/** The code of a failure that has nothing to say beside its exit code, because the answer itself has said it. */
export const SILENT = 'answered';
