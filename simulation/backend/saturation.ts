// Words for a value that has left the range of its whole numbers, the same from every back end; simulation process.
import type { SynapseState } from '../../common/learning-rule/program/program.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';

/** @param saturated how many of the population's `neurons` */
export function populationSaturated(
  { name, neurons }: { name: string; neurons: number },
  saturated: number,
  step: number,
): SimulationFaultError {
  const text = `In step ${step} ${saturated} of ${neurons} neurons of population '${name}' left the range of its whole numbers.`;
  return new SimulationFaultError({ code: 'saturated', text });
}

/** @param variable of the projection's learning rule */
export function variableSaturated(
  projection: string,
  { symbol, bounds, assignments }: SynapseState,
  step: number,
): SimulationFaultError {
  const text = `In step ${step} '${symbol}' of a synapse in projection '${projection}' left the bounds that its learning rule declares, ${bounds} (${assignments.join('; ')}).`;
  return new SimulationFaultError({ code: 'saturated', text });
}

export function traceSaturated(projection: string, neuron: number, step: number): SimulationFaultError {
  const text = `A trace of neuron ${neuron} in projection '${projection}' is as large as it can become in step ${step}.`;
  return new SimulationFaultError({ code: 'saturated', text });
}
