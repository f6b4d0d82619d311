// What a decoder's outputs should be in each tick; simulation process.
import { outputsOf, type SignalTarget } from '../../common/experiment/network/signal.ts';

/** @param into takes one value for each output. @param milliseconds since the beginning */
export function writeTarget(target: SignalTarget, milliseconds: number, into: Float64Array): void {
  switch (target.kind) {
    case 'constant':
      into.set(target.values);
      return;
    case 'in-turn': {
      const turn = Math.floor(milliseconds / (target.seconds * 1000)) % target.values.length;
      into.set(target.values[turn]!);
      return;
    }
    case 'sinusoids':
      for (let output = 0; output < outputsOf(target); output++) {
        const sum = target.frequenciesHz.reduce(
          (all, hertz, index) =>
            all + (target.amplitudes[output]![index] ?? 0) * Math.sin(2 * Math.PI * ((hertz * milliseconds) / 1000)),
          0,
        );
        // The last digits of a sine differ between machines.
        into[output] = Math.round(sum * 2 ** 20) / 2 ** 20;
      }
  }
}
