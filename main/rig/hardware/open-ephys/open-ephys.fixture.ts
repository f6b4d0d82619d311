// An emulated Open Ephys GUI and what connects to it, with short times and no thread of its own.
import type { DisposableStore } from '../../../../common/base/disposable.ts';
import { madeStep } from '../../../virtual-rig/open-ephys/encode-message.ts';
import { VirtualOpenEphys, type VirtualOpenEphysOptions } from '../../../virtual-rig/open-ephys/virtual-open-ephys.ts';
import { OpenEphysError, type OpenEphysProblemCode } from './open-ephys-problem.ts';
import { type OpenEphysOptions, OpenEphysSession, type OpenEphysTimes } from './open-ephys-session.ts';
import { startStreamReader } from './stream-reader.ts';

export const host = '127.0.0.1';

export const shortTimes: OpenEphysTimes = {
  heartbeat: { every: 50, answer: 100 },
  answer: 2000,
  layout: 5000,
  look: 50,
};

export async function startGui(
  store: DisposableStore,
  options: VirtualOpenEphysOptions = {},
): Promise<VirtualOpenEphys> {
  return store.add(await VirtualOpenEphys.start(options));
}

export function optionsFor(gui: VirtualOpenEphys, over: Partial<OpenEphysOptions> = {}): OpenEphysOptions {
  return {
    host,
    dataPort: gui.dataPort,
    httpPort: gui.httpPort,
    blockMilliseconds: 10,
    microvoltsPerBit: 0.195,
    uuid: '3f2c',
    startReader: startStreamReader,
    times: shortTimes,
    ...over,
  };
}

export async function openSession(
  store: DisposableStore,
  gui: VirtualOpenEphys,
  over: Partial<OpenEphysOptions> = {},
): Promise<OpenEphysSession> {
  return store.add(await OpenEphysSession.open(optionsFor(gui, over)));
}

/** Whether all values of a block are those that the emulated source samples. */
export function isMade(firstSample: number, samples: Int16Array, channels: readonly number[]): boolean {
  return samples.every(
    (value, at) => value === madeStep(firstSample + Math.floor(at / channels.length), channels[at % channels.length]!),
  );
}

/** What a step was refused with; undefined: it was not. */
export async function codeOf(step: Promise<unknown>): Promise<OpenEphysProblemCode | undefined> {
  try {
    await step;
    return undefined;
  } catch (error) {
    if (error instanceof OpenEphysError) return error.problem.code;
    throw error;
  }
}

/** The next value of an event for which `isIt` holds. */
export function nextOf<T>(
  event: (listener: (value: T) => void) => { dispose(): void },
  isIt: (value: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event((value) => {
      if (!isIt(value)) return;
      subscription.dispose();
      resolve(value);
    });
  });
}
