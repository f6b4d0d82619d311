// What the analysis program cannot do for a reason that the user can mend; analysis process.

/** Bad or missing input, or a file that cannot be written. The message says what and where. */
export class AnalysisFailure extends Error {
  override readonly name = 'AnalysisFailure';
  /** How to mend it. */
  readonly cure: string;

  constructor(what: string, cure: string, options?: ErrorOptions) {
    super(what, options);
    this.cure = cure;
  }
}

/** Code of a failed system call ("ENOENT"); undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
