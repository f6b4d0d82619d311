// An emulated RHX and what connects to it, with short times and no thread of its own.
import type { DisposableStore } from '../../../../common/base/disposable.ts';
import { VirtualRhx, type VirtualRhxOptions } from '../../../virtual-rig/rhx/virtual-rhx.ts';
import type { RhxSelection } from './columns.ts';
import type { RhxTimes } from './controller.ts';
import { RhxError, type RhxProblemCode } from './rhx-problem.ts';
import { RhxSession } from './rhx-session.ts';
import { startStreamReader } from './stream-reader.ts';

/** Stops of the emulated RHX take 50 ms as those of the real one do. A busy computer answers, too. */
export const shortTimes: RhxTimes = { answer: 1000, alone: 20, settle: 80, first: 1000, poll: 5 };

export const host = '127.0.0.1';

/** An RHS controller with two ports. */
export const controller: VirtualRhxOptions = {
  isStimulator: true,
  sampleRateHz: 30_000,
  amplifiers: [4, 2],
  stepMicroamps: 0.5,
  uploadMilliseconds: 20,
};

export const wideAndSpikes: RhxSelection = {
  amplifiers: [
    { channel: 'A-001', bands: ['WIDE', 'STIM'], hasSpikes: true },
    { channel: 'B-000', bands: ['WIDE'], hasSpikes: false },
  ],
  others: ['DIGITAL-IN-01'],
};

export async function startRhx(store: DisposableStore, options: Partial<VirtualRhxOptions> = {}): Promise<VirtualRhx> {
  return store.add(await VirtualRhx.start({ ...controller, ...options }));
}

export async function openSession(
  store: DisposableStore,
  rhx: VirtualRhx,
  selection: RhxSelection = wideAndSpikes,
): Promise<RhxSession> {
  return store.add(
    await RhxSession.open({
      host,
      port: rhx.commandPort,
      selection,
      blocksPerWrite: 1,
      startReader: startStreamReader,
      times: shortTimes,
    }),
  );
}

/** What a step was refused with; undefined: it was not. */
export async function codeOf(step: Promise<unknown>): Promise<RhxProblemCode | undefined> {
  try {
    await step;
    return undefined;
  } catch (error) {
    if (error instanceof RhxError) return error.problem.code;
    throw error;
  }
}
