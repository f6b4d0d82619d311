// What the sampled synapses of a projection are like: where weights are large, which changed most, what else they keep; simulation process.
import type { SynapsesSample } from '../../common/simulation-protocol/sample-message.ts';

/** Parts of a population in the matrix of weights. */
const parts = 16;
const changedMost = 8;

export interface SampledSynapses {
  readonly senders: Uint32Array;
  readonly receivers: Uint32Array;
  /** Of the populations. */
  readonly neurons: { readonly senders: number; readonly receivers: number };
}

/** @param unit what a weight of 1 mV or 1 nS is in `weights` */
export function weightMatrix({ senders, receivers, neurons }: SampledSynapses, weights: Int32Array, unit: number) {
  const rows = Math.min(parts, neurons.senders);
  const columns = Math.min(parts, neurons.receivers);
  const sums = new Float64Array(rows * columns);
  const counts = new Uint32Array(rows * columns);
  for (const [index, weight] of weights.entries()) {
    const row = Math.floor((senders[index]! * rows) / neurons.senders);
    const column = Math.floor((receivers[index]! * columns) / neurons.receivers);
    sums[row * columns + column]! += weight / unit;
    counts[row * columns + column]!++;
  }
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column): number | null => {
      const at = row * columns + column;
      return counts[at] === 0 ? null : rounded(sums[at]! / counts[at]!);
    }),
  );
}

/** Those that differ most from the beginning, most first; none that has not changed. */
export function mostChanged(
  { senders, receivers }: SampledSynapses,
  initial: Int32Array,
  weights: Int32Array,
  unit: number,
): SynapsesSample['changed'] {
  const change = (index: number) => Math.abs(weights[index]! - initial[index]!);
  const most: number[] = [];
  for (let index = 0; index < weights.length; index++) {
    const least = most.length < changedMost ? 0 : change(most.at(-1)!);
    if (change(index) <= least) continue;
    const rank = most.findIndex((each) => change(each) < change(index));
    most.splice(rank < 0 ? most.length : rank, 0, index);
    if (most.length > changedMost) most.pop();
  }
  return most.map((index) => ({
    sender: senders[index]!,
    receiver: receivers[index]!,
    before: rounded(initial[index]! / unit),
    now: rounded(weights[index]! / unit),
  }));
}

/** @param scale what 1 is in `values` */
export function spreadOf(symbol: string, values: Int32Array, scale: number): SynapsesSample['variables'][number] {
  let [lowest, highest, sum] = [values[0] ?? 0, values[0] ?? 0, 0];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    sum += value;
  }
  const mean = values.length === 0 ? 0 : sum / values.length;
  return { symbol, lowest: rounded(lowest / scale), highest: rounded(highest / scale), mean: rounded(mean / scale) };
}

/** Six digits are more than anybody sees. */
const rounded = (value: number) => Number(value.toPrecision(6));
