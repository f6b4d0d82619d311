// What is wrong with an audit log or a session, and where; used in every process.

export interface AuditProblem {
  /** File and line, file and byte, or file and record. */
  readonly where: string;
  readonly what: string;
  readonly cure: string;
}
