// What the simulation is told before its first tick and what it answers; rig thread and simulation process.
import { z } from 'zod';
import { type CheckedExperiment, channelCount } from '../experiment/checked-experiment.ts';
import { experimentSchema } from '../experiment/experiment.ts';
import { ruleFileSchema } from '../experiment/rule-file.ts';
import { networkModelSchema } from '../experiment/network-model.ts';
import { runningDriveSchema } from './control-message.ts';
import { describedPopulationSchema, describedProjectionSchema } from './network-description.ts';

export const simulationConfigurationSchema = z.strictObject({
  network: networkModelSchema,
  /** The laboratory's own learning rules, by the paths that projections name them with. */
  ownRules: z.array(z.strictObject({ file: z.string(), rule: ruleFileSchema })).default([]),
  /** Stimuli of the experiment, which readouts name. */
  stimuli: experimentSchema.shape.stimuli,
  /** Unsigned 32-bit seed of connections, initial weights and membrane noise. */
  seed: experimentSchema.shape.seed,
  /** Electrodes whose spikes come in: channels 0 to `channels` − 1. */
  channels: z.int().min(0),
  tickMilliseconds: experimentSchema.shape.tickMilliseconds,
  /** File with a saved state to go on from. */
  startFrom: z.string().min(1).optional(),
});

/** Everything that decides what the simulation does: the same configuration (and file) and the same input give the same output. */
export type SimulationConfiguration = z.output<typeof simulationConfigurationSchema>;

const count = z.int().min(0);

export const simulationReadySchema = z.strictObject({
  backend: z.string(),
  /** Why this back end, as a sentence; absent where there was no choice. */
  backendReason: z.string().optional(),
  /** What the operator should know of it, as sentences: that it is not the one asked for, or does not keep the tick; absent where all is well. */
  backendWarning: z.string().optional(),
  neurons: count,
  synapses: count,
  plasticSynapses: count,
  /** The saved state that it goes on from. */
  startedFrom: z.strictObject({ step: count, sha256: z.string() }).optional(),
  /** Drives that go on in it; absent where it begins anew. */
  drives: z.array(runningDriveSchema).optional(),
  /** Neuron numbers in results count through the populations in this order. */
  populations: z.array(describedPopulationSchema),
  projections: z.array(describedProjectionSchema),
});

/** What was built from a configuration. */
export type SimulationReady = z.output<typeof simulationReadySchema>;

/**
 * @param startFrom file with a saved state to go on from
 * @returns what the simulation needs of a checked experiment.
 */
export function simulationConfiguration(checked: CheckedExperiment, startFrom?: string): SimulationConfiguration {
  return {
    network: checked.network,
    ownRules: checked.ownRules,
    stimuli: checked.experiment.stimuli,
    seed: checked.experiment.seed,
    channels: channelCount(checked),
    tickMilliseconds: checked.experiment.tickMilliseconds,
    ...(startFrom === undefined ? {} : { startFrom }),
  };
}
