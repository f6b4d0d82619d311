// Where the neurons of a population stand; used where networks are checked and where they are built.
import type { Population } from './population.ts';

export interface Sheet {
  readonly neurons: number;
  readonly widthMicrometres: number;
  readonly heightMicrometres: number;
}

/** @returns x and y of neuron n at 2n and 2n + 1, in µm from the centre: a grid as square as it can be, row by row. */
export function positionsOn({ neurons, widthMicrometres, heightMicrometres }: Sheet): Float64Array {
  const columns = Math.min(
    neurons,
    Math.max(1, Math.round(Math.sqrt((neurons * widthMicrometres) / heightMicrometres))),
  );
  const rows = Math.ceil(neurons / columns);
  const positions = new Float64Array(2 * neurons);
  for (let neuron = 0; neuron < neurons; neuron++) {
    positions[2 * neuron] = (((neuron % columns) + 0.5) / columns - 0.5) * widthMicrometres;
    positions[2 * neuron + 1] = ((Math.floor(neuron / columns) + 0.5) / rows - 0.5) * heightMicrometres;
  }
  return positions;
}

/** @returns undefined for a population without a sheet. */
export function sheetOf({ neurons, sheet }: Population): Sheet | undefined {
  return sheet && { neurons, ...sheet };
}
