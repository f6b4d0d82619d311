// Checks that connections fit the sizes and places of the neurons; used by the main process.
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import type { FileContent } from './file-content.ts';
import { populationOf } from './network-references.ts';
import type { ProblemList } from './problem-list.ts';

export function checkConnections(network: FileContent<NetworkModel>, index: number, problems: ProblemList): void {
  const projection = network.value.projections![index]!;
  const { connections, from, to, delayMillisecondsPerMillimetre } = projection;
  const [sending, receiving] = [populationOf(network.value, from), populationOf(network.value, to)];
  const at = (...path: (string | number)[]) => network.tree.placeAt(['projections', index, ...path]);
  const needsSheets = (key: string) => {
    for (const population of [sending, receiving]) {
      if (population === undefined || population.sheet !== undefined) continue;
      problems.error(
        at(key),
        `Distances need to know where the neurons of ${population.name} stand`,
        `Add a sheet to ${population.name}`,
      );
      return;
    }
  };
  if (delayMillisecondsPerMillimetre !== undefined && delayMillisecondsPerMillimetre > 0)
    needsSheets('delayMillisecondsPerMillimetre');
  const [senders, receivers] = [sending?.neurons, receiving?.neurons];
  if (connections?.kind === 'distance') needsSheets('connections');
  if (connections === undefined || senders === undefined || receivers === undefined) return;
  switch (connections.kind) {
    case 'one-to-one':
      if (senders === receivers) return;
      problems.error(
        at('connections'),
        `One-to-one connections need as many neurons on both sides, but ${from} has ${senders} and ${to} ${receivers}`,
        'Choose equal numbers or another kind of connections',
      );
      return;
    case 'in-degree':
    case 'out-degree': {
      const others = (connections.kind === 'in-degree' ? senders : receivers) - (from === to ? 1 : 0);
      if (
        connections.synapses === undefined ||
        connections.synapses <= (connections.mayRepeat === true && others > 0 ? Infinity : others)
      )
        return;
      problems.error(
        at('connections', 'synapses'),
        `Each neuron is to have ${connections.synapses} synapses, but there are only ${others} others`,
        `Choose synapses from 0 to ${others}${others > 0 ? ', or mayRepeat: true' : ''}`,
      );
      return;
    }
    case 'list':
      for (const [entry, synapse] of (connections.synapses ?? []).entries()) {
        for (const [key, neurons, name] of [
          ['sender', senders, from],
          ['receiver', receivers, to],
        ] as const) {
          const neuron = synapse?.[key];
          if (neuron === undefined || neuron < neurons) continue;
          problems.error(
            at('connections', 'synapses', entry, key),
            `There is no neuron ${neuron}: the neurons of ${name} are 0 to ${neurons - 1}`,
            `Choose ${key} from 0 to ${neurons - 1}`,
          );
        }
      }
      return;
    case 'random':
    case 'distance':
  }
}
