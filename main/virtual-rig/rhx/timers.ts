// Steps of an emulated RHX that come later, all ended together; runs in the virtual RHX.
import type { Disposable } from '../../../common/base/disposable.ts';

export class Timers implements Disposable {
  readonly #timers = new Set<NodeJS.Timeout>();

  later(milliseconds: number, step: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      step();
    }, milliseconds);
    this.#timers.add(timer);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
