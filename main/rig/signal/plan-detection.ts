// Turns detection parameters into the numbers that a spike kernel works with; runs once per session in the rig thread.
import { assert } from '../../../common/base/assert.ts';
import type { RunningNoisePlan, SpikeKernelPlan } from '../../../native/native-addon.ts';
import { designButterworthBandPass } from './butterworth-band-pass.ts';
import type { DetectionParameters, SignalGeometry } from './spike-detector.ts';

/** Where the running estimate starts; from any other noise it gets there well within the time to readiness. */
const startNoiseMicrovolts = 10;
/** Time constants of the slow and the fast estimate: long against bursts, short against drift. */
const slowSeconds = 3;
const fastSeconds = 0.3;
const readySeconds = 1;
/**
 * Relative pull of a median tracker per unit of step and of relative error in Gaussian noise:
 * 2 × 0.6745 × the density of |y|/σ at its median.
 */
const pullPerStep = 2 * 0.6745 * 0.6356;

/** @returns why these parameters cannot be used on signals of this geometry and how to mend it, or undefined. */
export function detectionProblem(parameters: DetectionParameters, geometry: SignalGeometry): string | undefined {
  const { lowCutoffHz, highCutoffHz, noise } = parameters;
  const nyquistHz = geometry.sampleRateHz / 2;
  if (!(lowCutoffHz > 0 && lowCutoffHz < highCutoffHz)) {
    return `The band from ${lowCutoffHz} Hz to ${highCutoffHz} Hz is empty. Choose lowCutoffHz below highCutoffHz.`;
  }
  if (!(highCutoffHz < nyquistHz)) {
    return `The band ends at ${highCutoffHz} Hz, which a source sampled at ${geometry.sampleRateHz} Hz cannot hold. Choose highCutoffHz below ${nyquistHz} Hz.`;
  }
  if (noise !== 'running' && noise.length !== geometry.channels) {
    return `Fixed noise is given for ${noise.length} channels, but the source has ${geometry.channels}. Give one value per channel or "running".`;
  }
  if (noise !== 'running' && !noise.every((sigma) => sigma > 0 && Number.isFinite(sigma))) {
    return 'Fixed noise holds a value that is not above 0 µV. Give the standard deviation of each channel in µV or "running".';
  }
  return undefined;
}

/** @throws Defect when `detectionProblem` would have found one. */
export function planDetection(parameters: DetectionParameters, geometry: SignalGeometry): SpikeKernelPlan {
  const problem = detectionProblem(parameters, geometry);
  assert(problem === undefined, problem ?? '');
  const { noise } = parameters;
  const { channels, sampleRateHz, microvoltsPerBit } = geometry;
  return {
    channels,
    microvoltsPerBit,
    sections: designButterworthBandPass(
      parameters.filterOrder,
      parameters.lowCutoffHz,
      parameters.highCutoffHz,
      sampleRateHz,
    ),
    thresholdSigmas: parameters.thresholdSigmas,
    refractorySamples: Math.round((parameters.refractoryMilliseconds * sampleRateHz) / 1000),
    initialNoiseMicrovolts:
      noise === 'running' ? new Float64Array(channels).fill(startNoiseMicrovolts) : Float64Array.from(noise),
    runningNoise: noise === 'running' ? planRunningNoise(sampleRateHz, microvoltsPerBit) : undefined,
  };
}

function planRunningNoise(sampleRateHz: number, microvoltsPerBit: number): RunningNoisePlan {
  return {
    startStep: 400 / sampleRateHz,
    stepDecay: 0.5,
    slowStep: 1 / (pullPerStep * slowSeconds * sampleRateHz),
    fastStep: 1 / (pullPerStep * fastSeconds * sampleRateHz),
    changeRatio: 1.5,
    floorMicrovolts: microvoltsPerBit,
    readySamples: Math.round(readySeconds * sampleRateHz),
  };
}
