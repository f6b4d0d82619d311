// Checks that a signal's source, decoder and targets fit the network; used by the main process.
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import type { Signal, SignalTarget } from '../../common/experiment/network/signal.ts';
import { checkReference, type FileContent, namesOf } from './file-content.ts';
import { checkPopulationName, populationOf } from './network-references.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';

export function checkSignal(network: FileContent<NetworkModel>, index: number, problems: ProblemList): void {
  const signal = network.value.signals?.[index];
  if (signal?.kind === undefined) return;
  const path = ['signals', index] as const;
  if (signal.kind === 'reward') {
    const decoders = network.value.signals!.filter((each) => each?.kind === 'decoder-error');
    checkReference(network, [...path, 'of'], signal.of, namesOf(decoders), 'signal of kind decoder-error', problems);
    return;
  }
  if ('source' in signal && signal.source?.kind === 'population')
    checkPopulationName(network, [...path, 'source', 'population'], signal.source.population, problems);
  if (signal.kind === 'decoder-error') checkDecoder(network, index, signal, problems);
}

function checkDecoder(
  network: FileContent<NetworkModel>,
  index: number,
  { weights, target, source }: Salvaged<Extract<Signal, { kind: 'decoder-error' }>>,
  problems: ProblemList,
): void {
  const path = ['signals', index] as const;
  const rows = rowsOf(target);
  const outputs = target?.kind === 'sinusoids' ? target.amplitudes?.length : rows?.[0]?.length;
  for (const [row, values] of (rows ?? []).entries()) {
    const wanted = target?.kind === 'sinusoids' ? target.frequenciesHz?.length : outputs;
    if (values === undefined || wanted === undefined || values.length === wanted) continue;
    const what = target?.kind === 'sinusoids' ? 'amplitudes' : 'values';
    problems.error(
      network.tree.placeAt([...path, 'target', what, row]),
      `${values.length} values stand where ${wanted} belong`,
      `Give ${wanted} values`,
    );
  }
  if (weights === undefined || outputs === undefined) return;
  if (weights.length !== outputs) {
    problems.error(
      network.tree.placeAt([...path, 'weights']),
      `The decoder has ${weights.length} rows of weights, and its target ${outputs} values`,
      `Give ${outputs} rows`,
    );
  }
  const units =
    source?.kind === 'population'
      ? populationOf(network.value, source.population)?.neurons
      : source?.kind === 'electrodes'
        ? source.electrodes?.length
        : undefined;
  for (const [row, values] of weights.entries()) {
    if (units === undefined || values === undefined || values.length === units) continue;
    problems.error(
      network.tree.placeAt([...path, 'weights', row]),
      `The row has ${values.length} weights, and the source ${units} units`,
      `Give ${units} weights, one for each unit`,
    );
  }
}

/** Lists that must have the same length; undefined where the file does not say them. */
function rowsOf(target: Salvaged<SignalTarget> | undefined) {
  switch (target?.kind) {
    case 'constant':
      return target.values === undefined ? undefined : [target.values];
    case 'in-turn':
      return target.values;
    case 'sinusoids':
      return target.amplitudes;
    case undefined:
      return undefined;
  }
}
