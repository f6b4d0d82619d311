// The stimuli of an emulated RHS controller: only what was uploaded is fired by its key; runs in the virtual RHX.
import { stepsMax } from './rhx-settings.ts';
import type { RhxFaults } from './rhx-faults.ts';
import type { RhxSettings } from './rhx-settings.ts';
import type { Timers } from './timers.ts';

interface Uploaded {
  readonly key: string;
  readonly words: readonly number[];
}

export class StimMemory {
  /** Channels whose stimulus a trigger fired, in order. */
  readonly fired: { channel: string; key: string }[] = [];
  readonly #settings: RhxSettings;
  readonly #faults: RhxFaults;
  readonly #timers: Timers;
  readonly #uploadMilliseconds: number;
  readonly #uploaded = new Map<string, Uploaded>();
  readonly #onPulse: (channel: string, words: readonly number[]) => void;

  /** @param onPulse is told what the STIM column of a channel holds from the next sample on */
  constructor(
    settings: RhxSettings,
    faults: RhxFaults,
    timers: Timers,
    uploadMilliseconds: number,
    onPulse: (channel: string, words: readonly number[]) => void = () => {},
  ) {
    this.#onPulse = onPulse;
    this.#settings = settings;
    this.#faults = faults;
    this.#timers = timers;
    this.#uploadMilliseconds = uploadMilliseconds;
  }

  /** Without a stimulator the action is swallowed. */
  upload(channel: string): void {
    const settings = this.#settings;
    if (!settings.controller.isStimulator) return;
    const [parameter, value] = this.#faults.changedByUpload ?? [];
    if (parameter !== undefined && value !== undefined) settings.force(parameter, value);
    settings.force('UploadInProgress', 'True');
    if (settings.valueOf(`${channel}.stimenabled`) === 'True')
      this.#uploaded.set(channel, {
        key: settings.valueOf(`${channel}.source`).toLowerCase(),
        words: pulseWords(settings, channel),
      });
    else this.#uploaded.delete(channel);
    if (this.#faults.isUploadStuck === true) return;
    this.#timers.later(this.#uploadMilliseconds, () => settings.force('UploadInProgress', 'False'));
  }

  trigger(key: string): void {
    for (const [channel, uploaded] of this.#uploaded)
      if (uploaded.key === `keypress${key}`) {
        this.fired.push({ channel, key });
        if (this.#faults.isTriggerDeaf !== true) this.#onPulse(channel, uploaded.words);
      }
  }
}

/** One pulse in words of the STIM column: steps, and the sign in bit 8. */
function pulseWords(settings: RhxSettings, channel: string): number[] {
  const { sampleRateHz, stepMicroamps } = settings.controller;
  const value = (name: string) => settings.valueOf(`${channel}.${name}`);
  const samples = (name: string) => Math.round((Number(value(name)) * sampleRateHz) / 1e6);
  const steps = (name: string) => Math.min(stepsMax, Math.round(Number(value(name)) / stepMicroamps));
  const negative = 0x100;
  const [first, second] = value('polarity') === 'NegativeFirst' ? [negative, 0] : [0, negative];
  const gap = value('shape') === 'BiphasicWithInterphaseDelay' ? samples('interphasedelaymicroseconds') : 0;
  return [
    ...Array<number>(samples('firstphasedurationmicroseconds')).fill(first | steps('firstphaseamplitudemicroamps')),
    ...Array<number>(gap).fill(0),
    ...Array<number>(samples('secondphasedurationmicroseconds')).fill(second | steps('secondphaseamplitudemicroamps')),
  ];
}
