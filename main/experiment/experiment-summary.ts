// Says in a few numbers what a checked experiment is; used by the main process.
import { channelCount, type CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { expectedSynapses } from './check-network.ts';
import { highestRates } from './check-request-rates.ts';
import { chargeNanocoulombs } from './check-stimuli.ts';

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
  limit: 'amplitude' | 'charge' | 'pulse rate';
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
        (sum, projection) => sum + (projection.plasticity ? (expectedSynapses(network, projection) ?? 0) : 0),
        0,
      ),
    ),
    stimuli: experiment.stimuli.length,
  };
  const highestLimitUse = limitUses(checked).sort((a, b) => b.fraction - a.fraction)[0];
  return highestLimitUse === undefined ? summary : { ...summary, highestLimitUse };
}

/** Amplitude and charge of each stimulus, and the rate that the readouts' pauses allow, against the limits of its electrode. */
function limitUses({ experiment, network, limits }: CheckedExperiment): LimitUse[] {
  const rates = highestRates(network, experiment);
  return experiment.stimuli.flatMap(({ electrode, amplitudeMicroamps, phaseMicroseconds }): LimitUse[] => {
    const group = limits.electrodeGroups.find(({ electrodes }) => electrodes.includes(electrode));
    if (group === undefined) return [];
    const charge = chargeNanocoulombs(amplitudeMicroamps, phaseMicroseconds);
    return [
      { limit: 'amplitude', electrode, fraction: amplitudeMicroamps / group.amplitudeMaxMicroamps },
      { limit: 'charge', electrode, fraction: charge / group.chargePerPhaseMaxNanocoulombs },
      { limit: 'pulse rate', electrode, fraction: (rates.get(electrode) ?? 0) / group.rateMaxHz },
    ];
  });
}

/** @returns `16 electrodes, 340 neurons (6000 plastic synapses expected), 2 stimuli; highest limit use: charge E3 41 %`. */
export function summaryWords(summary: ExperimentSummary): string {
  const { electrodes, neurons, plasticSynapses, stimuli, highestLimitUse: use } = summary;
  const counts = `${electrodes} electrodes, ${neurons} neurons (${plasticSynapses} plastic synapses expected), ${stimuli} ${stimuli === 1 ? 'stimulus' : 'stimuli'}`;
  return use === undefined
    ? `${counts}; nothing is stimulated`
    : `${counts}; highest limit use: ${use.limit} E${use.electrode} ${Math.round(100 * use.fraction)} %`;
}
