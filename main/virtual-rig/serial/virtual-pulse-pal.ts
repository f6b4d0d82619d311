// An emulated Pulse Pal 2 with firmware 2.0.1: its command loop, its parameters, its card and what its outputs play. Written after sanworks/PulsePal.
import { Emitter } from '../../../common/base/event.ts';
import { playTrain, type PulsePalOutput } from './pulse-pal-output.ts';
import type { VirtualSerialDevice, Waveform } from './virtual-serial-device.ts';

const menu = 213;
const outputCount = 4;
const cycleMicroseconds = 50;
/** As the device starts without a file on its card: monophasic pulses of 5 V that the first input triggers. */
const defaultOutput: PulsePalOutput = {
  times: [2, 2, 2, 20, 0, 0, 20_000, 0],
  volts: [49_152, 16_384, 32_768],
  modes: [0, 0, 0, 0],
};
/** The widths, in bytes, of a program's three blocks. */
const blocks = [
  ['times', 4, 8],
  ['volts', 2, 3],
  ['modes', 1, 4],
] as const;

export interface PulsePalFaults {
  /** Firmware number. */
  firmware?: number;
  /** Sends only so many bytes of each answer. */
  answerBytes?: number;
  /** Sent before each answer. */
  noise?: readonly number[];
  /** A time of channel 1 that a program does not change: which, and to what. */
  stuckTime?: readonly [index: number, value: number];
}

export class VirtualPulsePal implements VirtualSerialDevice {
  readonly #bytes = new Emitter<Uint8Array>();
  readonly onBytes = this.#bytes.event;
  readonly #playing = new Emitter<{ channel: number; microseconds: number }>();
  /** An output begins to play, for so long. */
  readonly onPlaying = this.#playing.event;
  outputs: PulsePalOutput[] = Array.from({ length: outputCount }, () => defaultOutput);
  links: number[] = [1, 1, 1, 1, 0, 0, 0, 0];
  triggerModes: number[] = [0, 0];
  readonly isLooping = [false, false, false, false];
  /** What the outputs have played since they were triggered, in codes of the converter and cycles. */
  readonly played: { channel: number; waveform: Waveform }[] = [];
  aborts = 0;
  readonly faults: PulsePalFaults = {};
  /** A command that did not come whole in 500 ms: the device waits for a click of its joystick. */
  hasFailed = false;
  #fileName = 'default.pps';
  readonly #card = new Map<string, number[]>();
  #held: number[] = [];

  take(bytes: Uint8Array): void {
    if (this.hasFailed) return;
    this.#held.push(...bytes);
    while (this.#held.length > 0) {
      const used = this.#execute(this.#held);
      if (used === undefined) return;
      this.#held = this.#held.slice(used);
    }
  }

  /** 500 ms pass without a byte. */
  timeOut(): void {
    if (this.#held.length === 0) return;
    this.hasFailed = true;
    this.#held = [];
  }

  /** @returns the file of the card with this name */
  fileOf(name: string): readonly number[] | undefined {
    return this.#card.get(name);
  }

  /** @returns how many bytes the oldest command took; undefined: it is not whole */
  #execute(bytes: readonly number[]): number | undefined {
    const [first, op, a = 0, b = 0] = bytes;
    // Whatever else comes first is skipped.
    if (first !== menu) return 1;
    if (op === undefined) return undefined;
    const length = { 72: 2, 73: 180, 77: 3, 80: 2, 82: 4, 85: 2, 90: bytes.length < 4 ? 4 : 4 + b }[op] ?? 2;
    if (bytes.length < length) return undefined;
    if (op === 72) this.#answer([75, this.faults.firmware ?? 21, 0, 0, 0]);
    if (op === 73) this.#program(bytes.slice(2, length));
    if (op === 77) for (let index = 0; index < outputCount; index++) if ((a >> index) & 1) this.#play(index);
    if (op === 80) this.aborts++;
    if (op === 82) {
      this.isLooping[a - 1] = b !== 0;
      this.#answer([1]);
    }
    if (op === 85) this.#answer((this.#card.get(this.#fileName) ?? []).slice(0, 178));
    if (op === 90) {
      this.#fileName = String.fromCharCode(...bytes.slice(4, length));
      if (a === 1) this.#card.set(this.#fileName, this.#file());
    }
    return length;
  }

  #program(bytes: readonly number[]): void {
    let at = 0;
    const take = (width: number) => {
      let value = 0;
      for (let index = 0; index < width; index++) value += (bytes[at++] ?? 0) * 256 ** index;
      return value;
    };
    const taken = { times: [] as number[][], volts: [] as number[][], modes: [] as number[][] };
    for (const [name, width, count] of blocks)
      for (let index = 0; index < outputCount; index++)
        taken[name].push(Array.from({ length: count }, () => take(width)));
    this.outputs = Array.from({ length: outputCount }, (_, index) => ({
      times: taken.times[index] ?? [],
      volts: taken.volts[index] ?? [],
      modes: taken.modes[index] ?? [],
    }));
    const [stuck, value] = this.faults.stuckTime ?? [];
    this.outputs[0] = {
      ...this.outputs[0]!,
      times: this.outputs[0]!.times.map((it, index) => (index === stuck ? value! : it)),
    };
    this.links = Array.from({ length: 8 }, () => take(1));
    this.triggerModes = [take(1), take(1)];
    this.#answer([1]);
  }

  #file(): number[] {
    const spread = (width: number) => (value: number) =>
      Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** index) % 256);
    return [
      ...this.outputs.flatMap(({ times, volts, modes: [isBiphasic = 0, ...custom] }) => [
        ...times.flatMap(spread(4)),
        isBiphasic,
        ...volts.flatMap(spread(2)),
        ...custom,
      ]),
      ...this.triggerModes.flatMap((mode, input) => [mode, ...this.links.slice(input * 4, input * 4 + 4)]),
      252,
    ];
  }

  #play(index: number): void {
    const waveform = playTrain(this.outputs[index]!, this.isLooping[index]!);
    this.played.push({ channel: index + 1, waveform });
    const cycles = waveform.reduce((sum, { duration }) => sum + duration, 0);
    this.#playing.fire({ channel: index + 1, microseconds: cycles * cycleMicroseconds });
  }

  #answer(bytes: readonly number[]): void {
    const { noise = [], answerBytes = Infinity } = this.faults;
    this.#bytes.fire(Uint8Array.from([...noise, ...bytes].slice(0, answerBytes)));
  }
}
