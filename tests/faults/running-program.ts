// One start of the simulated program and what it consists of.
import type { ControlBlock } from '../../common/base/control-block.ts';
import type { ConnectedRig } from '../../main/rig/connected-rig.ts';
import type { Domain } from './domain.ts';
import type { SimulatedRecorder, SimulatedRing } from './simulated-disk.ts';
import type { SimulatedSimulator } from './simulated-simulator.ts';

/** A running program: rig thread, watchdog thread and what they are connected by. */
export interface RunningProgram {
  rig: ConnectedRig;
  control: ControlBlock;
  rigThread: Domain;
  watchdogThread: Domain;
  simulator: SimulatedSimulator;
  recorder: SimulatedRecorder;
  ring: SimulatedRing;
  /** Ends every connection, as the end of the process does. */
  cut(): void;
}
