// Measured weight changes of layer-5 pairs by pairing rate and lag, which rules for visual cortex are fitted to; analysis process.

export interface FrequencyCondition {
  readonly rateHz: number;
  /** The receiver's spike after the sender's, ms. */
  readonly lagMilliseconds: number;
  /** Mean change and its standard error, as a part of the weight before. */
  readonly change: number;
  readonly standardError: number;
}

const conditions = (lagMilliseconds: number, rows: readonly (readonly [number, number, number])[]) =>
  rows.map(([rateHz, change, standardError]) => ({ rateHz, lagMilliseconds, change, standardError }));

/**
 * Sjöström, Turrigiano & Nelson 2001, Neuron 32:1149, as the ten numbers that Pfister & Gerstner 2006
 * (J. Neurosci. 26:9673) fitted; the numbers agree in several public reproductions of that fit.
 */
export const sjostromFrequencyData: readonly FrequencyCondition[] = [
  ...conditions(10, [
    [0.1, -0.04, 0.05],
    [10, 0.14, 0.1],
    [20, 0.29, 0.14],
    [40, 0.53, 0.11],
    [50, 0.56, 0.26],
  ]),
  ...conditions(-10, [
    [0.1, -0.29, 0.08],
    [10, -0.41, 0.11],
    [20, -0.34, 0.1],
    [40, 0.56, 0.32],
    [50, 0.75, 0.19],
  ]),
];
