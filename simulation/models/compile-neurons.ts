// Turns the parameters of a population into whole numbers for its kernel; simulation process.
import type { PoissonPopulation, Population } from '../../common/experiment/network-model.ts';
import { compileLif } from './compile-lif.ts';
import type { CompiledNeurons } from './compiled-neurons.ts';
import { poisson } from './poisson.ts';

/** @param stepMilliseconds length of a step */
export function compileNeurons(model: Population, stepMilliseconds: number): CompiledNeurons {
  switch (model.model) {
    case 'lif':
      return compileLif(model, stepMilliseconds);
    case 'poisson':
      return compilePoisson(model, stepMilliseconds);
  }
}

/** The mean rate is right to 2⁻³¹ per step; the probability to fire in a step is at most 1 − 2⁻³¹. */
function compilePoisson({ rateHz }: PoissonPopulation, stepMilliseconds: number): CompiledNeurons {
  const chance = Math.min(1, (rateHz * stepMilliseconds) / 1000);
  return {
    kernel: 'poisson',
    stateVariables: poisson.state.length,
    receptors: poisson.receptors.length,
    parameters: Int32Array.of(Math.min(2 ** 31 - 1, Math.round(chance * 2 ** 31))),
  };
}
