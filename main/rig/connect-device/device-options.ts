// What it takes to connect a device; rig thread.
import type { DisposableStore } from '../../../common/base/disposable.ts';
import type { CheckedExperiment } from '../../../common/experiment/checked-experiment.ts';
import type { OpenHidUser } from '../hardware/hid/start-hid-thread.ts';
import type { ProgramName } from '../platform.ts';
import type { Programs } from '../supervision/programs.ts';
import type { WatchdogLine } from '../supervision/watchdog-line.ts';

export interface DeviceOptions {
  checked: CheckedExperiment;
  /** Blocks come as fast as they are asked for instead of in real time. */
  isFast: boolean;
  programs: Programs<ProgramName>;
  watchdog: WatchdogLine;
  /** Owns everything that is opened. */
  owner: DisposableStore;
  openHid: OpenHidUser;
  /** Of a device that this station's settings name; programs of this computer get a fresh one. */
  deviceToken: string | undefined;
  /** The device is a program of this computer, and has ended. */
  onProgramExit(how: string): void;
}
