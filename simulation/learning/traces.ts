// Exponentially decaying memories of spikes, one per neuron, that are touched only when a spike comes; simulation process.
import { stateMax } from '../kernel/fixed-point.ts';

/** What one spike adds: large enough that a trace is right to a millionth. */
export const traceUnit = 2 ** 20;

const factorBits = 15;

/** @returns exp(−steps / τ) in units of 2^−bits, until it is below half of one. */
export function decayFactors(
  timeConstantMilliseconds: number,
  stepMilliseconds: number,
  bits: number = factorBits,
): Int32Array {
  const steps = Math.ceil(((bits + 1) * Math.LN2 * timeConstantMilliseconds) / stepMilliseconds);
  // Slow time constants have millions of steps: `Int32Array.from` would take ten times as long.
  const factors = new Int32Array(steps);
  const unit = 2 ** bits;
  for (let step = 0; step < steps; step++)
    factors[step] = Math.round(unit * Math.exp((-step * stepMilliseconds) / timeConstantMilliseconds));
  return factors;
}

export class Traces {
  /** In `traceUnit`, as they were just after the last spike. */
  readonly values: Int32Array;
  /** Step of the last spike. */
  readonly since: Int32Array;
  readonly #factors: Int32Array;

  constructor(neurons: number, timeConstantMilliseconds: number, stepMilliseconds: number) {
    this.values = new Int32Array(neurons);
    this.since = new Int32Array(neurons);
    this.#factors = decayFactors(timeConstantMilliseconds, stepMilliseconds);
  }

  /** @returns the trace of a neuron in a step, before a spike of this step is added. */
  at(neuron: number, step: number): number {
    const value = this.values[neuron]!;
    const age = step - this.since[neuron]!;
    if (value === 0 || age === 0) return value;
    const factor = age < this.#factors.length ? this.#factors[age]! : 0;
    return (Math.imul(value >> factorBits, factor) + (Math.imul(value & 0x7fff, factor) >> factorBits)) | 0;
  }

  /** Adds one spike. @returns whether the trace is as large as it can become: then it is not what the rule says any more. */
  add(neuron: number, step: number): boolean {
    const value = this.at(neuron, step) + traceUnit;
    this.values[neuron] = Math.min(value, stateMax);
    this.since[neuron] = step;
    return value > stateMax;
  }
}
