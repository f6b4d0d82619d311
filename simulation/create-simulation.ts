// Builds the whole simulation from a configuration: network, back end and readouts; simulation process.
import type { Disposable } from '../common/base/disposable.ts';
import type { SimulationConfiguration, SimulationReady } from '../common/simulation-protocol/configuration.ts';
import {
  isDriveControl,
  type PopulationControl,
  type RunningDrive,
} from '../common/simulation-protocol/control-message.ts';
import type { TickOutcome } from '../common/simulation-protocol/result.ts';
import type { NetworkSample } from '../common/simulation-protocol/sample-message.ts';
import type { Backend, BlockingBackend } from './backend/backend.ts';
import type { ChosenBackend } from './backend/choose-backend.ts';
import type { NetworkState } from './backend/network-state.ts';
import { TypescriptBackend } from './backend/typescript/typescript-backend.ts';
import { describeNetwork } from './inspection/describe-network.ts';
import { controlLearning } from './control-learning.ts';
import { NetworkInspection } from './inspection/network-inspection.ts';
import { compileNetwork } from './network/compile-network.ts';
import type { CompiledNetwork } from './network/compiled-network.ts';
import { fingerprint, readStateFile } from './state/state-file.ts';
import { TickOutcomes } from './tick-outcomes.ts';

export interface Simulation extends Disposable {
  readonly ready: SimulationReady;

  /**
   * Advances by one tick, or by several that were missed. All input spikes take effect at the beginning of the first
   * of them: the outcome is that of one tick with the input followed by ticks without any. One call at a time.
   * @param channels electrodes that spiked, read before this returns; one that spiked twice stands there twice
   * @param count number of valid entries in `channels`
   * @returns the outcome of all ticks together; one object, overwritten by the next call.
   * @throws SimulationFaultError; the simulation cannot be used after that.
   */
  tick(
    channels: Uint16Array,
    count: number,
    ticksToAdvance?: number,
  ): Readonly<TickOutcome> | Promise<Readonly<TickOutcome>>;

  /** @returns a copy of all plastic weights in mV or nS: projections in order, synapses by sender, then receiver. */
  plasticWeights(): Float32Array | Promise<Float32Array>;

  /**
   * A look at the network between ticks, at a cost that does not grow with it: membrane potentials of up to 16 neurons of each population, and
   * the weights of up to 4,096 synapses of one projection, always the same ones, spread evenly over all.
   * @param tick the last one before. @param projection index in the network model of one that learns; undefined: potentials only.
   */
  sample(tick: number, projection: number | undefined): NetworkSample | Promise<NetworkSample>;

  /** @returns a copy of everything that decides what comes, between two ticks. */
  state(): NetworkState | Promise<NetworkState>;

  /** Freezes, resets or clamps what learns, or drives a population, between two ticks. @returns why nothing was done, or '' when it was done. */
  control(control: PopulationControl): string | Promise<string>;

  /** Number of the next step. */
  readonly step: number;

  /** Drives that run, in the order of populations. */
  readonly drives: RunningDrive[];
}

/** On a back end that blocks its thread: every answer is there at once. */
export interface BlockingSimulation extends Simulation {
  tick(channels: Uint16Array, count: number, ticksToAdvance?: number): Readonly<TickOutcome>;
  plasticWeights(): Float32Array;
  sample(tick: number, projection: number | undefined): NetworkSample;
  state(): NetworkState;
  control(control: PopulationControl): string;
}

export type CreateSimulation = (configuration: SimulationConfiguration) => Simulation | Promise<Simulation>;

/** @throws SimulationFaultError 'network-too-large', 'saturated', 'state-unusable'. */
export function createSimulation(
  configuration: SimulationConfiguration,
  createBackend: (network: CompiledNetwork) => BlockingBackend = (network) => new TypescriptBackend(network),
): BlockingSimulation {
  const network = compileNetwork(configuration);
  const backend = createBackend(network);
  const { outcomes, inspection, begin } = assemble(configuration, network);
  void inspection.warmUp(backend);
  const ready = begin(backend);
  return {
    ready,
    tick(channels, count, ticksToAdvance = 1) {
      outcomes.begin();
      for (let tick = 0; tick < ticksToAdvance; tick++) {
        const arrived = tick === 0 ? count : 0;
        outcomes.add(backend.step(channels, arrived, outcomes.signals.advance(channels, arrived)), backend);
      }
      return outcomes.end(backend);
    },
    plasticWeights: () => backend.plasticWeights(),
    sample: (tick, projection) => inspection.sample(backend, tick, projection),
    state: () => outcomes.withOwnState(backend.state()),
    control: (control) =>
      isDriveControl(control)
        ? outcomes.drives.control(control, backend)
        : controlLearning(control, network, outcomes.signals, backend),
    get step() {
      return outcomes.step;
    },
    get drives() {
      return outcomes.drives.running;
    },
    dispose: () => backend.dispose(),
  };
}

/**
 * @param memoryBytes that it may use
 * @throws SimulationFaultError 'network-too-large', 'saturated', 'state-unusable', 'gpu-…'.
 */
export async function createAnySimulation(
  configuration: SimulationConfiguration,
  createBackend: (network: CompiledNetwork) => Promise<ChosenBackend>,
  memoryBytes?: number,
): Promise<Simulation> {
  const network = compileNetwork(configuration, memoryBytes);
  const { backend, reason, warning } = await createBackend(network);
  const { outcomes, inspection, begin } = assemble(configuration, network);
  await inspection.warmUp(backend);
  const ready = {
    ...begin(backend),
    backendReason: reason,
    ...(warning === undefined ? {} : { backendWarning: warning }),
  };
  return {
    ready,
    tick(channels, count, ticksToAdvance = 1) {
      outcomes.begin();
      return advance(backend, outcomes, channels, count, ticksToAdvance);
    },
    plasticWeights: () => backend.plasticWeights(),
    sample: (tick, projection) => inspection.sample(backend, tick, projection),
    state() {
      const state = backend.state();
      return state instanceof Promise
        ? state.then((later) => outcomes.withOwnState(later))
        : outcomes.withOwnState(state);
    },
    control: (control) =>
      isDriveControl(control)
        ? outcomes.drives.control(control, backend)
        : controlLearning(control, network, outcomes.signals, backend),
    get step() {
      return outcomes.step;
    },
    get drives() {
      return outcomes.drives.running;
    },
    dispose: () => backend.dispose(),
  };
}

/** What surrounds a back end. */
function assemble(configuration: SimulationConfiguration, network: CompiledNetwork) {
  const outcomes = new TickOutcomes(network, configuration);
  const inspection = new NetworkInspection(configuration.network, network, outcomes.signals);
  return {
    outcomes,
    inspection,
    /** Goes on from the saved state that the configuration names, if it names one. @returns what the simulation is. */
    begin(backend: Backend): SimulationReady {
      return {
        backend: backend.name,
        ...describeNetwork(configuration.network, network, inspection.projections),
        ...goOn(configuration, backend, outcomes),
      };
    },
  };
}

function goOn(
  configuration: SimulationConfiguration,
  backend: Backend,
  outcomes: TickOutcomes,
): Pick<SimulationReady, 'startedFrom' | 'drives'> {
  if (configuration.startFrom === undefined) return {};
  const saved = readStateFile(configuration.startFrom, fingerprint(configuration));
  backend.restore(saved);
  outcomes.restore(saved, backend);
  return { startedFrom: { step: saved.step, sha256: saved.sha256 }, drives: outcomes.drives.running };
}

/** A back end that answers at once is not waited for. */
function advance(
  backend: Backend,
  outcomes: TickOutcomes,
  channels: Uint16Array,
  count: number,
  ticksToAdvance: number,
): Readonly<TickOutcome> | Promise<Readonly<TickOutcome>> {
  for (let left = ticksToAdvance; left > 0; left--) {
    const arrived = left === ticksToAdvance ? count : 0;
    const fired = backend.step(channels, arrived, outcomes.signals.advance(channels, arrived));
    if (fired instanceof Promise) {
      return fired.then((neurons) => {
        outcomes.add(neurons, backend);
        return left === 1 ? outcomes.end(backend) : advance(backend, outcomes, channels, 0, left - 1);
      });
    }
    outcomes.add(fired, backend);
  }
  return outcomes.end(backend);
}
