// Turns the parameters of a population into whole numbers for its kernel; simulation process.
import type { Population, PopulationOf } from '../../common/experiment/network/population.ts';
import { toQ16 } from '../kernel/share-of.ts';
import {
  compileAdex,
  compileConductanceLif,
  compileLif,
  inhibitoryTimeConstant,
  kernelOf,
  lossOf,
  named,
  stepNoise,
} from './compile-membranes.ts';
import { type CompiledNeurons, compiledNeurons } from './compiled-neurons.ts';
import { izhikevichModels } from './izhikevich.ts';
import { poisson } from './poisson.ts';
import { rateModels, spikeUnit } from './rate.ts';
import { spikeSource } from './spike-source.ts';

/** @param stepMilliseconds length of a step */
export function compileNeurons(model: Population, stepMilliseconds: number): CompiledNeurons {
  switch (model.model) {
    case 'lif':
      return compileLif(model, stepMilliseconds);
    case 'lif-conductance':
      return compileConductanceLif(model, stepMilliseconds);
    case 'adex':
      return compileAdex(model, stepMilliseconds);
    case 'izhikevich':
      return compileIzhikevich(model, stepMilliseconds);
    case 'poisson':
      return compilePoisson(model, stepMilliseconds);
    case 'spike-source':
      return compiledNeurons(spikeSource, { values: {} });
    case 'rate':
      return compileRate(model, stepMilliseconds);
  }
}

function compileIzhikevich(model: PopulationOf<'izhikevich'>, stepMilliseconds: number): CompiledNeurons {
  const kernel = kernelOf(izhikevichModels, 'izhikevich', model.noiseMillivoltsPerMillisecond > 0, false);
  const [excitatory, inhibitory] = [
    lossOf(stepMilliseconds, model.synapticTimeConstantMilliseconds),
    lossOf(stepMilliseconds, inhibitoryTimeConstant(model)),
  ];
  return compiledNeurons(kernel, {
    values: {
      ...named('step', stepMilliseconds),
      ...named('recovery', Math.min(1, model.recoveryRatePerMillisecond * stepMilliseconds)),
      sensitivity: toQ16(model.recoverySensitivity),
      reset: toQ16(model.resetMillivolts),
      jump: toQ16(model.recoveryJump),
      peak: toQ16(model.peakMillivolts),
      bias: toQ16(model.biasMillivoltsPerMillisecond),
      noise: toQ16(model.noiseMillivoltsPerMillisecond * Math.sqrt(stepMilliseconds)),
      // What the current loses is what the potential gains: in the end the whole weight.
      ...named('excitatoryLoss', excitatory),
      ...named('excitatoryGain', excitatory),
      ...named('inhibitoryLoss', inhibitory),
      ...named('inhibitoryGain', inhibitory),
    },
    initial: {
      potential: toQ16(model.initialMillivolts),
      recovery: toQ16(model.recoverySensitivity * model.initialMillivolts),
    },
    restMillivolts: 0,
  });
}

/** The mean rate is right to 2⁻³¹ per step; the probability to fire in a step is at most 1 − 2⁻³¹. */
function compilePoisson({ rateHz }: PopulationOf<'poisson'>, stepMilliseconds: number): CompiledNeurons {
  const chance = Math.min(1, (rateHz * stepMilliseconds) / 1000);
  return compiledNeurons(poisson, { values: { chance: Math.min(2 ** 31 - 1, Math.round(chance * 2 ** 31)) } });
}

function compileRate(model: PopulationOf<'rate'>, stepMilliseconds: number): CompiledNeurons {
  const membrane = model.membraneTimeConstantMilliseconds;
  // A share of 1 is 2⁶ units of `spikeUnit` for each unit of the potential.
  const perUnit = (model.gainHzPerMillivolt * (stepMilliseconds / 1000) * spikeUnit) / 0x10000 / 2 ** 6;
  return compiledNeurons(kernelOf(rateModels, 'rate', model.noiseMillivolts > 0, false), {
    values: {
      bias: toQ16(model.biasMillivolts),
      threshold: toQ16(model.thresholdMillivolts),
      noise: stepNoise(model.noiseMillivolts, stepMilliseconds, membrane),
      ...named('leak', lossOf(stepMilliseconds, membrane)),
      ...named('gain', perUnit),
      most: Math.round(model.maximumRateHz * (stepMilliseconds / 1000) * spikeUnit),
    },
    restMillivolts: 0,
  });
}
