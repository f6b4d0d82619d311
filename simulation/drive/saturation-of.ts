// Tries a drive on some neurons without other input before a network takes it; simulation process.
import type { Population } from '../../common/experiment/network/population.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import { Population as Neurons } from '../backend/typescript/population.ts';
import { compileNeurons } from '../models/compile-neurons.ts';
import { initialState } from '../network/initial-state.ts';

/** As many as are stepped at once. */
const neurons = 4;
/** Far longer than the time constants with which a drive takes effect, and some milliseconds of computing. */
const longestMilliseconds = 1000;

/**
 * A few combinations of parameters, such as Izhikevich's neurons with a long step, leave the range of their whole numbers sooner than others.
 * @param driven as its file would say of neurons that are always so
 * @returns why it cannot be driven so, and what to do; undefined when it can.
 */
export function saturationOf(
  driven: Population,
  milliseconds: number,
  stepMilliseconds: number,
  seed: number,
): string | undefined {
  const model = { ...driven, neurons };
  const compiled = compileNeurons(model, stepMilliseconds);
  const state = initialState(model, compiled, seed, 0);
  const tried = new Neurons({ model, firstNeuron: 0, neurons: compiled, initialState: state }, seed, 1);
  const steps = Math.ceil(Math.min(milliseconds, longestMilliseconds) / stepMilliseconds);
  try {
    for (let step = 0; step < steps; step++) tried.step(step);
  } catch (error) {
    if (!(error instanceof SimulationFaultError)) throw error;
    return `neurons of ${driven.name} would leave the range of their whole numbers with so strong a drive. Choose a weaker one`;
  }
  return undefined;
}
