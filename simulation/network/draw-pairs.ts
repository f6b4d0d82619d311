// Draws which neurons of a projection are connected, from the seed; simulation process.
import type { Connections, ConnectionsOf } from '../../common/experiment/network/connections.ts';
import { type Ends, meanSynapses, probabilityAt } from '../../common/experiment/network/expected-synapses.ts';
import { distances } from './distances.ts';
import { key, RandomSequence } from './random.ts';

export interface Shape extends Ends {
  readonly seed: number;
  /** Index of the projection: every projection draws its own connections. */
  readonly index: number;
  readonly connections: Connections;
}

/** `entry` is the place in a list of synapses. */
type Visit = (sender: number, receiver: number, entry: number) => void;

/** Visits every synapse, always in the same order: for one sender its receivers are never descending. */
export function drawPairs(shape: Shape, visit: Visit): void {
  const { connections, senders, receivers } = shape;
  switch (connections.kind) {
    case 'random':
      return connections.mayRepeat
        ? drawRepeating(shape, meanSynapses(connections), visit)
        : drawRandom(shape, connections.probability, visit);
    case 'out-degree':
      return drawOutDegree(shape, connections, visit);
    case 'in-degree':
      return drawInDegree(shape, connections, visit);
    case 'one-to-one':
      for (let neuron = 0; neuron < Math.min(senders, receivers); neuron++) visit(neuron, neuron, 0);
      return;
    case 'distance':
      return drawByDistance(shape, connections, visit);
    case 'list':
      return visitList(connections, visit);
  }
}

const randomOf = ({ seed, index }: Shape, neuron: number) =>
  new RandomSequence(key(seed, 'connections', index, neuron));

/** Each pair independently of all others: the gaps between the receivers of a sender are geometrically distributed. */
function drawRandom(shape: Shape, probability: number, visit: Visit): void {
  if (probability === 0) return;
  const candidates = shape.isRecurrent ? shape.receivers - 1 : shape.receivers;
  const logOfMiss = Math.log1p(-probability);
  for (let sender = 0; sender < shape.senders; sender++) {
    const random = randomOf(shape, sender);
    let candidate = Math.floor(Math.log(random.uniform()) / logOfMiss);
    while (candidate < candidates) {
      visit(sender, shape.isRecurrent && candidate >= sender ? candidate + 1 : candidate, 0);
      candidate += 1 + Math.floor(Math.log(random.uniform()) / logOfMiss);
    }
  }
}

/** Each pair has a Poisson number of synapses: along the receivers of a sender they are as far apart as events by chance. */
function drawRepeating(shape: Shape, mean: number, visit: Visit): void {
  if (mean === 0) return;
  const candidates = shape.isRecurrent ? shape.receivers - 1 : shape.receivers;
  for (let sender = 0; sender < shape.senders; sender++) {
    const random = randomOf(shape, sender);
    for (let at = -Math.log(random.uniform()) / mean; at < candidates; at -= Math.log(random.uniform()) / mean) {
      const candidate = Math.floor(at);
      visit(sender, shape.isRecurrent && candidate >= sender ? candidate + 1 : candidate, 0);
    }
  }
}

function drawOutDegree(shape: Shape, degree: ConnectionsOf<'out-degree'>, visit: Visit): void {
  const choose = chooser(shape.receivers, degree);
  for (let sender = 0; sender < shape.senders; sender++) {
    const chosen = choose(randomOf(shape, sender), shape.isRecurrent ? sender : undefined);
    for (const receiver of chosen.sort()) visit(sender, receiver, 0);
  }
}

function drawInDegree(shape: Shape, degree: ConnectionsOf<'in-degree'>, visit: Visit): void {
  const choose = chooser(shape.senders, degree);
  for (let receiver = 0; receiver < shape.receivers; receiver++) {
    const chosen = choose(randomOf(shape, receiver), shape.isRecurrent ? receiver : undefined);
    for (const sender of chosen) visit(sender, receiver, 0);
  }
}

/** @returns a function that chooses neurons out of `neurons`, never `self`; its answer is overwritten by the next. */
function chooser(neurons: number, { synapses, mayRepeat }: { synapses: number; mayRepeat: boolean }) {
  const chosen = new Uint32Array(synapses);
  const taken = new Uint8Array(neurons);
  return (random: RandomSequence, self: number | undefined): Uint32Array => {
    const candidates = self === undefined ? neurons : neurons - 1;
    for (let synapse = 0; synapse < synapses; synapse++) {
      let neuron: number;
      do {
        const candidate = Math.floor((random.next() / 0x1_0000_0000) * candidates);
        neuron = self !== undefined && candidate >= self ? candidate + 1 : candidate;
      } while (!mayRepeat && taken[neuron] === 1);
      taken[neuron] = 1;
      chosen[synapse] = neuron;
    }
    for (const neuron of chosen) taken[neuron] = 0;
    return chosen;
  };
}

function drawByDistance(shape: Shape, connections: ConnectionsOf<'distance'>, visit: Visit): void {
  const distance = distances(shape);
  for (let sender = 0; sender < shape.senders; sender++) {
    const random = randomOf(shape, sender);
    for (let receiver = 0; receiver < shape.receivers; receiver++) {
      const isDrawn = random.uniform() <= probabilityAt(connections, distance(sender, receiver));
      if (isDrawn && !(shape.isRecurrent && sender === receiver)) visit(sender, receiver, 0);
    }
  }
}

function visitList({ synapses }: ConnectionsOf<'list'>, visit: Visit): void {
  const order = synapses.map((_, entry) => entry);
  order.sort((a, b) => synapses[a]!.receiver - synapses[b]!.receiver || a - b);
  for (const entry of order) visit(synapses[entry]!.sender, synapses[entry]!.receiver, entry);
}
