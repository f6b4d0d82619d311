// Signals made of what a decoder reads: its error, and the reward for a small one; simulation process.
import { outputsOf, type Signal } from '../../common/experiment/network/signal.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';
import { key, normal, RandomSequence } from '../network/random.ts';
import { Baseline } from './baseline.ts';
import type { RunningSignal } from './signal.ts';
import { writeTarget } from './targets.ts';
import { UnitRates } from './unit-rates.ts';
import { UnitSpikes } from './unit-spikes.ts';

type Of<K extends Signal['kind']> = Extract<Signal, { kind: K }>;

/** y_k − y*_k with y_k = Σ_i D_ki r_i, r_i the rate of a unit. @param index of the signal in the network */
export function decoderSignal(
  signal: Of<'decoder-error'>,
  index: number,
  network: CompiledNetwork,
  tickMilliseconds: number,
): RunningSignal {
  const spikes = new UnitSpikes(signal.source, network);
  const units = spikes.counts.length;
  const rates = new UnitRates(units, signal.timeConstantMilliseconds, tickMilliseconds);
  const outputs = outputsOf(signal.target);
  const random = new RandomSequence(key(network.seed, 'decoder', index));
  const weights =
    signal.weights ??
    Array.from({ length: outputs }, () => Array.from({ length: units }, () => signal.perHertz * normal(random.next())));
  const target = new Float64Array(outputs);
  const values = new Float64Array(outputs);
  return {
    values,
    state: [rates.hertz],
    advance(tick, number) {
      spikes.count(tick);
      rates.add(spikes.counts);
      writeTarget(signal.target, number * tickMilliseconds, target);
      for (let output = 0; output < outputs; output++) {
        let sum = -target[output]!;
        const row = weights[output]!;
        for (let unit = 0; unit < units; unit++) sum += row[unit]! * rates.hertz[unit]!;
        values[output] = sum;
      }
    },
  };
}

/** −mean(error²), above its running mean. @param error of the decoder, advanced before */
export function rewardSignal(signal: Of<'reward'>, error: RunningSignal, tickMilliseconds: number): RunningSignal {
  const baseline = new Baseline(signal.baselineMilliseconds, tickMilliseconds);
  const values = new Float64Array(1);
  return {
    values,
    state: [baseline.mean],
    advance() {
      const squares = error.values.reduce((sum, each) => sum + each * each, 0);
      values[0] = baseline.above(-squares / error.values.length);
    },
  };
}
