// An adaptive exponential neuron whose spikes have a shape and an afterdepolarisation, for rules that read the membrane potential; analysis process.

/** Layer-5 pyramidal cell of Clopath et al. 2010 (pF, nS, mV, ms, pA). */
const cell = {
  capacitance: 281,
  leak: 30,
  rest: -70.6,
  sharpness: 2,
  restingThreshold: -50.4,
  highestThreshold: -30.4,
  thresholdTime: 50,
  adaptationTime: 144,
  adaptationConductance: 4,
  adaptationJump: 80.5,
  afterdepolarisation: 400,
  afterdepolarisationTime: 40,
  peak: 29.4,
  afterSpike: -49.5,
} as const;

/**
 * A spike is at its peak for one step, as in the simulated population.
 * @param firings times in ms at which a strong current pulse makes the cell fire
 * @returns the membrane potential in mV at each step, by Euler's method.
 */
export function membranePotential(firings: readonly number[], milliseconds: number, step: number): Float64Array {
  const pulses = new Set(firings.map((time) => Math.round(time / step)));
  let [u, adaptation, after, threshold] = [cell.rest as number, 0, 0, cell.restingThreshold as number];
  return Float64Array.from({ length: Math.round(milliseconds / step) }, (_, index) => {
    if (pulses.has(index)) {
      u = cell.afterSpike;
      adaptation += cell.adaptationJump;
      after = cell.afterdepolarisation;
      threshold = cell.highestThreshold;
      return cell.peak;
    }
    const now = u;
    const exponential = cell.leak * cell.sharpness * Math.exp((u - threshold) / cell.sharpness);
    const current = -cell.leak * (u - cell.rest) + exponential - adaptation + after;
    u += (step * current) / cell.capacitance;
    adaptation += (step * (cell.adaptationConductance * (u - cell.rest) - adaptation)) / cell.adaptationTime;
    after -= (step * after) / cell.afterdepolarisationTime;
    threshold -= (step * (threshold - cell.restingThreshold)) / cell.thresholdTime;
    return now;
  });
}
