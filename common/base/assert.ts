// Defects: conditions that only our own mistake can break; used in every process.

/** Thrown when the program itself is wrong. Never thrown for input, hardware or the operating system. */
export class Defect extends Error {
  override readonly name = 'Defect';
}

/** @throws Defect when `condition` is false. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Defect(message);
}

/** Marks a branch that the type checker proves unreachable. @throws Defect when it is reached all the same. */
export function assertNever(value: never, message = 'unexpected value'): never {
  throw new Defect(`${message}: ${String(value)}`);
}
