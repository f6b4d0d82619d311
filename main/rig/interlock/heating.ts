// How much stimulation warms tissue, to the order of magnitude: all electrodes as one point source, seen 1 mm away. Rig thread; pure.
import { chargeFemtocoulombs } from './check-pulse.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/**
 * Over which power is averaged. Heat diffuses over 1 mm in r²/D ≈ 7 s (D ≈ 0.14 mm²/s): what is shorter the tissue there averages itself,
 * and what lasts longer comes near the steady state that the prediction is of.
 */
export const heatingSeconds = 10;

const metresAway = 0.001;
/** κ of tissue, W/(m·K). */
const conductivity = 0.5;

/** Energy within the window that makes a steady rise of 1 mK: ΔT = P / (4πκr), as of a point source in a medium without end. */
export const picojoulesPerMillikelvin = 4 * Math.PI * conductivity * metresAway * heatingSeconds * 1e9;

/**
 * Energy of both phases, I²·R·2t, in whole pJ, so that sums are exact; never less than the truth. Ω, mV and pJ are rounded up, and fC × mV
 * are whole aJ, exact up to 9 mJ.
 * @param impedanceOhms at 1 kHz; NaN, not known, has an energy of NaN.
 */
export function pulsePicojoules(request: StimulusRequest, impedanceOhms: number): number {
  const millivolts = Math.ceil((request.amplitudeNanoamps * Math.ceil(impedanceOhms)) / 1e6);
  return Math.ceil((2 * chargeFemtocoulombs(request) * millivolts) / 1e6);
}

/** @param picojoules of all electrodes within the window. @returns the rise, mK. */
export function temperatureRiseMillikelvins(picojoules: number): number {
  return picojoules / picojoulesPerMillikelvin;
}
