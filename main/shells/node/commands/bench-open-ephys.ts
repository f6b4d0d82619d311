// `exocortex bench open-ephys`: what a stream of the Open Ephys GUI is like here, and that damaged ones are never believed. Main process of the plain-Node shell.
import { join } from 'node:path';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import type { OpenEphysBenchAnswer, OpenEphysBenchRequest } from '../../../../common/bench/open-ephys-run.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { fuzzRow, inBenchThread, spreadHeader, spreadRow } from './bench-tables.ts';

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
    const outcome = await inBenchThread<OpenEphysBenchAnswer>(
      join(programsFolder, 'open-ephys-bench-thread.js'),
      request,
    );
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

function resultLines(result: OpenEphysBenchResult): string[] {
  const { stream, channels, sampleRateHz, bufferMilliseconds, seconds, blocks, problems, fuzz } = result;
  const { lostSamples, lostMessages, droppedBlocks, heartbeats, samplesPerSecond: rate } = result;
  return [
    `${result.source}, ${stream}, ${channels} channels at ${sampleRateHz} Hz, buffer of ${bufferMilliseconds.toFixed(1)} ms, ${seconds} s`,
    `${blocks} blocks, ${lostSamples} samples and ${lostMessages} messages lost, ${droppedBlocks} blocks dropped here, ${heartbeats} heartbeats answered${rate === undefined ? '' : `; ${rate.toFixed(1)} samples/s`}`,
    spreadHeader,
    spreadRow('between bursts', result.burstIntervalMs),
    spreadRow('later than the earliest of its kind', result.latenessMs),
    spreadRow('from the socket to the rig thread', result.handOverMs),
    ...problems,
    ...Object.entries(fuzz).map(([name, result]) => fuzzRow(name, result)),
  ];
}
