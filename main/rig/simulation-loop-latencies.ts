// Latencies of every tick of the loop between rig and simulation, none left out; bench thread.
import { percentile } from '../../common/base/percentile.ts';
import type { SimulationLoopLatency } from '../../common/bench/simulation-loop.ts';

const lateMilliseconds = 1;

/** A tick that waits for an earlier answer is answered together with the next one that is sent: it counts from when it was due itself. */
export class SimulationLoopLatencies {
  readonly #latencies: Float64Array;
  readonly #computed: number[] = [];
  readonly #warmUpTicks: number;
  #answered = 0;

  constructor(warmUpTicks: number, ticks: number) {
    this.#warmUpTicks = warmUpTicks;
    this.#latencies = new Float64Array(ticks);
  }

  /** First tick without an answer. */
  get next(): number {
    return this.#answered;
  }

  get isComplete(): boolean {
    return this.#answered >= this.#warmUpTicks + this.#latencies.length;
  }

  /** @param tick newest of the ticks that are answered at `nowNs` @param dueNs when a tick was due */
  answer(tick: number, nowNs: number, computeNs: number, dueNs: (tick: number) => number): void {
    for (; this.#answered <= tick; this.#answered++) {
      const index = this.#answered - this.#warmUpTicks;
      if (index >= 0 && index < this.#latencies.length) this.#latencies[index] = (nowNs - dueNs(this.#answered)) / 1e6;
    }
    if (tick >= this.#warmUpTicks) this.#computed.push(computeNs / 1e6);
  }

  summary(): SimulationLoopLatency {
    const sorted = this.#latencies.toSorted();
    const computed = Float64Array.from(this.#computed).sort();
    const late = sorted.length - sorted.findLastIndex((latency) => latency <= lateMilliseconds) - 1;
    return {
      ticks: sorted.length,
      p50: percentile(sorted, 0.5),
      p99: percentile(sorted, 0.99),
      p999: percentile(sorted, 0.999),
      max: percentile(sorted, 1),
      lateShare: late / sorted.length,
      computeP50: percentile(computed, 0.5),
      computeP99: percentile(computed, 0.99),
    };
  }
}
