// What a language must be able to say so that kernels can be written out in it; build time only.
import type { BoolOperator, IntOperator } from './expression.ts';

/** Each function turns parts that are written already into text that stands for itself in any expression. */
export interface Language {
  constant(value: number): string;
  int(operator: IntOperator, left: string, right: string): string;
  compare(operator: BoolOperator, left: string, right: string): string;
  bool(operator: '&&' | '||', left: string, right: string): string;
  not(of: string): string;
  select(condition: string, yes: string, no: string): string;
  lookup(table: string, index: string): string;
  call(name: string, parameters: readonly string[]): string;
  /** A statement that names a value. */
  intNamed(name: string, value: string): string;
  boolNamed(name: string, value: string): string;
  /** A whole function of whole numbers. */
  function(name: string, parameters: readonly string[], statements: readonly string[], result: string): string;
}
