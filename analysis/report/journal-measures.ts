// What a report shows of a journal that no summary holds: how latencies are distributed, and weights over time; analysis process.
import type { RecordVisitor, SimulationHeader, TickRecord } from '../journal/record-visitor.ts';
import { tickLatencyNs } from '../summary/stage-latencies.ts';

/** Bins of latencies: this many of the same ratio to one power of ten, from 1 µs on. */
const binsPerDecade = 20;
const fromMilliseconds = 1e-3;
const decades = 7;

/** Points of a line of weights, at most: what lies between two of them is averaged. */
const weightsMax = 2000;

export class JournalMeasures implements RecordVisitor {
  readonly #latencies = new Uint32Array(binsPerDecade * decades);
  readonly #weights: { tick: number; millivolts: number }[] = [];
  /** Results that one point stands for; doubles whenever there are too many points. */
  #perPoint = 1;
  #sum = 0;
  #summed = 0;

  tick(tick: TickRecord, endNs: number): void {
    const milliseconds = Math.max(tickLatencyNs(tick, endNs) / 1e6, fromMilliseconds);
    const bin = Math.floor(Math.log10(milliseconds / fromMilliseconds) * binsPerDecade);
    this.#latencies[Math.min(bin, this.#latencies.length - 1)]!++;
  }

  simulation({ tick, meanPlasticWeightMillivolts }: SimulationHeader): void {
    this.#sum += meanPlasticWeightMillivolts;
    if (++this.#summed < this.#perPoint) return;
    this.#weights.push({ tick, millivolts: this.#sum / this.#summed });
    this.#sum = this.#summed = 0;
    if (this.#weights.length < weightsMax) return;
    const halved = this.#weights.splice(0);
    for (let point = 0; point + 1 < halved.length; point += 2) {
      const [one, two] = [halved[point]!, halved[point + 1]!];
      this.#weights.push({ tick: two.tick, millivolts: (one.millivolts + two.millivolts) / 2 });
    }
    this.#perPoint *= 2;
  }

  /** Ticks per bin, from the first that has one to the last. `edgesMilliseconds` has one more. */
  get latencies(): { edgesMilliseconds: number[]; ticks: number[] } {
    const first = this.#latencies.findIndex((ticks) => ticks > 0);
    const last = this.#latencies.findLastIndex((ticks) => ticks > 0);
    const ticks = first < 0 ? [] : [...this.#latencies.subarray(first, last + 1)];
    const edge = (bin: number) => fromMilliseconds * 10 ** (bin / binsPerDecade);
    return { edgesMilliseconds: ticks.length === 0 ? [] : [...ticks, 0].map((_, bin) => edge(first + bin)), ticks };
  }

  /** Mean plastic weight, mV, after each of some ticks. */
  get meanWeights(): readonly { tick: number; millivolts: number }[] {
    return this.#weights;
  }
}
