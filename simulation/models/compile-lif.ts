// Turns the parameters of leaky integrate-and-fire neurons into whole numbers; simulation process.
import type { LifPopulation } from '../../common/experiment/network-model.ts';
import { shareOf, toQ16 } from '../kernel/share-of.ts';
import type { CompiledNeurons } from './compiled-neurons.ts';
import { lif, type LifParameter } from './lif.ts';

/**
 * The refractory time is rounded to whole steps; noise has the given stationary standard deviation below threshold.
 * @param stepMilliseconds length of a step
 */
export function compileLif(model: LifPopulation, stepMilliseconds: number): CompiledNeurons {
  const membrane = model.membraneTimeConstantMilliseconds;
  const synaptic = model.synapticTimeConstantMilliseconds;
  const leak = shareOf(-Math.expm1(-stepMilliseconds / membrane));
  const driveLoss = shareOf(-Math.expm1(-stepMilliseconds / synaptic));
  const gain = shareOf(
    Math.min(1, responseAt(stepMilliseconds, membrane, synaptic) / peakResponse(membrane, synaptic)),
  );
  const values: Record<LifParameter, number> = {
    bias: toQ16(model.biasMillivolts),
    threshold: toQ16(model.thresholdMillivolts - model.restMillivolts),
    reset: toQ16(model.resetMillivolts - model.restMillivolts),
    refractorySteps: Math.round(model.refractoryMilliseconds / stepMilliseconds),
    leakMantissa: leak.mantissa,
    leakShift: leak.shift,
    driveLossMantissa: driveLoss.mantissa,
    driveLossShift: driveLoss.shift,
    gainMantissa: gain.mantissa,
    gainShift: gain.shift,
    noise: toQ16(model.noiseMillivolts * Math.sqrt(-Math.expm1((-2 * stepMilliseconds) / membrane))),
  };
  return {
    kernel: model.noiseMillivolts > 0 ? 'noisyLif' : 'lif',
    stateVariables: lif.state.length,
    receptors: lif.receptors.length,
    parameters: Int32Array.from(lif.parameters, (name) => values[name]),
  };
}

/** Potential a time after a current of 1 mV began to decay from rest. */
function responseAt(milliseconds: number, membrane: number, synaptic: number): number {
  const difference = milliseconds / membrane - milliseconds / synaptic;
  const ratio = difference === 0 ? 1 : Math.expm1(difference) / difference;
  return (milliseconds / membrane) * Math.exp(-milliseconds / membrane) * ratio;
}

/** The highest of these potentials: r^(1/(1−r)) with r = τs/τm, which is 1/e for r = 1. */
function peakResponse(membrane: number, synaptic: number): number {
  const excess = (synaptic - membrane) / membrane;
  return Math.exp(excess === 0 ? -1 : Math.log1p(excess) / -excess);
}
