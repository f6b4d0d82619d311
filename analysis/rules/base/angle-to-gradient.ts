// The angle between what a rule changes and what would lower the cost fastest, as studies show it; analysis process.
import { angleDegrees, norm } from './vectors.ts';

/** A gradient or change below this has no direction but that of rounding. */
const least = 1e-9;

/**
 * @param change of a layer's weights. @param downhill minus the gradient of the cost by them
 * @returns degrees; null for a layer that does not change, or need not
 */
export const angleToGradient = (change: Float64Array, downhill: Float64Array): number | null =>
  norm(change) > least && norm(downhill) > least ? angleDegrees(change, downhill) : null;
