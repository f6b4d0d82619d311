// What of a session can be drawn over time beside another one: rates, mean weight, deliveries, latency, in bins; pure; used in the page.
import type { ReviewDescription } from '../../../common/contract/review.ts';
import type { CountBins } from '../../../common/figures/review/count-bins.ts';

export interface CourseLine {
  /** The same for the same quantity in every session. */
  key: string;
  name: string;
  unit: string;
  /** One for each bin; NaN where nothing is known or there is nothing. */
  values: Float64Array;
  /** Least and greatest in a bin, where the values are means. */
  lows?: Float32Array;
  highs?: Float32Array;
}

const inputPrefix = 'input ';
/** Rising edges of a digital input. */
export const inputKey = (name: string) => `${inputPrefix}${name}`;
export const isInputKey = (key: string) => key.startsWith(inputPrefix);
export const populationKey = (name: string) => `population ${name}`;

/** Keys in the order in which their lanes lie. @param descriptions of the sessions that are drawn */
export function courseKeys(descriptions: readonly ReviewDescription[]): string[] {
  const populations = descriptions.flatMap((each) => each.populations.map(({ name }) => populationKey(name)));
  const isLearning = descriptions.some(({ plasticSynapses }) => plasticSynapses > 0);
  const inputs = descriptions.flatMap((each) => each.digitalInputs.map(({ name }) => inputKey(name)));
  return [
    ...new Set(['tissue', ...populations, ...(isLearning ? ['weight'] : []), 'deliveries', 'latency', ...inputs]),
  ];
}

/** @param bins counted for as many populations as the session has */
export function courseLines(description: ReviewDescription, bins: CountBins): CourseLine[] {
  const { channels, populations, digitalInputs, plasticSynapses, sampleRateHz, samples } = description;
  /** Of a bin, as far as the session goes; NaN beyond it. */
  const seconds = Float64Array.from({ length: bins.bins }, (_, bin) => {
    const from = bins.fromSample + bin * bins.samplesPerBin;
    const within = Math.min(from + bins.samplesPerBin, samples) - Math.max(0, from);
    return bins.isKnown[bin] === 1 && within > 0 ? within / sampleRateHz : NaN;
  });
  const perSecond = (counts: Float64Array, sources: number) =>
    counts.map((count, bin) => count / sources / seconds[bin]!);
  const mean = (sums: Float64Array, counts: Float64Array) =>
    sums.map((sum, bin) => (counts[bin]! > 0 ? sum / counts[bin]! : NaN));
  const lines: CourseLine[] = [
    { key: 'tissue', name: 'Tissue', unit: 'Hz', values: perSecond(bins.spikes, channels) },
    ...populations.map(({ name, neurons }, population) => ({
      key: populationKey(name),
      name,
      unit: 'Hz',
      values: perSecond(bins.populations[population]!, neurons),
    })),
  ];
  if (plasticSynapses > 0)
    lines.push({ key: 'weight', name: 'Mean weight', unit: 'mV', values: mean(bins.summedWeight, bins.results) });
  lines.push(
    { key: 'deliveries', name: 'Deliveries', unit: '/s', values: perSecond(bins.delivered, 1) },
    {
      key: 'latency',
      name: 'Loop latency',
      unit: 'ms',
      values: mean(bins.summedLatency, bins.ticks),
      lows: bins.lowestLatency,
      highs: bins.highestLatency,
    },
    ...digitalInputs.map(({ name }, input) => ({
      key: inputKey(name),
      name: `${name}, rising`,
      unit: '/s',
      values: perSecond(bins.rises[input]!, 1),
    })),
  );
  return lines;
}
