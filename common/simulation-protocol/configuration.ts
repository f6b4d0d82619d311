// What the simulation is told before its first tick and what it answers; rig thread and simulation process.
import { z } from 'zod';
import { type CheckedExperiment, channelCount } from '../experiment/checked-experiment.ts';
import { experimentSchema } from '../experiment/experiment.ts';
import { networkModelSchema } from '../experiment/network-model.ts';

export const simulationConfigurationSchema = z.strictObject({
  network: networkModelSchema,
  /** Stimuli of the experiment, which readouts name. */
  stimuli: experimentSchema.shape.stimuli,
  /** Unsigned 32-bit seed of connections, initial weights and membrane noise. */
  seed: experimentSchema.shape.seed,
  /** Electrodes whose spikes come in: channels 0 to `channels` − 1. */
  channels: z.int().min(0),
  tickMilliseconds: experimentSchema.shape.tickMilliseconds,
});

/** Everything that decides what the simulation does: the same configuration and the same input give the same output. */
export type SimulationConfiguration = z.output<typeof simulationConfigurationSchema>;

const count = z.int().min(0);

export const simulationReadySchema = z.strictObject({
  backend: z.string(),
  neurons: count,
  synapses: count,
  plasticSynapses: count,
  /** Neuron numbers in results count through the populations in this order. */
  populations: z.array(z.strictObject({ name: z.string(), firstNeuron: count, neurons: count })),
});

/** What was built from a configuration. */
export type SimulationReady = z.output<typeof simulationReadySchema>;

/** @returns the part of a checked experiment that the simulation needs. */
export function simulationConfiguration(checked: CheckedExperiment): SimulationConfiguration {
  return {
    network: checked.network,
    stimuli: checked.experiment.stimuli,
    seed: checked.experiment.seed,
    channels: channelCount(checked),
    tickMilliseconds: checked.experiment.tickMilliseconds,
  };
}
