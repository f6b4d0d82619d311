// Whether an odd number of bits is on, over all patterns; with two bits XOR; analysis process.
import { Matrix } from '../base/matrix.ts';
import { drawBatch, type StaticTask } from './static-task.ts';

/** Bits are −1 and 1; the target is 1 for an odd number of ones, else −1. */
export function parity(bits: number): StaticTask {
  const patterns = 2 ** bits;
  const inputs = new Matrix(patterns, bits);
  const targets = new Matrix(patterns, 1);
  for (let pattern = 0; pattern < patterns; pattern++) {
    let ones = 0;
    for (let bit = 0; bit < bits; bit++) {
      const isOn = (pattern >> bit) & 1;
      inputs.row(pattern)[bit] = isOn ? 1 : -1;
      ones += isOn;
    }
    targets.values[pattern] = ones % 2 === 1 ? 1 : -1;
  }
  const all = { inputs, targets };
  return {
    inputs: bits,
    outputs: 1,
    hasClasses: true,
    batch: (_, samples, random) => drawBatch(all, samples, random),
    test: () => all,
  };
}
