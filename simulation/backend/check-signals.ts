// The signals of a tick as back ends take them; simulation process.
import { assert } from '../../common/base/assert.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';

/** @returns signals of a tick in which every projection learns and all third factors are 0. */
export function quietSignals({ signalWords, gates }: Pick<CompiledNetwork, 'signalWords' | 'gates'>): Int32Array {
  const signals = new Int32Array(signalWords);
  for (const gate of gates.values()) signals[gate] = 1;
  return signals;
}

export function checkSignals(signals: Int32Array, { signalWords }: CompiledNetwork): void {
  assert(signals.length === signalWords, `${signals.length} signals for a network that reads ${signalWords}`);
}
