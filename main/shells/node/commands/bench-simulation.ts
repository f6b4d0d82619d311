// `exocortex bench simulation`: the simulation beside Brian2, against itself and in the loop. Main process of the plain-Node shell.
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShellSetting } from '../shell-setting.ts';
import { type BenchContext, orSkip } from './bench-simulation/bench-context.ts';
import { checkParity } from './bench-simulation/check-parity.ts';
import { compareWithBrian2 } from './bench-simulation/compare-with-brian2.ts';
import { describeMachine } from './bench-simulation/machine.ts';
import { measureLoop } from './bench-simulation/measure-loop.ts';
import { measureMicrocircuit } from './bench-simulation/measure-microcircuit.ts';
import { measurePlastic } from './bench-simulation/measure-plastic.ts';
import type { BenchPart } from './bench-simulation/parts.ts';
import { cacheFolder, findPython, type FoundPython } from './bench-simulation/python-environment.ts';
import type { SimulationBenchResult } from './bench-simulation/result.ts';
import { resultLines } from './bench-simulation/show-result.ts';

export interface SimulationBenchOptions {
  parts: readonly BenchPart[];
  repeats: number;
  /** Biological time of a run; undefined: what suits each part. */
  seconds: number | undefined;
  isJson: boolean;
}

/** @returns 1 when two back ends differ, else 0. */
export async function benchSimulation(setting: ShellSetting, options: SimulationBenchOptions): Promise<number> {
  const result: SimulationBenchResult = { machine: describeMachine(), skipped: [] };
  const context: BenchContext = {
    platform: setting.platform,
    machine: result.machine,
    repeats: options.repeats,
    seconds: options.seconds,
    isOnlyPart: options.parts.length === 1,
    note: setting.printError,
    skip: (what, reason) => result.skipped.push({ what, reason }),
  };
  const compiledFolder = mkdtempSync(join(tmpdir(), 'exocortex-bench-'));
  let found: FoundPython | undefined;
  const python = () =>
    (found ??= findPython(
      process.env['EXOCORTEX_PYTHON'],
      cacheFolder(process.env, process.platform, homedir()),
      context.note,
    ));
  const carryOut: Record<BenchPart, () => Promise<void>> = {
    cuba: async () => void (result.cuba = await compareWithBrian2(context, 'cuba', python(), compiledFolder)),
    coba: async () => void (result.coba = await compareWithBrian2(context, 'coba', python(), compiledFolder)),
    plastic: async () => void (result.plasticTickMs = await measurePlastic(context)),
    microcircuit: async () => void (result.microcircuit = await measureMicrocircuit(context)),
    parity: async () => void (result.parity = await checkParity(context)),
    loop: async () => {
      const { loop, plasticLoop, control } = await measureLoop(context);
      result.loopMs = loop;
      result.plasticLoopMs = plasticLoop;
      result.control = control;
    },
  };
  try {
    for (const part of options.parts) await orSkip(context, part, carryOut[part]);
  } finally {
    rmSync(compiledFolder, { recursive: true, force: true });
  }
  if (options.isJson) setting.print(JSON.stringify(result));
  else for (const line of resultLines(result)) setting.print(line);
  return result.parity?.some(({ isEqual }) => !isEqual) === true ? 1 : 0;
}
