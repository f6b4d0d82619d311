// Tells the shaders of each phase of a tick which steps it has; simulation process.
import { mix } from '../../network/random.ts';
import type { GpuArrays } from './gpu-arrays.ts';
import type { NetworkLayout } from './network-layout.ts';
import type { Phase } from './tick-phases.ts';

/** Bytes between moments: what the least device can address. */
const momentBytes = 256;

/** In order, as struct Moment of `shader-parts.ts` has them. */
const words = 13;

/** Has a moment for each phase of a tick, and one more for what is not a tick. */
export class Moments {
  /** In the order of the phases; then the one more. */
  readonly groups: readonly GPUBindGroup[];
  readonly #queue: GPUQueue;
  readonly #buffer: GPUBuffer;
  readonly #words: Uint32Array<ArrayBuffer>;
  readonly #layout: NetworkLayout;
  readonly #phases: readonly Phase[];

  /** @param momentLayout of group 0 */
  constructor(
    device: GPUDevice,
    arrays: GpuArrays,
    momentLayout: GPUBindGroupLayout,
    layout: NetworkLayout,
    phases: readonly Phase[],
  ) {
    this.#queue = device.queue;
    this.#layout = layout;
    this.#phases = phases;
    this.#words = new Uint32Array(((phases.length + 1) * momentBytes) / 4);
    this.#buffer = arrays.uniform('moments', this.#words.length);
    this.groups = Array.from({ length: phases.length + 1 }, (_, index) => {
      const resource = { buffer: this.#buffer, offset: index * momentBytes, size: momentBytes };
      return device.createBindGroup({ layout: momentLayout, entries: [{ binding: 0, resource }] });
    });
  }

  /** @param step number of the tick's first */
  beginTick(step: number): void {
    for (let index = 0; index < this.#phases.length; index++) {
      const { firstStep, steps } = this.#phases[index]!;
      this.#set(index, step + firstStep, firstStep, steps, false);
    }
    this.#queue.writeBuffer(this.#buffer, 0, this.#words);
  }

  /** In the one more: the ring of what neurons receive is filled again. @param step the first that will be computed. @param steps before it */
  fillAgain(step: number, steps: number): void {
    this.#set(this.#phases.length, step - steps, 0, steps, true);
    this.#queue.writeBuffer(this.#buffer, 0, this.#words);
  }

  /** @param step may be below 0: then nothing has been sent in it. @param ofTick its number in the tick */
  #set(index: number, step: number, ofTick: number, steps: number, isFilledAgain: boolean): void {
    const { receivedSlots, receivedWords, slotWords, slots, shareWords } = this.#layout;
    const { tickCounters, stepCounters, keysStart, batchSteps } = this.#layout;
    const at = (index * momentBytes) / 4;
    this.#words[at] = step;
    this.#words[at + 1] = steps;
    this.#words[at + 2] = tickCounters + ofTick * stepCounters;
    this.#words[at + 3] = stepCounters;
    this.#words[at + 4] = slotWords;
    this.#words[at + 5] = slots - 1;
    this.#words[at + 6] = shareWords;
    this.#words[at + 7] = receivedSlotOf(step, receivedSlots);
    this.#words[at + 8] = receivedSlots;
    this.#words[at + 9] = receivedWords;
    this.#words[at + 10] = keysStart + ofTick;
    this.#words[at + 11] = batchSteps;
    this.#words[at + words - 1] = isFilledAgain ? 1 : 0;
  }
}

/** @returns the slot of what neurons receive for a step. */
export const receivedSlotOf = (step: number, receivedSlots: number) =>
  ((step % receivedSlots) + receivedSlots) % receivedSlots;

/** @returns the part of all random numbers that belongs to a step. */
export const stepKey = (step: number) => mix(mix(step) + Math.floor(step / 0x1_0000_0000));
