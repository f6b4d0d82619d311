// A problem in a file of the user: where, what and how to mend it.

/** Lines and columns count from 1. */
export interface Diagnostic {
  severity: 'error' | 'warning';
  file: string;
  line: number;
  column: number;
  what: string;
  cure: string;
}
