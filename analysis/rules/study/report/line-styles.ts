// Colours and dashes that tell lines apart, for colour-blind readers too (Okabe & Ito 2008); analysis process.

export interface LineStyle {
  readonly colour: string;
  /** Undefined: a line without gaps. */
  readonly dashes: string | undefined;
}

const colours = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000'];
const dashes = [undefined, '6 3', '2 2', '8 3 2 3'];

/** @returns the same style for the same index: all colours without gaps first, then all of them dashed. */
export function lineStyle(index: number): LineStyle {
  return {
    colour: colours[index % colours.length]!,
    dashes: dashes[Math.floor(index / colours.length) % dashes.length],
  };
}
