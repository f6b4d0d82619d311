// `exocortex bench hid`: what the driver of HID rigs carries, how long it takes, and that damage is never believed. Main process of the plain-Node shell.
import { join } from 'node:path';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import { isBelieved } from '../../../../common/bench/fuzz-result.ts';
import type { HidBenchAnswer, HidBenchRequest, HidFuzz, HidLineRun } from '../../../../common/bench/hid-run.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { findBoardProgram, hasUhid, startBoard } from './bench-hid/emulated-board.ts';
import { type HidPart, reportBytesOf } from './bench-hid/parts.ts';
import { type BenchOutcome, fuzzRow, inBenchThread, spreadHeader, spreadRow } from './bench-tables.ts';

export interface HidBenchOptions {
  parts: readonly HidPart[];
  /** The emulated board's program; undefined: it is built. */
  board: string | undefined;
  seconds: number;
  damages: number;
  seed: number;
  isJson: boolean;
}

export interface HidBenchResult {
  /** What lies between the driver and the board. */
  over: 'socket' | 'uhid';
  /** What the figures are of, in a sentence. */
  note: string;
  lines: Partial<Record<HidPart, HidLineRun>>;
  fuzz: HidFuzz | undefined;
}

const notes = {
  socket: 'The figures are of the emulated board over a local socket, without USB and the system’s HID devices.',
  uhid: 'The figures are of the emulated board as a HID device of this kernel (uhid), without USB.',
};

/** @returns 0 when every loss was counted and no damage was believed; 1 when not; 2 when there is no emulated board */
export async function benchHid(setting: ShellSetting, options: HidBenchOptions): Promise<number> {
  const over = hasUhid() ? 'uhid' : 'socket';
  const result: HidBenchResult = { over, note: notes[over], lines: {}, fuzz: undefined };
  for (const part of options.parts) {
    const reportBytes = reportBytesOf(part);
    const outcome =
      reportBytes === undefined
        ? await ask(setting, { kind: 'fuzz', damages: options.damages, seed: options.seed })
        : await measure(setting, options, part, reportBytes, over === 'uhid');
    if ('problem' in outcome) {
      setting.printError(outcome.problem);
      return 2;
    }
    const { answer } = outcome;
    if ('reports' in answer) result.fuzz = answer;
    else result.lines[part] = answer;
  }
  if (options.isJson) setting.print(JSON.stringify(result));
  else for (const line of resultLines(result)) setting.print(line);
  return isClean(result) ? 0 : 1;
}

function ask<Request extends HidBenchRequest>(
  { platform }: ShellSetting,
  request: Request,
): Promise<BenchOutcome<HidBenchAnswer<Request>>> {
  return inBenchThread(join(platform.programsFolder, 'hid-bench-thread.js'), request);
}

async function measure(
  setting: ShellSetting,
  { board, seconds }: HidBenchOptions,
  part: HidPart,
  reportBytes: number,
  isInKernel: boolean,
): Promise<BenchOutcome<HidLineRun>> {
  const { applicationFolder, programsFolder } = setting.platform;
  const found = findBoardProgram(board, applicationFolder);
  if ('problem' in found) return found;
  const owner = new DisposableStore();
  try {
    const started = startBoard(found.program, reportBytes, isInKernel, owner);
    const doesPulse = part === 'latency';
    return await ask(setting, { kind: 'line', board: started, seconds, doesPulse, programsFolder });
  } finally {
    owner.dispose();
  }
}

/** A loss that was counted is the computer's; one that was not is the driver's. */
export function isClean({ lines, fuzz }: Pick<HidBenchResult, 'lines' | 'fuzz'>): boolean {
  const areCounted = Object.values(lines).every(
    ({ uncountedSamples, wrongSamples, blocks, fault }) =>
      uncountedSamples === 0 && wrongSamples === 0 && blocks > 0 && fault === undefined,
  );
  return areCounted && Object.values(fuzz ?? {}).every((counts) => !isBelieved(counts));
}

function resultLines({ note, lines, fuzz }: HidBenchResult): string[] {
  return [
    note,
    ...Object.entries(lines).flatMap(([part, run]) => ['', ...lineRows(part, run)]),
    ...(fuzz === undefined ? [] : ['', ...Object.entries(fuzz).map(([what, counts]) => fuzzRow(what, counts))]),
  ];
}

function lineRows(part: string, run: HidLineRun): string[] {
  const { counted, latency } = run;
  const losses = Object.entries(counted).map(([what, count]) => `${count} ${what}`);
  return [
    `${part}: ${run.channels} channels at ${run.sampleRateHz} Hz in reports of ${run.reportBytes} bytes, ${run.seconds.toFixed(1)} s${run.fault === undefined ? '' : `; ${run.fault}`}`,
    `${run.reportsPerSecond.toFixed(0)} reports/s, ${run.samplesPerSecond.toFixed(0)} samples/s; reports counted as ${losses.join(', ')}; ${run.missingSamples} samples missing, ${run.samplesNotTaken} not taken, ${run.uncountedSamples} uncounted, ${run.wrongSamples} wrong`,
    spreadHeader,
    spreadRow('between blocks', run.betweenBlocksMs),
    ...(latency === undefined
      ? []
      : [
          spreadRow(`sample to rig thread (± ${latency.clockUncertaintyMs.toFixed(3)})`, latency.inputMs),
          spreadRow('sample to pulse, at the board', latency.inputToOutputMs),
          spreadRow('asking to acknowledgement', latency.roundTripMs),
          `pulses: ${Object.entries(latency.pulses)
            .map(([outcome, count]) => `${count} ${outcome}`)
            .join(', ')}`,
        ]),
  ];
}
