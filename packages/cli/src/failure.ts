import type { ExitName } from './exit-code.ts';

/** What a failed command tells: a sentence, what to do about it, and for scripts an exit code and a stable `code`. */
export interface FailureReport {
  readonly exit: ExitName;
  /** Stable and untranslated: `connection_refused`, `insufficient_scope`. */
  readonly code: string;
  readonly message: string;
  readonly fix?: string | undefined;
  /** The option, argument or field at fault. */
  readonly field?: string | undefined;
  /** Where there are several, each as one line. */
  readonly problems?: readonly string[];
  readonly requestId?: string | undefined;
}

/** Ends a command. Thrown anywhere below a command's action and shown in one place. */
export class Failure extends Error {
  readonly report: FailureReport;

  constructor(report: FailureReport, cause?: unknown) {
    super(report.message, { cause });
    this.name = 'Failure';
    this.report = report;
  }
}
