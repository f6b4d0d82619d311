// Time that passes only when something is due: one queue of events for all that takes part in a simulation.
import { type Disposable, toDisposable } from '../../common/base/disposable.ts';

interface Due {
  atNs: number;
  order: number;
  act: () => void;
  isCancelled: boolean;
}

/** Events in order of their time; those of the same time in the order in which they were asked for. */
export class VirtualTime {
  #nowNs: number;
  #order = 0;
  /** A binary heap. */
  readonly #due: Due[] = [];

  constructor(startNs: number) {
    this.#nowNs = startNs;
  }

  get nowNs(): number {
    return this.#nowNs;
  }

  at(atNs: number, act: () => void): Disposable {
    const due: Due = { atNs: Math.max(atNs, this.#nowNs), order: this.#order++, act, isCancelled: false };
    this.#push(due);
    return toDisposable(() => void (due.isCancelled = true));
  }

  /** Lets everything happen until `endNs`; promises are settled between two events. */
  async runUntil(endNs: number): Promise<void> {
    for (let next = this.#due[0]; next !== undefined && next.atNs <= endNs; next = this.#due[0]) {
      this.#pop();
      if (next.isCancelled) continue;
      this.#nowNs = next.atNs;
      next.act();
      await undefined;
      await undefined;
    }
    this.#nowNs = endNs;
  }

  #isBefore(a: Due, b: Due): boolean {
    return a.atNs < b.atNs || (a.atNs === b.atNs && a.order < b.order);
  }

  #push(due: Due): void {
    const heap = this.#due;
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(due, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = due;
  }

  #pop(): void {
    const heap = this.#due;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}
