// Starts an experiment's source and simulation and opens every connection to them; all or nothing. Rig thread.
import { simulationConfiguration, type SimulationReady } from '../../common/simulation-protocol/configuration.ts';
import type { SimulationFault } from '../../common/simulation-protocol/fault.ts';
import type { SimulationResult } from '../../common/simulation-protocol/result.ts';
import type { NetworkSample } from '../../common/simulation-protocol/sample-message.ts';
import { connectDevice } from './connect-device/connect-device.ts';
import type { DeviceConnecting, DeviceHalves } from './connect-device/device-connecting.ts';
import { openSimulationLink, type SimulationLink } from './simulation-link/simulation-link.ts';

/** Everything that a connected source and simulation consist of. */
export interface Connections extends DeviceHalves {
  link: SimulationLink;
  simulation: SimulationReady;
}

/** Who hears of the ends of programs, and of the simulation's answers. */
export interface ConnectionListener {
  onResult(result: SimulationResult): void;
  onSample(sample: NetworkSample): void;
  onSimulationFault(fault: SimulationFault): void;
  onSimulationClosed(how: string): void;
  onDeviceProgramExit(message: string): void;
}

export interface ConnectOptions extends Omit<DeviceConnecting, 'onProgramExit'> {
  /** File with a saved state of the population to go on from. */
  startFrom: string | undefined;
  listener: ConnectionListener;
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
  const onProgramExit = (message: string) => options.listener.onDeviceProgramExit(message);
  const [device, simulation] = await Promise.all([
    connectDevice({ ...options, onProgramExit }),
    connectSimulation(options),
  ]);
  return { ...device, ...simulation };
}
