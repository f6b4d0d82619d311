// Collects what is wrong with an experiment's files, so that all of it is reported at once; used by the main process.
import type { Diagnostic } from '../../common/contract/commands.ts';
import { compareDiagnostics, formatDiagnostic, type Place } from '../../common/experiment/diagnostic.ts';

export class ProblemList {
  /** By their formatted line: a problem that two checks find is reported once. */
  readonly #found = new Map<string, Diagnostic>();

  error(place: Place, what: string, cure: string): void {
    this.#add({ severity: 'error', ...place, what, cure });
  }

  warning(place: Place, what: string, cure: string): void {
    this.#add({ severity: 'warning', ...place, what, cure });
  }

  get hasErrors(): boolean {
    return [...this.#found.values()].some(({ severity }) => severity === 'error');
  }

  /** All problems, ordered by file and position. */
  sorted(): Diagnostic[] {
    return [...this.#found.values()].sort(compareDiagnostics);
  }

  #add(diagnostic: Diagnostic): void {
    const line = formatDiagnostic(diagnostic);
    if (!this.#found.has(line)) this.#found.set(line, diagnostic);
  }
}
