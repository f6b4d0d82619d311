// Draws the synapses of a projection from the seed: who, how strong, how late; simulation process.
import { assert } from '../../common/base/assert.ts';
import { expectedSynapses } from '../../common/experiment/network/expected-synapses.ts';
import type { Projection } from '../../common/experiment/network/projection.ts';
import type { SynapseRows } from './compiled-network.ts';
import { distances } from './distances.ts';
import { drawPairs, type Shape } from './draw-pairs.ts';
import { key, normal, RandomSequence } from './random.ts';
import { wholeWeight } from './whole-weight.ts';

export interface ProjectionShape
  extends
    Shape,
    Pick<
      Projection,
      | 'weightSpreadFraction'
      | 'weightDistribution'
      | 'delayMilliseconds'
      | 'delaySpreadMilliseconds'
      | 'delayMillisecondsPerMillimetre'
    > {
  /** Mean weight as a whole number for kernels. */
  readonly weight: number;
  readonly stepMilliseconds: number;
}

export interface DrawnSynapses extends SynapseRows {
  /** Of each synapse, at least 1; or of all of them. */
  readonly delaySteps: Uint16Array | number;
}

export function connect(shape: ProjectionShape): DrawnSynapses {
  const { rowStart, targets, entries } = isDrawnBySender(shape) ? drawBySender(shape) : drawTwice(shape);
  return {
    rowStart,
    targets,
    weights: drawWeights(shape, rowStart, entries),
    delaySteps: drawDelays(shape, rowStart, targets, entries),
  };
}

interface DrawnPairs extends Pick<SynapseRows, 'rowStart' | 'targets'> {
  /** Of a list: the place of each synapse in it. */
  readonly entries: Uint32Array | undefined;
}

/** Whether the synapses come sender by sender, ready to be stored. */
const isDrawnBySender = ({ connections: { kind } }: ProjectionShape) => kind !== 'in-degree' && kind !== 'list';

function drawBySender(shape: ProjectionShape): DrawnPairs {
  const rowStart = new Uint32Array(shape.senders + 1);
  const expected = expectedSynapses(shape.connections, shape);
  let targets = new Uint32Array(Math.ceil(expected + 6 * Math.sqrt(expected)) + 16);
  let count = 0;
  drawPairs(shape, (sender, receiver) => {
    if (count === targets.length) {
      const longer = new Uint32Array(Math.ceil(1.25 * count));
      longer.set(targets);
      targets = longer;
    }
    targets[count++] = receiver;
    rowStart[sender + 1] = count;
  });
  // Senders without synapses end where the one before them ends.
  for (let sender = 0; sender < shape.senders; sender++)
    rowStart[sender + 1] = Math.max(rowStart[sender]!, rowStart[sender + 1]!);
  return { rowStart, targets: targets.slice(0, count), entries: undefined };
}

/** Counts first, then stores: the synapses come in any order of senders. */
function drawTwice(shape: ProjectionShape): DrawnPairs {
  const rowStart = new Uint32Array(shape.senders + 1);
  drawPairs(shape, (sender) => rowStart[sender + 1]!++);
  for (let sender = 0; sender < shape.senders; sender++) rowStart[sender + 1]! += rowStart[sender]!;
  const next = rowStart.slice(0, shape.senders);
  const targets = new Uint32Array(rowStart[shape.senders]!);
  const entries = shape.connections.kind === 'list' ? new Uint32Array(targets.length) : undefined;
  drawPairs(shape, (sender, receiver, entry) => {
    const synapse = next[sender]!++;
    targets[synapse] = receiver;
    if (entries !== undefined) entries[synapse] = entry;
  });
  assert(
    next.every((end, sender) => end === rowStart[sender + 1]),
    'the second drawing of the connections differs from the first',
  );
  return { rowStart, targets, entries };
}

/** No weight crosses zero; in a list every weight is as it says. */
function drawWeights(shape: ProjectionShape, rowStart: Uint32Array, entries: Uint32Array | undefined): Int32Array {
  const { connections, senders } = shape;
  const weights = new Int32Array(rowStart[senders]!);
  if (connections.kind === 'list' && entries !== undefined) {
    return weights.map((_, at) => wholeWeight(shape.weight * connections.synapses[entries[at]!]!.weightFactor));
  }
  const factor = factorOf(shape);
  for (let sender = 0; sender < senders; sender++) {
    const random = new RandomSequence(key(shape.seed, 'weights', shape.index, sender));
    const end = rowStart[sender + 1]!;
    for (let synapse = rowStart[sender]!; synapse < end; synapse++)
      weights[synapse] = wholeWeight(shape.weight * factor(random.next()));
  }
  return weights;
}

/** @returns a function from 32 random bits to a number with mean 1 and the standard deviation asked for. */
function factorOf({ weightDistribution, weightSpreadFraction: spread }: ProjectionShape): (bits: number) => number {
  switch (weightDistribution) {
    case 'normal':
      return (bits) => Math.max(0, 1 + spread * normal(bits));
    case 'lognormal': {
      const variance = Math.log1p(spread * spread);
      const deviation = Math.sqrt(variance);
      return (bits) => Math.exp(deviation * normal(bits) - variance / 2);
    }
    case 'uniform':
      return (bits) => Math.max(0, 1 + spread * Math.sqrt(12) * ((bits + 0.5) / 0x1_0000_0000 - 0.5));
  }
}

function drawDelays(
  shape: ProjectionShape,
  rowStart: Uint32Array,
  targets: Uint32Array,
  entries: Uint32Array | undefined,
): Uint16Array | number {
  const { connections, delayMilliseconds, delaySpreadMilliseconds, delayMillisecondsPerMillimetre } = shape;
  const toSteps = (milliseconds: number) =>
    Math.min(0xffff, Math.max(1, Math.round(milliseconds / shape.stepMilliseconds)));
  if (connections.kind === 'list' && entries !== undefined) {
    const { synapses } = connections;
    return Uint16Array.from(entries, (entry) => toSteps(synapses[entry]!.delayMilliseconds ?? delayMilliseconds));
  }
  if (delaySpreadMilliseconds === 0 && delayMillisecondsPerMillimetre === 0) return toSteps(delayMilliseconds);
  const delays = new Uint16Array(targets.length);
  const distance = delayMillisecondsPerMillimetre === 0 ? () => 0 : distances(shape);
  for (let sender = 0; sender < shape.senders; sender++) {
    const random = new RandomSequence(key(shape.seed, 'delays', shape.index, sender));
    const end = rowStart[sender + 1]!;
    for (let synapse = rowStart[sender]!; synapse < end; synapse++) {
      const further = (delayMillisecondsPerMillimetre * distance(sender, targets[synapse]!)) / 1000;
      delays[synapse] = toSteps(delayMilliseconds + delaySpreadMilliseconds * normal(random.next()) + further);
    }
  }
  return delays;
}
