// Draws the synapses of a projection from the seed; simulation process.
import { assert } from '../../common/base/assert.ts';
import { toQ16 } from '../kernel/share-of.ts';
import type { SynapseRows } from './compiled-network.ts';
import { key, normal, RandomSequence } from './random.ts';

export interface ProjectionShape {
  readonly seed: number;
  /** Index of the projection: every projection draws its own connections. */
  readonly index: number;
  readonly senders: number;
  readonly receivers: number;
  /** Whether sender and receiver are the same population: no neuron connects to itself. */
  readonly isRecurrent: boolean;
  readonly connectionProbability: number;
  readonly weightMillivolts: number;
  /** Relative standard deviation of the weights; none crosses zero. */
  readonly weightSpreadFraction: number;
}

/** Connects each pair of neurons with the given probability, independently of all others. */
export function connect(shape: ProjectionShape): SynapseRows {
  const rowStart = new Uint32Array(shape.senders + 1);
  for (let sender = 0; sender < shape.senders; sender++) {
    let synapses = 0;
    drawTargets(shape, sender, () => synapses++);
    rowStart[sender + 1] = rowStart[sender]! + synapses;
  }
  const targets = new Uint32Array(rowStart[shape.senders]!);
  const weights = new Int32Array(targets.length);
  let synapse = 0;
  for (let sender = 0; sender < shape.senders; sender++) {
    const random = new RandomSequence(key(shape.seed, 'weights', shape.index, sender));
    drawTargets(shape, sender, (target) => {
      targets[synapse] = target;
      const spread = 1 + shape.weightSpreadFraction * normal(random.next());
      weights[synapse] = toQ16(shape.weightMillivolts * Math.max(0, spread));
      synapse++;
    });
  }
  assert(synapse === targets.length, 'the second drawing of the connections differs from the first');
  return { rowStart, targets, weights };
}

/** Visits the targets of one sender in ascending order; the gaps between them are geometrically distributed. */
function drawTargets(shape: ProjectionShape, sender: number, visit: (target: number) => void): void {
  if (shape.connectionProbability === 0) return;
  const random = new RandomSequence(key(shape.seed, 'connections', shape.index, sender));
  const candidates = shape.isRecurrent ? shape.receivers - 1 : shape.receivers;
  const logOfMiss = Math.log1p(-shape.connectionProbability);
  for (let candidate = -1; ;) {
    candidate += 1 + Math.floor(Math.log(random.uniform()) / logOfMiss);
    if (candidate >= candidates) return;
    visit(shape.isRecurrent && candidate >= sender ? candidate + 1 : candidate);
  }
}
