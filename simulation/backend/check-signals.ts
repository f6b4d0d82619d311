// Checks the signals of a tick before a back end reads them; simulation process.
import { assert } from '../../common/base/assert.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';

/** What a network whose learning rules read no signal is given. */
export const noSignals = new Int32Array(0);

export function checkSignals(signals: Int32Array, { signalWords }: CompiledNetwork): void {
  assert(signals.length === signalWords, `${signals.length} signals for a network that reads ${signalWords}`);
}
