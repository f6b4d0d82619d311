// Says in a few numbers what a checked experiment is; used by the main process.
import { channelCount, type CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { limitsOf } from '../../common/limits/limits-of.ts';
import { synapsesOf } from './check-network.ts';
import { highestRates } from './check-request-rates.ts';
import { describeStimuli } from './describe-stimuli.ts';

export interface ExperimentSummary {
  electrodes: number;
  neurons: number;
  /** Mean over all seeds. */
  plasticSynapses: number;
  stimuli: number;
  /** The limit that the experiment can come closest to, as a fraction of 1; absent when it cannot stimulate. */
  highestLimitUse?: LimitUse;
}

export interface LimitUse {
  /** In words, such as `charge per phase`. */
  limit: string;
  electrode: number;
  fraction: number;
}

export function summarize(checked: CheckedExperiment): ExperimentSummary {
  const { network, experiment } = checked;
  const summary = {
    electrodes: channelCount(checked),
    neurons: network.populations.reduce((sum, { neurons }) => sum + neurons, 0),
    plasticSynapses: Math.round(
      network.projections.reduce(
        (sum, projection) => sum + (projection.plasticity ? (synapsesOf(network, projection) ?? 0) : 0),
        0,
      ),
    ),
    stimuli: experiment.stimuli.length,
  };
  const highestLimitUse = limitUses(checked).sort((a, b) => b.fraction - a.fraction)[0];
  return highestLimitUse === undefined ? summary : { ...summary, highestLimitUse };
}

/** What each stimulus uses of the limits of its electrode, and the rate at which the readouts' pauses allow it. */
function limitUses(checked: CheckedExperiment): LimitUse[] {
  const rates = highestRates(checked.network, checked.experiment);
  const { electrodes } = limitsOf(checked, undefined, []);
  return describeStimuli(checked).flatMap(({ electrode, limitUse }) => {
    const rateMaxHz = (electrodes.get(electrode)?.limits.rateMaxMillihertz ?? Infinity) / 1000;
    const rate = { limit: 'pulse rate', value: rates.get(electrode) ?? 0, bound: rateMaxHz };
    return [...limitUse, rate].map(({ limit, value, bound }) => ({ limit, electrode, fraction: value / bound }));
  });
}

/** @returns `16 electrodes, 340 neurons (6000 plastic synapses expected), 2 stimuli; highest limit use: charge per phase E3 41 %`. */
export function summaryWords(summary: ExperimentSummary): string {
  const { electrodes, neurons, plasticSynapses, stimuli, highestLimitUse: use } = summary;
  const counts = `${electrodes} electrodes, ${neurons} neurons (${plasticSynapses} plastic synapses expected), ${stimuli} ${stimuli === 1 ? 'stimulus' : 'stimuli'}`;
  return use === undefined
    ? `${counts}; nothing is stimulated`
    : `${counts}; highest limit use: ${use.limit} E${use.electrode} ${Math.round(100 * use.fraction)} %`;
}
