// How many synapses connections lead to expect; used where networks are checked and where they are built.
import type { Connections, ConnectionsOf } from './connections.ts';
import type { Population } from './population.ts';
import { positionsOn, type Sheet, sheetOf } from './sheet.ts';

export interface Ends {
  readonly senders: number;
  readonly receivers: number;
  /** Whether both are the same population: no neuron connects to itself. */
  readonly isRecurrent: boolean;
  readonly senderSheet: Sheet | undefined;
  readonly receiverSheet: Sheet | undefined;
}

/** What connections between two populations have to do with. */
export function endsOf(sending: Population, receiving: Population): Ends {
  return {
    senders: sending.neurons,
    receivers: receiving.neurons,
    isRecurrent: sending.name === receiving.name,
    senderSheet: sheetOf(sending),
    receiverSheet: sheetOf(receiving),
  };
}

/** Mean number of synapses; by distance it is estimated from 64 senders. */
export function expectedSynapses(connections: Connections, ends: Ends): number {
  const { senders, receivers, isRecurrent } = ends;
  switch (connections.kind) {
    case 'random':
      return senders * (isRecurrent ? receivers - 1 : receivers) * meanSynapses(connections);
    case 'in-degree':
      return receivers * connections.synapses;
    case 'out-degree':
      return senders * connections.synapses;
    case 'one-to-one':
      return Math.min(senders, receivers);
    case 'list':
      return connections.synapses.length;
    case 'distance':
      return expectedByDistance(connections, ends);
  }
}

/** Mean number of synapses of a pair; with repeats their number has a Poisson distribution. */
export function meanSynapses({ probability, mayRepeat }: ConnectionsOf<'random'>): number {
  return mayRepeat ? -Math.log1p(-probability) : probability;
}

/** Probability of a synapse over a distance. */
export function probabilityAt(
  { profile, peakProbability, lengthMicrometres }: ConnectionsOf<'distance'>,
  micrometres: number,
): number {
  const lengths = micrometres / lengthMicrometres;
  return peakProbability * Math.exp(profile === 'gaussian' ? (-lengths * lengths) / 2 : -lengths);
}

function expectedByDistance(connections: ConnectionsOf<'distance'>, ends: Ends): number {
  const { senderSheet, receiverSheet, senders, receivers } = ends;
  // The check of the network says what is missing.
  if (senderSheet === undefined || receiverSheet === undefined) return 0;
  const [from, to] = [positionsOn(senderSheet), positionsOn(receiverSheet)];
  const samples = Math.min(64, senders);
  let sum = 0;
  for (let sample = 0; sample < samples; sample++) {
    const sender = Math.floor(((sample + 0.5) * senders) / samples);
    for (let receiver = 0; receiver < receivers; receiver++) {
      const across = from[2 * sender]! - to[2 * receiver]!;
      const along = from[2 * sender + 1]! - to[2 * receiver + 1]!;
      if (!ends.isRecurrent || sender !== receiver) sum += probabilityAt(connections, Math.hypot(across, along));
    }
  }
  return (sum / samples) * senders;
}
