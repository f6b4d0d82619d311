// Starts an experiment's source and simulation and opens every connection to them; all or nothing. Rig thread.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { DisposableStore } from '../../common/base/disposable.ts';
import { deviceTokenVariable, type VirtualRigRequest } from '../../common/device-protocol/virtual-rig-options.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { simulationConfiguration, type SimulationReady } from '../../common/simulation-protocol/configuration.ts';
import type { SimulationFault } from '../../common/simulation-protocol/fault.ts';
import type { SimulationResult } from '../../common/simulation-protocol/result.ts';
import type { NetworkSample } from '../../common/simulation-protocol/sample-message.ts';
import type { LoopStimulator } from './hardware/capability-class.ts';
import type { DeviceReader, DeviceWriter } from './hardware/device.ts';
import { connectReadingHalf } from './hardware/reading-half.ts';
import { connectWritingHalf } from './hardware/writing-half.ts';
import type { ProgramName } from './platform.ts';
import { openSimulationLink, type SimulationLink } from './simulation-link/simulation-link.ts';
import type { Programs } from './supervision/programs.ts';
import type { WatchdogLine } from './supervision/watchdog-line.ts';

/** Everything that a connected source and simulation consist of. */
export interface Connections {
  reader: DeviceReader;
  writer: LoopStimulator<DeviceWriter>;
  link: SimulationLink;
  simulation: SimulationReady;
}

/** Who hears of the ends of programs, and of the simulation's answers. */
export interface ConnectionListener {
  onResult(result: SimulationResult): void;
  onSample(sample: NetworkSample): void;
  onSimulationFault(fault: SimulationFault): void;
  onSimulationClosed(how: string): void;
  onDeviceProgramExit(how: string): void;
}

export interface ConnectOptions {
  checked: CheckedExperiment;
  /** File with a saved state of the population to go on from. */
  startFrom: string | undefined;
  /** Blocks come as fast as they are asked for instead of in real time. */
  isFast: boolean;
  programs: Programs<ProgramName>;
  watchdog: WatchdogLine;
  /** Owns everything that is opened. */
  owner: DisposableStore;
  listener: ConnectionListener;
}

/** A fresh local address: a Unix socket in a folder that only this user can enter, or a pipe of a random name. */
function privateAddress(owner: DisposableStore): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\exocortex-device-${randomBytes(16).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-device-'));
  owner.onDispose(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'device.sock');
}

export interface DeviceLine {
  address: string;
  token: string;
  watchdog: WatchdogLine;
  beatMaxMilliseconds: number;
  /** Owns everything that is opened. */
  owner: DisposableStore;
}

/** Opens the halves of a device that is listening. @throws Error with a sentence for the operator */
export async function connectHalves(line: DeviceLine): Promise<Pick<Connections, 'reader' | 'writer'>> {
  const { address, token, watchdog, beatMaxMilliseconds, owner } = line;
  const reader = owner.add(await connectReadingHalf(address, token));
  const writer = owner.add(await connectWritingHalf(address, token));
  const problem = await watchdog.attach(address, token, beatMaxMilliseconds);
  owner.onDispose(() => watchdog.detach());
  if (problem !== undefined) throw new Error(`the watchdog could not connect to the stimulator: ${problem}`);
  return { reader, writer };
}

async function connectDevice(options: ConnectOptions): Promise<Pick<Connections, 'reader' | 'writer'>> {
  const { checked, programs, owner, watchdog, listener } = options;
  const { experiment, recording, limits } = checked;
  const address = privateAddress(owner);
  const token = randomBytes(16).toString('hex');
  const request: VirtualRigRequest = {
    address,
    pacing: options.isFast ? 'stepped' : 'real-time',
    seed: experiment.seed,
    tickMilliseconds: experiment.tickMilliseconds,
    source: experiment.source,
    ...(recording === undefined ? {} : { recording }),
  };
  const program = owner.add(programs.start('virtual-rig', [JSON.stringify(request)], { [deviceTokenVariable]: token }));
  const exit = new Promise<never>((_, reject) => {
    program.onExit((how) => {
      listener.onDeviceProgramExit(how);
      reject(new Error(`the virtual rig ended before it could be connected: ${how}`));
    });
  });
  exit.catch(() => {});
  const { beatMaxMilliseconds } = limits.timing;
  return Promise.race([connectHalves({ address, token, watchdog, beatMaxMilliseconds, owner }), exit]);
}

async function connectSimulation(options: ConnectOptions): Promise<Pick<Connections, 'link' | 'simulation'>> {
  const { checked, programs, owner, listener } = options;
  const link = owner.add(
    await openSimulationLink({
      onResult: (result) => listener.onResult(result),
      onSample: (sample) => listener.onSample(sample),
      onFault: (fault) => listener.onSimulationFault(fault),
      onClosed: () => listener.onSimulationClosed('its connection closed'),
    }),
  );
  const program = owner.add(programs.start('simulation', [], { ...link.environment }));
  const exit = new Promise<never>((_, reject) => {
    program.onExit((how) => {
      listener.onSimulationClosed(how);
      reject(new Error(`the simulation ended before it was ready: ${how}`));
    });
  });
  exit.catch(() => {});
  const simulation = await Promise.race([link.configure(simulationConfiguration(checked, options.startFrom)), exit]);
  return { link, simulation };
}

/** @throws Error with a sentence for the operator when any part cannot be had; `owner` then holds what must be released. */
export async function connectRig(options: ConnectOptions): Promise<Connections> {
  const [device, simulation] = await Promise.all([connectDevice(options), connectSimulation(options)]);
  return { ...device, ...simulation };
}
