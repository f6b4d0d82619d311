// The application in the test's own process, on the built programs and threads, with a hand on every part of it.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Application, startApplication } from '../../main/application/application.ts';
import type { FinishedSession } from '../../main/application/finish-session.ts';
import type { Fault, FaultCode } from '../../common/contract/faults.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import type { VirtualFault } from '../../common/device-protocol/virtual-fault.ts';
import type { VirtualRigRequest } from '../../common/device-protocol/virtual-rig-options.ts';
import type { EmulatedBoard } from '../../main/rig/hardware/hid/emulated-hid-system.ts';
import type { ChildProgram, Platform, ProgramName, ThreadName } from '../../main/rig/platform.ts';
import type { TriggerPresses } from '../../main/rig/stop-inputs/stop-input-messages.ts';
import { HeadlessOperator } from '../../main/shells/node/commands/headless-operator.ts';
import { nodePlatform } from '../../main/shells/node/node-platform.ts';
import { programs as builtPrograms } from '../../scripts/programs.mjs';
import { copyExperiment, shortBaseline, withChanges } from './experiment-copy.ts';
import { programsFolder, root } from './run-exocortex.ts';

/** How a thread is made to fail when its flag file appears. */
const failures = {
  ends: 'process.exit(3)',
  hangs: 'for (;;);',
} as const;

export interface Lab {
  application: Application;
  operator: HeadlessOperator;
  messages: string[];
  /** Programs by name, the newest of each. */
  programs: Map<ProgramName, ChildProgram>;
  /** Makes the thread that was named at the start fail now. */
  failThread(): void;
  /** Presses the trigger input that was named at the start: the thread of the stop inputs tells the rig thread of it, as it does of a real one. */
  pressTrigger(): void;
  /** Folder of the station's own files. */
  station: string;
  finished: Promise<FinishedSession>;
  /** Connects, arms and records; resolves when the first deliveries were made. @param experiment on virtual tissue when absent */
  stimulate(experiment?: string): Promise<void>;
  /** The same with what is connected. */
  begin(): Promise<void>;
}

export const virtualExperiment = join(root, 'experiments', 'closed-loop-virtual', 'experiment.yaml');

/** The same, stimulating at once. */
export const quickExperiment = (folder: string) =>
  copyExperiment('closed-loop-virtual', folder, (text) => withChanges(text, shortBaseline));

export interface LabOptions {
  /** Watches for a flag and then fails. */
  failing?: { thread: ThreadName; how: keyof typeof failures };
  /** In the place of the system's HID devices. */
  boards?: readonly EmulatedBoard[];
  /** In the place of those that the system lists. */
  serialPorts?: readonly EmulatedSerialPort[];
  /** Of the virtual rig, planned by sample. */
  faults?: readonly VirtualFault[];
  /** Content of `station.json`. */
  settings?: object;
  /** An input whose device the test is. */
  trigger?: TriggerPresses['trigger'];
}

/** A port as serialport lists it. */
export interface EmulatedSerialPort {
  readonly path: string;
  readonly serialNumber: string;
  /** Four hexadecimal digits. */
  readonly vendorId: string;
  readonly productId: string;
}

const builtFile = (name: string) => JSON.stringify(pathToFileURL(join(programsFolder, `${name}.js`)).href);

/** Files whose appearance makes threads do something. */
interface Flags {
  fail: string;
  press: string;
}

/** Programs as built, but for what the options ask for. */
function changedPrograms(
  folder: string,
  { failing, boards = [], serialPorts, trigger }: LabOptions,
  flags: Flags,
): string {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  for (const name of Object.keys(builtPrograms)) {
    const trap =
      name === failing?.thread
        ? `import { existsSync } from 'node:fs';\nsetInterval(() => { if (existsSync(${JSON.stringify(flags.fail)})) ${failures[failing.how]} }, 10).unref();\n`
        : '';
    writeFileSync(join(programs, `${name}.js`), `${trap}import ${builtFile(name)};\n`);
  }
  const hidThread = `import { workerData } from 'node:worker_threads';\nworkerData.boards = ${JSON.stringify(boards)};\nawait import(${builtFile('emulated-hid-thread')});\n`;
  writeFileSync(join(programs, 'hid-rig-thread.js'), hidThread);
  if (serialPorts !== undefined) {
    const serialport = JSON.stringify(pathToFileURL(join(root, 'node_modules', 'serialport', 'dist', 'index.js')).href);
    writeFileSync(
      join(programs, 'serial-stimulator.js'),
      `import serialport from ${serialport};\nserialport.SerialPort.list = () => Promise.resolve(${JSON.stringify(serialPorts)});\nawait import(${builtFile('serial-stimulator')});\n`,
    );
  }
  if (trigger !== undefined)
    appendFileSync(
      join(programs, 'stop-input-thread.js'),
      `import { existsSync, rmSync } from 'node:fs';\nimport { workerData } from 'node:worker_threads';\n` +
        `setInterval(() => {\n  if (!existsSync(${JSON.stringify(flags.press)})) return;\n  rmSync(${JSON.stringify(flags.press)});\n` +
        `  const pressedNs = [Number(process.hrtime.bigint())];\n` +
        `  workerData.triggerPort.postMessage({ trigger: ${JSON.stringify(trigger)}, pressedNs, unmarked: 0 });\n}, 10).unref();\n`,
    );
  return programs;
}

function withFaults(
  name: ProgramName,
  args: readonly string[],
  faults: readonly VirtualFault[] = [],
): readonly string[] {
  if (name !== 'virtual-rig' || faults.length === 0) return args;
  return args.map((options) => JSON.stringify({ ...(JSON.parse(options) as VirtualRigRequest), faults }));
}

export const isTripped = ({ interlock }: RigStatus) => interlock.state === 'tripped' || interlock.state === 'fault';

/** A busy computer does not keep the tick: the rig refuses to arm, or trips, before the test has begun. */
export class TooBusy extends Error {}

const attempts = 5;
/** What a computer trips by that is too busy for the tick. */
const ofLoad: ReadonlySet<FaultCode> = new Set([
  'late-tick',
  'late-ticks',
  'lease-lost',
  'source-stalled',
  'simulation-stalled',
  'no-acknowledgement',
  'watchdog-stop',
]);

/** A pulse that came too late to the stimulator. */
const isExpired = ({ code, message }: Fault) => code === 'device-refused' && message.endsWith(': expired.');

/**
 * Both controls of arming. The self-test judges the second before it: what a busy computer fails is begun again, as on the page.
 * @throws TooBusy when it was failed each time
 */
export async function armPatiently(operator: HeadlessOperator): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operator.arm('test');
    } catch (error) {
      if (!String(error).includes('cannot be armed')) throw error;
      if (attempt === attempts) throw new TooBusy(String(error));
      await wait(1000);
    }
  }
}

/** Runs `body` in a lab of its own and takes everything down afterwards; begins anew when the computer was too busy for `stimulate`. */
export async function withLab(body: (lab: Lab) => Promise<void>, options: LabOptions = {}): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withOneLab(body, options);
    } catch (error) {
      if (!(error instanceof TooBusy) || attempt === attempts) throw error;
    }
  }
}

async function withOneLab(body: (lab: Lab) => Promise<void>, options: LabOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-lab-'));
  const station = join(folder, 'station');
  const flags: Flags = { fail: join(folder, 'fail-now'), press: join(folder, 'press-now') };
  if (options.settings !== undefined) {
    mkdirSync(station);
    writeFileSync(join(station, 'station.json'), JSON.stringify(options.settings));
  }
  const platform = nodePlatform(changedPrograms(folder, options, flags), root, station);
  const programs = new Map<ProgramName, ChildProgram>();
  const watched: Platform = {
    ...platform,
    startProgram(name, args, environment) {
      const program = platform.startProgram(name, withFaults(name, args, options.faults), environment);
      programs.set(name, program);
      return program;
    },
  };
  const messages: string[] = [];
  const application = startApplication({
    platform: watched,
    version: '0.0.0',
    sessionsFolder: join(folder, 'sessions'),
  });
  const operator = new HeadlessOperator(application, (text) => messages.push(text));
  const finished = new Promise<FinishedSession>((resolve) => application.onSessionFinished(resolve));
  const begin = async () => {
    await armPatiently(operator);
    await operator.give('run.start', { operator: 'test' });
    const { interlock } = await operator.until(
      ({ counters, interlock: { firstCause } }) => counters.deliveries >= 3 || firstCause !== undefined,
      40,
      'a delivery',
    );
    const busy = interlock.firstCause;
    if (busy !== undefined && (ofLoad.has(busy.code) || isExpired(busy))) throw new TooBusy(busy.message);
  };
  try {
    await body({
      application,
      operator,
      messages,
      programs,
      station,
      finished,
      failThread: () => writeFileSync(flags.fail, ''),
      pressTrigger: () => writeFileSync(flags.press, ''),
      async stimulate(experiment) {
        await operator.connect(experiment ?? (await quickExperiment(join(folder, 'experiment'))), 'real-time');
        await begin();
      },
      begin,
    });
  } finally {
    await application.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
