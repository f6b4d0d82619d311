// `exocortex bench open-ephys`: what a stream of the Open Ephys GUI is like here, and that damaged ones are never believed. Main process of the plain-Node shell.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import type { OpenEphysBenchAnswer, OpenEphysBenchRequest } from '../../../../common/bench/open-ephys-run.ts';
import type { TimeSpread } from '../../../../common/bench/rhx-run.ts';
import type { ShellSetting } from '../shell-setting.ts';

export interface OpenEphysBenchOptions extends Omit<OpenEphysBenchRequest, 'host' | 'programsFolder'> {
  /** Undefined: an emulated GUI is started for the bench, and the ports do not count. */
  host: string | undefined;
  /** Of the emulated GUI. */
  channels: number;
  isJson: boolean;
}

export interface OpenEphysBenchResult extends OpenEphysBenchAnswer {
  source: 'Open Ephys GUI' | 'emulated GUI';
}

const loopback = '127.0.0.1';

/** @returns 0 when nothing was lost or dropped and no damage was believed; 2 when the GUI cannot be used */
export async function benchOpenEphys(setting: ShellSetting, options: OpenEphysBenchOptions): Promise<number> {
  const owned = new DisposableStore();
  try {
    const { host, channels, isJson, ...rest } = options;
    const { programsFolder } = setting.platform;
    const ports = host === undefined ? await startEmulation(setting, owned, channels) : {};
    const request: OpenEphysBenchRequest = { ...rest, ...ports, host: host ?? loopback, programsFolder };
    const outcome = await inThread(join(programsFolder, 'open-ephys-bench-thread.js'), request);
    if ('problem' in outcome) {
      setting.printError(outcome.problem);
      return 2;
    }
    const source = host === undefined ? 'emulated GUI' : 'Open Ephys GUI';
    const result: OpenEphysBenchResult = { source, ...outcome.answer };
    if (isJson) setting.print(JSON.stringify(result));
    else for (const line of resultLines(result)) setting.print(line);
    return isClean(result) ? 0 : 1;
  } finally {
    owned.dispose();
  }
}

function isClean({ lostSamples, lostMessages, droppedBlocks, fuzz }: OpenEphysBenchResult): boolean {
  const { messages, connection } = fuzz;
  return [
    lostSamples,
    lostMessages,
    droppedBlocks,
    messages.wrong,
    messages.crashes,
    connection.wrong,
    connection.crashes,
  ].every((count) => count === 0);
}

interface EmulatedPorts {
  dataPort: number;
  httpPort: number;
}

function startEmulation({ platform }: ShellSetting, owned: DisposableStore, channels: number): Promise<EmulatedPorts> {
  const options = { channels: Array.from({ length: channels }, (_, channel) => channel) };
  const program = owned.add(platform.startProgram('virtual-open-ephys', [JSON.stringify(options)]));
  return new Promise((resolve, reject) => {
    // The program says nothing else.
    program.onMessage((message) => resolve(message as EmulatedPorts));
    program.onExit(({ code, signal }) => reject(new Error(`the virtual GUI ended: ${signal ?? `exit code ${code}`}`)));
  });
}

function inThread(
  path: string,
  workerData: OpenEphysBenchRequest,
): Promise<{ answer: OpenEphysBenchAnswer } | { problem: string }> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(path, { workerData, name: 'open-ephys-bench-thread' });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the bench thread ended with code ${code}`)));
  });
}

function resultLines(result: OpenEphysBenchResult): string[] {
  const { stream, channels, sampleRateHz, bufferMilliseconds, seconds, blocks, problems, fuzz } = result;
  const { lostSamples, lostMessages, droppedBlocks, heartbeats, samplesPerSecond: rate } = result;
  const row = (name: string, { count, p5, p50, p95, p99, max }: TimeSpread) =>
    `${name.padEnd(36)}${String(count).padStart(8)}${[p5, p50, p95, p99, max].map((value) => value.toFixed(2).padStart(10)).join('')}`;
  return [
    `${result.source}, ${stream}, ${channels} channels at ${sampleRateHz} Hz, buffer of ${bufferMilliseconds.toFixed(1)} ms, ${seconds} s`,
    `${blocks} blocks, ${lostSamples} samples and ${lostMessages} messages lost, ${droppedBlocks} blocks dropped here, ${heartbeats} heartbeats answered${rate === undefined ? '' : `; ${rate.toFixed(1)} samples/s`}`,
    `${'ms'.padEnd(36)}${'count'.padStart(8)}${['p5', 'median', 'p95', 'p99', 'max'].map((name) => name.padStart(10)).join('')}`,
    row('between bursts', result.burstIntervalMs),
    row('later than the earliest of its kind', result.latenessMs),
    row('from the socket to the rig thread', result.handOverMs),
    ...problems,
    ...Object.entries(fuzz).map(
      ([name, { damaged, accepted, wrong, crashes, longestMs }]) =>
        `${name}: ${damaged} damaged, ${accepted} accepted, ${wrong} wrong, ${crashes} crashes, longest ${longestMs.toFixed(1)} ms`,
    ),
  ];
}
