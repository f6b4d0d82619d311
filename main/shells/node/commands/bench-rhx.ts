// `exocortex bench rhx`: what a recording from Intan RHX is like here, and that damaged streams are never believed. Main process of the plain-Node shell.
import { join } from 'node:path';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import type { RhxBenchAnswer, RhxBenchRequest } from '../../../../common/bench/rhx-run.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { fuzzRow, inBenchThread, spreadHeader, spreadRow } from './bench-tables.ts';

export interface RhxBenchOptions extends Omit<RhxBenchRequest, 'host' | 'programsFolder'> {
  /** Undefined: an emulated RHX is started for the bench, and `port` does not count. */
  host: string | undefined;
  isJson: boolean;
}

export interface RhxBenchResult extends RhxBenchAnswer {
  source: 'Intan RHX' | 'emulated RHX';
}

const host = '127.0.0.1';
/** As the demo of an RHS controller is. */
const emulated = { isStimulator: true, sampleRateHz: 30_000, amplifiers: [32, 32], stepMicroamps: 0.5 };

/** @returns 0 when nothing was lost or dropped and no damage was believed; 2 when RHX cannot be used */
export async function benchRhx(setting: ShellSetting, options: RhxBenchOptions): Promise<number> {
  const owned = new DisposableStore();
  try {
    const { platform } = setting;
    const port = options.host === undefined ? await startEmulation(setting, owned) : options.port;
    const request: RhxBenchRequest = {
      ...options,
      host: options.host ?? host,
      port,
      programsFolder: platform.programsFolder,
    };
    const outcome = await inBenchThread<RhxBenchAnswer>(join(platform.programsFolder, 'rhx-bench-thread.js'), request);
    if ('problem' in outcome) {
      setting.printError(outcome.problem);
      return 2;
    }
    const result: RhxBenchResult = {
      source: options.host === undefined ? 'emulated RHX' : 'Intan RHX',
      ...outcome.answer,
    };
    if (options.isJson) setting.print(JSON.stringify(result));
    else for (const line of resultLines(result)) setting.print(line);
    return isClean(result) ? 0 : 1;
  } finally {
    owned.dispose();
  }
}

function isClean({ lostSamples, droppedBlocks, fuzz: { waveform, spike } }: RhxBenchResult): boolean {
  return [lostSamples, droppedBlocks, waveform.wrong, waveform.crashes, spike.wrong, spike.crashes].every(
    (count) => count === 0,
  );
}

function startEmulation({ platform }: ShellSetting, owned: DisposableStore): Promise<number> {
  const program = owned.add(platform.startProgram('virtual-rhx', [JSON.stringify(emulated)]));
  return new Promise((resolve, reject) => {
    // The program says nothing else.
    program.onMessage((message) => resolve((message as { commandPort: number }).commandPort));
    program.onExit(({ code, signal }) => reject(new Error(`the virtual RHX ended: ${signal ?? `exit code ${code}`}`)));
  });
}

function resultLines(result: RhxBenchResult): string[] {
  const { controller, seconds, blocks, blocksPerWrite, startMs, lostSamples, droppedBlocks, problems, fuzz } = result;
  const rate = result.samplesPerSecond;
  return [
    `${result.source} ${controller.version}, ${controller.type}, ${controller.channels} channels at ${controller.sampleRateHz} Hz, ${blocksPerWrite} blocks per write, ${seconds} s`,
    `${blocks} blocks, ${lostSamples} samples lost, ${droppedBlocks} blocks dropped here; started in ${startMs} ms${rate === undefined ? '' : `; ${rate.toFixed(1)} samples/s`}`,
    spreadHeader,
    spreadRow('between bursts', result.burstIntervalMs),
    spreadRow('what has arrived is behind RHX by', result.behindRhxMs),
    spreadRow('later than the earliest of its kind', result.latenessMs),
    spreadRow('from the socket to the rig thread', result.handOverMs),
    spreadRow('question to answer', result.roundTripMs),
    ...problems,
    ...Object.entries(fuzz).map(([name, result]) => fuzzRow(`${name} stream`, result)),
  ];
}
