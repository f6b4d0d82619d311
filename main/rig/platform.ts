// What a shell gives to the core; main process. Electron and plain Node implement this and nothing else.
import type { Disposable } from '../../common/base/disposable.ts';
import type { Event } from '../../common/base/event.ts';

/** The programs that run beside the main process; each is one built file. */
export type ProgramName =
  | 'simulation'
  | 'virtual-rig'
  | 'virtual-rhx'
  | 'virtual-open-ephys'
  | 'serial-stimulator'
  | 'analysis'
  | 'review'
  | 'simulation-bench'
  | 'rule-bench'
  | 'evidence-bench'
  | 'simulation-echo';
/** The threads of the main process; each is one built file. */
export type ThreadName =
  'rig-thread' | 'watchdog-thread' | 'recorder-thread' | 'stop-input-thread' | 'hid-rig-thread' | 'serial-port-thread';

/** A program that was started. Disposing ends it. */
export interface ChildProgram extends Disposable {
  readonly pid: number | undefined;
  /** A plain JSON message to the program. */
  send(message: unknown): void;
  readonly onMessage: Event<unknown>;
  /** Fires once. `code` is null when a signal ended it. */
  readonly onExit: Event<{ code: number | null; signal: string | null }>;
}

export interface Platform {
  readonly shell: 'electron' | 'node';
  /** Folder of the built threads and programs. */
  readonly programsFolder: string;
  /** Folder that holds experiments/, resources/ and prebuilds/. */
  readonly applicationFolder: string;
  /** Folder of this computer's installation: settings, trusted keys, audit log, dose ledger. */
  readonly stationFolder: string;
  /** Starts a program with arguments and additional environment. */
  startProgram(
    name: ProgramName,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): ChildProgram;
  /** Keeps the computer awake while it is held; a shell that cannot says so. */
  preventSleep(): Disposable | { unsupported: string };
}
