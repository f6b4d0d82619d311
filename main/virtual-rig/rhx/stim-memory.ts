// The stimuli of an emulated RHS controller: only what was uploaded is fired by its key; runs in the virtual RHX.
import type { RhxFaults } from './rhx-faults.ts';
import type { RhxSettings } from './rhx-settings.ts';
import type { Timers } from './timers.ts';

export class StimMemory {
  /** Channels whose stimulus a trigger fired, in order. */
  readonly fired: { channel: string; key: string }[] = [];
  readonly #settings: RhxSettings;
  readonly #faults: RhxFaults;
  readonly #timers: Timers;
  readonly #uploadMilliseconds: number;
  readonly #uploaded = new Map<string, { key: string }>();

  constructor(settings: RhxSettings, faults: RhxFaults, timers: Timers, uploadMilliseconds: number) {
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
      this.#uploaded.set(channel, { key: settings.valueOf(`${channel}.source`).toLowerCase() });
    else this.#uploaded.delete(channel);
    if (this.#faults.isUploadStuck === true) return;
    this.#timers.later(this.#uploadMilliseconds, () => settings.force('UploadInProgress', 'False'));
  }

  trigger(key: string): void {
    for (const [channel, uploaded] of this.#uploaded)
      if (uploaded.key === `keypress${key}`) this.fired.push({ channel, key });
  }
}
