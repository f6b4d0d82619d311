// The distance between two neurons that stand on sheets; simulation process.
import { assert } from '../../common/base/assert.ts';
import type { Ends } from '../../common/experiment/network/expected-synapses.ts';
import { positionsOn } from '../../common/experiment/network/sheet.ts';

/** @returns a function of sender and receiver, in µm. */
export function distances({ senderSheet, receiverSheet }: Ends): (sender: number, receiver: number) => number {
  assert(senderSheet !== undefined && receiverSheet !== undefined, 'the checked network has no sheets for distances');
  const [from, to] = [positionsOn(senderSheet), positionsOn(receiverSheet)];
  return (sender, receiver) =>
    Math.hypot(from[2 * sender]! - to[2 * receiver]!, from[2 * sender + 1]! - to[2 * receiver + 1]!);
}
