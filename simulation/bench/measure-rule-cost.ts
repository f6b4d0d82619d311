// Lets a network that learns and the same network without learning take turns, and times what spikes cost in both; bench program of the simulation.
import { median } from '../../common/base/percentile.ts';
import type { RuleCostAnswer, RuleCostRequest } from '../../common/bench/rule-cost.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import type { LoadedNative } from '../../native/load-native.ts';
import { compileNetwork } from '../network/compile-network.ts';
import { CopyBandwidth } from './copy-bandwidth.ts';
import { DrivenNetwork } from './driven-network.ts';
import { instructionSet } from './instruction-set.ts';
import { costsOf, type TickRecord } from './tick-costs.ts';

/** Before anything counts. */
const warmUpCycles = 5;

/**
 * On the native back end and one thread.
 * @param memoryBytes that a network may take. A fault of the simulation is an answer too.
 */
export function measureRuleCost(
  request: RuleCostRequest,
  loaded: LoadedNative,
  memoryBytes = Infinity,
): RuleCostAnswer {
  const { native } = loaded;
  if (native === undefined) return { kind: 'unavailable', reason: `there is no native back end: ${loaded.reason}` };
  try {
    const { configuration, driven, rounds, cycles } = request;
    const open = (of: SimulationConfiguration) => new DrivenNetwork(compileNetwork(of, memoryBytes), native.Network);
    const learning = open(configuration);
    const fixed = open(withoutLearning(configuration));
    const turns = {
      learning: { network: learning, doesLearn: true },
      // Where only steps change synapses, what spikes cost would drown in them.
      frozen: learning.doesLearnAtEvents ? undefined : { network: learning, doesLearn: false },
      fixed: { network: fixed, doesLearn: true },
    };
    const records: Record<keyof typeof turns, TickRecord[][]> = { learning: [], frozen: [], fixed: [] };
    const bandwidths: number[] = [];
    const copy = new CopyBandwidth();
    for (let round = 0; round < rounds; round++) {
      bandwidths.push(copy.measure());
      for (const name of ['learning', 'frozen', 'fixed'] as const) {
        const turn = turns[name];
        for (let cycle = -warmUpCycles; turn !== undefined && cycle < cycles; cycle++) {
          const ticks = turn.network.carryOutCycle(driven, turn.doesLearn);
          if (cycle >= 0) records[name].push(ticks);
        }
      }
    }
    const whole = costsOf(records.learning);
    const instructions = instructionSet(loaded.path);
    return {
      kind: 'measured',
      synapses: learning.synapses,
      learning: turns.frozen ? { ...costsOf(records.frozen), quietMilliseconds: whole.quietMilliseconds } : whole,
      withoutLearning: costsOf(records.fixed),
      bandwidthGigabytesPerSecond: median(bandwidths)!,
      ...(instructions === undefined ? {} : { instructionSet: instructions }),
    };
  } catch (error) {
    if (error instanceof SimulationFaultError) return { kind: 'unavailable', reason: error.text };
    throw error;
  }
}

function withoutLearning({ network, ...rest }: SimulationConfiguration): SimulationConfiguration {
  const projections = network.projections.map(({ plasticity: _, ...fixed }) => fixed);
  return { ...rest, network: { ...network, projections } };
}
