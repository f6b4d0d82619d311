// Words and order of the problems found in input files; used in every process.
import type { Diagnostic } from '../contract/commands.ts';

/** A position in a text file; lines and columns count from 1. The path is as the person, or the file that refers to it, gives it. */
export type Place = Pick<Diagnostic, 'file' | 'line' | 'column'>;

/** @returns one line in the form that editors and terminals turn into a link: `path:line:column: error: what. cure.` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, severity, what, cure } = diagnostic;
  return `${file}:${line}:${column}: ${severity}: ${what}. ${cure}${cure.endsWith('?') ? '' : '.'}`;
}

/** Orders by file, then line, then column. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
