// The limits that a section of a file gives, with their declarations; used in every process.
import type { LimitDeclaration } from './limit-declaration.ts';

export interface GivenLimit<Name extends string = string> {
  readonly name: Name;
  readonly declaration: LimitDeclaration;
  /** In the unit of the file. */
  readonly value: number;
}

/** @param section numbers by the file's keys; other keys are passed over. @returns in the order of the table. */
export function givenLimits<T extends Readonly<Record<string, LimitDeclaration>>>(
  table: T,
  section: object,
): GivenLimit<keyof T & string>[] {
  const found = new Map<string, unknown>(Object.entries(section));
  return Object.entries(table).flatMap(([name, declaration]) => {
    const value = found.get(declaration.fileKey);
    return typeof value === 'number' ? [{ name, declaration, value }] : [];
  });
}
