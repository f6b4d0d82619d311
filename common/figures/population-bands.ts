// Where the populations of a raster stand, one band each; pure; used in the page and in reports.

export interface Population {
  name: string;
  firstNeuron: number;
  neurons: number;
}

/** Where a population stands: fractions of the height from the top. */
export interface PopulationBand {
  population: Population;
  top: number;
  height: number;
}

/** No band is thinner than this share of an equal division, however few its neurons. */
const leastShare = 0.7;
/** Between two bands. */
export const bandGapShare = 0.012;
/** Stands for a neuron of no population. */
const noBand = 255;

/** Bands from top to bottom by number of neurons, small populations widened so that they can be seen. */
export function layOutPopulations(populations: readonly Population[]): PopulationBand[] {
  const total = populations.reduce((sum, { neurons }) => sum + neurons, 0);
  const least = leastShare / Math.max(1, populations.length);
  const shares = populations.map(({ neurons }) => Math.max(neurons / Math.max(1, total), least));
  const sum = shares.reduce((all, share) => all + share, 0);
  const room = 1 - bandGapShare * (populations.length - 1);
  let top = 0;
  return populations.map((population, index) => {
    const height = (shares[index]! / sum) * room;
    const band = { population, top, height };
    top += height + bandGapShare;
    return band;
  });
}

/** Index of the band of each neuron. */
export function bandsOfNeurons(populations: readonly Population[]): Uint8Array<ArrayBuffer> {
  const neurons = Math.max(0, ...populations.map((one) => one.firstNeuron + one.neurons));
  const bands = new Uint8Array(neurons).fill(noBand);
  populations.forEach((one, index) => bands.fill(index, one.firstNeuron, one.firstNeuron + one.neurons));
  return bands;
}

/** Where a neuron's row has its middle: a fraction of the height from the top. */
export function rowOfNeuron({ population, top, height }: PopulationBand, neuron: number): number {
  return top + ((neuron - population.firstNeuron + 0.5) * height) / population.neurons;
}
