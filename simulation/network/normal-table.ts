// Quantiles of the normal distribution in whole numbers, for the noise of neurons; simulation process.
import { quantileTable } from './random.ts';

/** In Q16, for a sum of two: their variances add up to 1. */
export const normalTable = Int32Array.from(quantileTable, (quantile) => Math.round(quantile * Math.SQRT1_2 * 0x10000));
