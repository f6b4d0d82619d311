// What every part of `exocortex bench simulation` works with. Main process of the plain-Node shell.
import { join } from 'node:path';
import type { MeasuredSimulation, SimulationRunRequest } from '../../../../../common/bench/simulation-run.ts';
import { formatDiagnostic } from '../../../../../common/experiment/diagnostic.ts';
import type { SimulationConfiguration } from '../../../../../common/simulation-protocol/configuration.ts';
import { loadNetwork } from '../../../../experiment/load-network.ts';
import type { Platform } from '../../../../rig/platform.ts';
import type { Machine } from './machine.ts';
import { runSimulation } from './run-simulation.ts';

export const benchNetworks = ['cuba', 'coba', 'plastic', 'microcircuit'] as const;
export type BenchNetwork = (typeof benchNetworks)[number];

/** What could not be measured here, with the reason. */
export class Skipped extends Error {}

export interface BenchContext {
  readonly platform: Platform;
  /** Learns what the parts find out about it. */
  readonly machine: Machine;
  /** How often each contender is measured; medians are reported. */
  readonly repeats: number;
  /** Biological time of a run; undefined: what suits the part. */
  readonly seconds: number | undefined;
  /** Whether nothing else is measured. */
  readonly isOnlyPart: boolean;
  /** One line for who waits. */
  readonly note: (text: string) => void;
  /** Writes down that something, `cuba.brian2Cpp` for example, was not measured. */
  readonly skip: (what: string, reason: string) => void;
}

/** As the file says it, with a tick of 1 ms. @throws Error when the file is not valid. */
export async function configurationFor(
  { platform }: BenchContext,
  name: BenchNetwork,
): Promise<SimulationConfiguration> {
  const file = join(platform.applicationFolder, 'experiments', 'benchmarks', name, 'network.yaml');
  const loaded = await loadNetwork(file);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
  return {
    network: loaded.network,
    ownRules: loaded.ownRules,
    stimuli: [],
    seed: 1,
    channels: 16,
    tickMilliseconds: 1,
  };
}

/** Measures in a program of its own. @throws Skipped when there is no measurement. */
export async function measured(
  { platform, machine }: BenchContext,
  request: SimulationRunRequest,
): Promise<MeasuredSimulation> {
  const answer = await runSimulation(platform, request);
  if (answer.kind === 'unavailable') throw new Skipped(answer.reason);
  machine.instructionSet ??= answer.instructionSet ?? null;
  return answer;
}

/** Carries out a part, or writes down why it was skipped. */
export async function orSkip({ skip }: BenchContext, what: string, carryOut: () => Promise<void>): Promise<void> {
  try {
    await carryOut();
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    skip(what, error.message);
  }
}
