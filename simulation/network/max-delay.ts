// How long the spikes of a population must be kept; simulation process.
import type { CompiledNetwork } from './compiled-network.ts';

/** @returns the longest delay with which spikes of the population arrive anywhere, at least 1. */
export function maxDelaySteps({ projections }: Pick<CompiledNetwork, 'projections'>, population: number): number {
  const delays = projections.filter(({ from }) => from === population).map(({ delaySteps }) => delaySteps);
  return Math.max(1, ...delays);
}
