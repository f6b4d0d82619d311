// Turns a weight into a whole number for kernels, if it fits; simulation process.
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import { stateMax } from '../kernel/fixed-point.ts';

/** @param weight in units of the receiving population. @throws SimulationFaultError 'saturated' when it is out of range. */
export function wholeWeight(weight: number): number {
  if (Math.abs(weight) <= stateMax) return Math.round(weight);
  throw new SimulationFaultError({
    code: 'saturated',
    text: `A weight is ${(Math.abs(weight) / stateMax).toFixed(1)} times as large as any that fits its neurons. Lower it.`,
  });
}
