// Turns the parameters of integrate-and-fire neurons into whole numbers; simulation process.
import type { PopulationOf } from '../../common/experiment/network/population.ts';
import { shareOf, toQ16 } from '../kernel/share-of.ts';
import { adexModels } from './adex.ts';
import { type CompiledNeurons, compiledNeurons } from './compiled-neurons.ts';
import { conductanceLifModels } from './conductance-lif.ts';
import { lifModels } from './lif.ts';
import type { NeuronModel } from './neuron-model.ts';
import { backgroundTable, kernelName } from './noise.ts';
import { peakResponse, responseAt } from './post-synaptic-potential.ts';

type Membrane = PopulationOf<'lif' | 'lif-conductance' | 'adex'>;

/** A share under the two names that kernels know it by. */
export function named<const N extends string>(name: N, share: number): Record<`${N}Mantissa` | `${N}Shift`, number> {
  const { mantissa, shift } = shareOf(share);
  return { [`${name}Mantissa`]: mantissa, [`${name}Shift`]: shift } as Record<`${N}Mantissa` | `${N}Shift`, number>;
}

/** What is lost in a step by exponential decay. */
export const lossOf = (stepMilliseconds: number, timeConstantMilliseconds: number) =>
  -Math.expm1(-stepMilliseconds / timeConstantMilliseconds);

export function inhibitoryTimeConstant(model: {
  synapticTimeConstantMilliseconds: number;
  inhibitorySynapticTimeConstantMilliseconds?: number | undefined;
}): number {
  return model.inhibitorySynapticTimeConstantMilliseconds ?? model.synapticTimeConstantMilliseconds;
}

/** Membrane noise as a whole number: what a step adds so that the stationary standard deviation is as given. */
export const stepNoise = (millivolts: number, stepMilliseconds: number, timeConstantMilliseconds: number) =>
  toQ16(millivolts * Math.sqrt(-Math.expm1((-2 * stepMilliseconds) / timeConstantMilliseconds)));

/** The kernel of that name with the random parts that the population uses. */
export function kernelOf(models: readonly NeuronModel[], name: string, hasNoise: boolean, hasBackground: boolean) {
  const wanted = kernelName(name, { hasNoise, hasBackground });
  return models.find((model) => model.name === wanted)!;
}

/** Noise has the given stationary standard deviation below threshold; the refractory time is rounded to whole steps. */
function membraneValues(model: Membrane, stepMilliseconds: number, backgroundWeight: number) {
  const membrane = model.membraneTimeConstantMilliseconds;
  return {
    bias: toQ16(model.biasMillivolts),
    threshold: toQ16(model.thresholdMillivolts - model.restMillivolts),
    reset: toQ16(model.resetMillivolts - model.restMillivolts),
    refractorySteps: Math.round(model.refractoryMilliseconds / stepMilliseconds),
    noise: stepNoise(model.noiseMillivolts, stepMilliseconds, membrane),
    backgroundWeight,
  };
}

function currentValues(model: PopulationOf<'lif' | 'adex'>, stepMilliseconds: number) {
  const membrane = model.membraneTimeConstantMilliseconds;
  const gain = (synaptic: number) =>
    Math.min(1, responseAt(stepMilliseconds, membrane, synaptic) / peakResponse(membrane, synaptic));
  const [excitatory, inhibitory] = [model.synapticTimeConstantMilliseconds, inhibitoryTimeConstant(model)];
  return {
    ...named('leak', lossOf(stepMilliseconds, membrane)),
    ...named('excitatoryLoss', lossOf(stepMilliseconds, excitatory)),
    ...named('excitatoryGain', gain(excitatory)),
    ...named('inhibitoryLoss', lossOf(stepMilliseconds, inhibitory)),
    ...named('inhibitoryGain', gain(inhibitory)),
  };
}

const hasBackground = ({ backgroundRateHz }: Membrane) => backgroundRateHz > 0;
const tablesOf = ({ backgroundRateHz }: Membrane, stepMilliseconds: number) => ({
  backgroundTable: backgroundTable((backgroundRateHz * stepMilliseconds) / 1000),
});
const beginning = ({ initialMillivolts, restMillivolts }: Membrane) => ({
  potential: toQ16((initialMillivolts ?? restMillivolts) - restMillivolts),
});

/** @param stepMilliseconds length of a step */
export function compileLif(model: PopulationOf<'lif'>, stepMilliseconds: number): CompiledNeurons {
  const isDual = inhibitoryTimeConstant(model) !== model.synapticTimeConstantMilliseconds;
  const kernel = kernelOf(lifModels, isDual ? 'dualLif' : 'lif', model.noiseMillivolts > 0, hasBackground(model));
  return compiledNeurons(kernel, {
    values: {
      ...membraneValues(model, stepMilliseconds, toQ16(model.backgroundWeightMillivolts)),
      ...currentValues(model, stepMilliseconds),
    },
    tables: tablesOf(model, stepMilliseconds),
    initial: beginning(model),
    restMillivolts: model.restMillivolts,
  });
}

export function compileConductanceLif(
  model: PopulationOf<'lif-conductance'>,
  stepMilliseconds: number,
): CompiledNeurons {
  const leak = (stepMilliseconds / model.membraneTimeConstantMilliseconds) * 2 ** 27;
  const weightUnit = leak / model.leakNanosiemens;
  const kernel = kernelOf(conductanceLifModels, 'conductanceLif', model.noiseMillivolts > 0, hasBackground(model));
  const aboveRest = (millivolts: number) => toQ16(millivolts - model.restMillivolts);
  return compiledNeurons(kernel, {
    values: {
      ...membraneValues(model, stepMilliseconds, Math.round(model.backgroundWeightNanosiemens * weightUnit)),
      leak: Math.round(leak),
      excitatoryReversal: aboveRest(model.excitatoryReversalMillivolts),
      inhibitoryReversal: aboveRest(model.inhibitoryReversalMillivolts),
      ...named('excitatoryLoss', lossOf(stepMilliseconds, model.synapticTimeConstantMilliseconds)),
      ...named('inhibitoryLoss', lossOf(stepMilliseconds, inhibitoryTimeConstant(model))),
    },
    tables: tablesOf(model, stepMilliseconds),
    initial: beginning(model),
    weightUnit,
    restMillivolts: model.restMillivolts,
  });
}

export function compileAdex(model: PopulationOf<'adex'>, stepMilliseconds: number): CompiledNeurons {
  const leak = lossOf(stepMilliseconds, model.membraneTimeConstantMilliseconds);
  return compiledNeurons(kernelOf(adexModels, 'adex', model.noiseMillivolts > 0, hasBackground(model)), {
    values: {
      ...membraneValues(model, stepMilliseconds, toQ16(model.backgroundWeightMillivolts)),
      ...currentValues(model, stepMilliseconds),
      peak: toQ16(model.peakMillivolts - model.restMillivolts),
      perSlope: toQ16(1 / model.slopeMillivolts),
      ...named('upswing', (leak * model.slopeMillivolts) / 8),
      adaptation: toQ16(model.adaptationFraction),
      ...named('adaptationLoss', lossOf(stepMilliseconds, model.adaptationTimeConstantMilliseconds)),
      adaptationJump: toQ16(model.adaptationJumpMillivolts),
    },
    tables: tablesOf(model, stepMilliseconds),
    initial: beginning(model),
    restMillivolts: model.restMillivolts,
  });
}
