// What every kind of source is connected with, and what connecting it gives. Rig thread.
import type { DisposableStore } from '../../../common/base/disposable.ts';
import type { Event } from '../../../common/base/event.ts';
import type { CheckedExperiment } from '../../../common/experiment/checked-experiment.ts';
import type { Source } from '../../../common/experiment/source.ts';
import type { ClockSync } from '../hardware/clock-sync/clock-sync.ts';
import type { DeadMan } from '../hardware/capability-class.ts';
import type { DeviceReader, DeviceWriter, DigitalInputs } from '../hardware/device.ts';
import type { OpenHidUser } from '../hardware/hid/start-hid-thread.ts';
import type { ProgramName } from '../platform.ts';
import type { Programs } from '../supervision/programs.ts';
import type { WatchdogLine } from '../supervision/watchdog-line.ts';

/** The two halves that the rig thread has of a device; the watchdog has a handle of its own by then. */
export interface DeviceHalves {
  reader: DeviceReader;
  writer: DeviceWriter;
  /** Changes of the source's digital inputs; absent: it has none that are recorded. */
  digitalInputs?: Event<DigitalInputs>;
  /** How the clocks of two devices run, where the halves are not of one. */
  sync?: ClockSync;
}

export interface DeviceConnecting {
  checked: CheckedExperiment;
  /** Blocks come as fast as they are asked for instead of in real time, where the source can do that. */
  isFast: boolean;
  programs: Programs<ProgramName>;
  /** Of the built threads. */
  programsFolder: string;
  /** Gives a line to the HID devices of this computer. */
  openHid: OpenHidUser;
  watchdog: WatchdogLine;
  random: () => number;
  /** The operator's hand, which every pulse of a stimulator without a lease needs. */
  deadMan: DeadMan;
  /** Owns everything that is opened. */
  owner: DisposableStore;
  /** Of a device that this station's settings name; programs of this computer get a fresh one. */
  deviceToken: string | undefined;
  /** The program behind the device has ended: which, and how. */
  onProgramExit(message: string): void;
}

/** Connects one kind of source. @throws Error with a sentence for the operator; `owner` then holds what must be released */
export type ConnectSource<S extends Source> = (source: S, connecting: DeviceConnecting) => Promise<DeviceHalves>;

/** A device that a person must do something about before it can be connected. */
export class ConnectionRefusal extends Error {
  override readonly name = 'ConnectionRefusal';
  readonly cure: string;

  constructor(message: string, cure: string) {
    super(message);
    this.cure = cure;
  }

  /** @param words title and cure of what an error stands for */
  static of({ message }: Error, { title, toDo }: { title: string; toDo: string }): ConnectionRefusal {
    return new ConnectionRefusal(`${title}: ${message}`, toDo);
  }
}
