// An imitated network to look into: potentials that wander and weights that drift apart. Page's development only.
import type { NetworkPicture, PicturedProjection } from '../../common/contract/network-picture.ts';
import type { WeightHistogram } from '../../common/simulation-protocol/network-description.ts';
import { weightBins } from '../../common/simulation-protocol/sample-message.ts';

interface Named {
  name: string;
  firstNeuron: number;
  neurons: number;
}

const binsFrom = 0;
const binsTo = 1;

/** A bell of a relative width of a tenth. @param mean as a share of the bins' range */
function bell(mean: number, share: number): number[] {
  return Array.from({ length: weightBins }, (_, bin) =>
    Math.round(share * 4000 * Math.exp(-(((bin + 0.5) / weightBins - mean) ** 2) / 0.005)),
  );
}

function histogram(counts: number[], mean: number): WeightHistogram {
  return { lowest: binsFrom, highest: binsTo, mean, from: binsFrom, to: binsTo, counts };
}

function projection(name: string, from: number, to: number, mean: number): PicturedProjection {
  return {
    name,
    from,
    to,
    effect: from === 0 ? 'excitatory' : 'inhibitory',
    synapses: 25_000,
    delayMilliseconds: { shortest: 1, longest: from === to ? 4.5 : 1 },
    unit: 'mV',
    hasShortTermPlasticity: false,
    isFrozen: false,
    initialWeights: histogram(bell(mean, 1), mean),
  };
}

/** Weights that grow towards the diagonal. */
function synapses(apart: number): NonNullable<PicturedProjection['synapsesNow']> {
  const matrix = Array.from({ length: 16 }, (_, row) =>
    Array.from({ length: 16 }, (_, column) => 0.4 + apart * (1 - Math.abs(row - column) / 5)),
  );
  const changed = [3, 40, 77].map((sender) => ({ sender, receiver: sender + 2, before: 0.4, now: 0.4 + apart }));
  return { matrix, changed, variables: [{ symbol: 'e', lowest: -apart, highest: 2 * apart, mean: apart / 4 }] };
}

export class FakeNetwork {
  readonly #populations: readonly Named[];
  readonly #potentials: number[][];

  constructor(populations: readonly Named[]) {
    this.#populations = populations;
    this.#potentials = populations.map(() => Array.from({ length: 16 }, () => -62));
  }

  picture(tick: number, electrodes: number): NetworkPicture {
    for (const potentials of this.#potentials) {
      for (const [index, potential] of potentials.entries())
        potentials[index] = potential > -50 ? -65 : potential + 0.2 * (-58 - potential) + 8 * (Math.random() - 0.5);
    }
    const apart = 0.3 * (1 - Math.exp(-tick / 60_000));
    const counts = bell(0.4 - apart, 0.5).map((count, bin) => count + bell(0.4 + apart, 0.5)[bin]!);
    const learning = projection('excitatory-to-excitatory', 0, 0, 0.4);
    return {
      tick,
      electrodes,
      inputs: [{ to: 0, neuronsPerElectrode: 10 }],
      populations: this.#populations.map((population, index) => ({
        ...population,
        model: 'lif',
        restMillivolts: -70,
        thresholdMillivolts: -50,
        potentialsMillivolts: this.#potentials[index]!,
      })),
      projections: [
        {
          ...learning,
          learning: { rule: 'pair-stdp', lowest: 0, highest: 1 },
          weights: { ...histogram(counts, 0.4), initialCounts: learning.initialWeights.counts },
          synapsesNow: synapses(apart),
        },
        projection('excitatory-to-inhibitory', 0, 1, 0.6),
        projection('inhibitory-to-excitatory', 1, 0, 0.7),
      ],
      signals: [{ name: 'reward', kind: 'reward', values: [Math.sin(tick / 3000) / 2], isHeld: false }],
      readouts: [{ name: 'right-output', from: 0, neurons: 20, stimulus: 'right' }],
    };
  }
}
