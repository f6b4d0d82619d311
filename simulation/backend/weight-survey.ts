// The weights of a projection that learns as they were summed last, part after part in turn; simulation process.
import type { CompiledNetwork, SynapseRows } from '../network/compiled-network.ts';
import { surveyPartsOf } from '../network/survey-parts.ts';
import { arrayName, type NetworkState } from './network-state.ts';

/** Two words for each part, the lower first: what a sum has beyond 32 bits is in the second. */
const wordsOfSum = 2;
const wordUnit = 2 ** 32;

/**
 * In tick n, after its last step, part n modulo their number is summed anew; a sum is that of all parts as they were summed last. All are
 * summed when a network is built.
 */
export class WeightSurvey {
  /** The sums of all parts, which go on in a saved state. */
  readonly sums: Int32Array;
  /** First synapse of each part, then the number of synapses. */
  readonly #starts: Uint32Array;

  constructor(rows: SynapseRows) {
    this.#starts = surveyPartsOf(rows).map((sender) => rows.rowStart[sender]!);
    this.sums = new Int32Array(wordsOfSum * (this.#starts.length - 1));
    this.sumAll(rows.weights);
  }

  /** @returns the synapses that are summed after a tick: the first, and the one after the last. */
  rangeOf(tick: number): readonly [first: number, end: number] {
    const part = this.#partOf(tick);
    return [this.#starts[part]!, this.#starts[part + 1]!];
  }

  /** @param sum of the weights in the range of a tick: two words, the lower first */
  note(tick: number, low: number, high: number): void {
    const at = wordsOfSum * this.#partOf(tick);
    this.sums[at] = low;
    this.sums[at + 1] = high;
  }

  /** Sums the part of a tick. @param weights of all synapses */
  survey(tick: number, weights: Int32Array): void {
    const [first, end] = this.rangeOf(tick);
    let sum = 0;
    for (let synapse = first; synapse < end; synapse++) sum += weights[synapse]!;
    this.note(tick, sum | 0, Math.floor(sum / wordUnit));
  }

  /** Of a state that does not say what was summed last. */
  sumAll(weights: Int32Array): void {
    for (let part = 0; part + 1 < this.#starts.length; part++) this.survey(part, weights);
  }

  /** @returns the sum of all weights, each as it was when its part was summed last. */
  total(): number {
    let sum = 0;
    for (let at = 0; at < this.sums.length; at += wordsOfSum)
      sum += this.sums[at + 1]! * wordUnit + (this.sums[at]! >>> 0);
    return sum;
  }

  #partOf(tick: number): number {
    return tick % (this.#starts.length - 1);
  }
}

/** @returns the name of the sums of a projection in a state. */
export const surveyName = (projection: number) => arrayName('projection', projection, 'surveyedWeights');

/** @returns a state that says what was summed last: where it does not, because weights were set, all of them are summed. */
export function withSurveys({ projections }: CompiledNetwork, state: NetworkState): NetworkState {
  const arrays = { ...state.arrays };
  for (const [index, projection] of projections.entries()) {
    const weights = arrays[arrayName('projection', index, 'weights')];
    if (projection.rule === undefined || weights?.length !== projection.targets.length) continue;
    arrays[surveyName(index)] ??= new WeightSurvey({ ...projection, weights }).sums;
  }
  return { ...state, arrays };
}

/** @returns the arrays of a state whose weights were set in some projections: what was summed of them before says nothing. */
export function withoutSurveys(
  arrays: NetworkState['arrays'],
  projections: readonly number[],
): Record<string, Int32Array> {
  const names = projections.map(surveyName);
  return Object.fromEntries(Object.entries(arrays).filter(([name]) => !names.includes(name)));
}
