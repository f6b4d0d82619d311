// Recordings as Intan's programs write them, in each of their layouts, for tests.
import type { RecordingEvent } from '../../../analysis/import/recording-reader.ts';
import { madeSamples, words, type MadeRecording } from './made-recording.ts';

export interface IntanOptions {
  kind: 'rhd' | 'rhs';
  version?: readonly [number, number];
  channels?: number;
  blocks?: number;
  /** DC amplifiers, in RHS files. */
  isDcSaved?: boolean;
  layout?: 'file' | 'signals' | 'channels';
  /** Auxiliary inputs behind the amplifiers in amplifier.dat. */
  hasAuxiliaryInFrames?: boolean;
  firstTime?: number;
  /** Samples that were lost before the second block. */
  lost?: number;
  notch?: number;
  note?: string;
}

const int16 = (...values: number[]) => words(values);
const float32 = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const text = (value: string) => {
  const bytes = Buffer.from(value, 'utf16le');
  return Buffer.concat([uint32(bytes.length), bytes]);
};

const stepAmperes = 1e-6;
const sampleRateHz = 30_000;
/** Lines 1 and 3 of 16; the first digital input is on for samples 10 to 19, the second from 5 on. */
const digitalLines = [1, 3];
const digitalWord = (sample: number) =>
  (sample >= 10 && sample < 20 ? 1 << 1 : 0) | (sample >= 5 ? 1 << 3 : 0) | (1 << 7);

/** Word of the stimulator: -3 µA on the first channel in samples 20 to 22, then charge recovery in 23. */
const stimulatorWord = (channel: number, sample: number) => {
  if (channel !== 0 || sample < 20 || sample > 23) return 0;
  return sample === 23 ? 1 << 14 : 3 | (1 << 8);
};

function header(options: Required<IntanOptions>): Buffer {
  const { kind, version, channels, isDcSaved, note, notch } = options;
  const [major, minor] = version;
  const isRhs = kind === 'rhs';
  const since = (a: number, b: number) => major > a || (major === a && minor >= b);
  const channel = (native: string, custom: string, order: number, type: number, isEnabled = 1) =>
    Buffer.concat([
      text(native),
      text(custom),
      int16(order, order, type, isEnabled, ...(isRhs ? [0, 0, 0] : [0, 0]), 0, 0, 0, 0),
      float32(1e5, -40),
    ]);
  const port = [
    ...Array.from({ length: channels }, (_, index) => channel(`A-00${index}`, `E${index + 1}`, index, 0)),
    channel('A-099', 'off', 99, 0, 0),
    ...(isRhs ? [] : [channel('A-AUX1', 'aux', 0, 1), channel('A-VDD1', 'vdd', 0, 2)]),
  ];
  const board = [
    channel('ANALOG-IN-1', '', 0, 3),
    ...(isRhs ? [channel('ANALOG-OUT-1', '', 0, 4)] : []),
    ...digitalLines.map((line) => channel(`DIGITAL-IN-${line + 1}`, '', line, isRhs ? 5 : 4)),
  ];
  const group = (name: string, isEnabled: number, members: Buffer[]) =>
    Buffer.concat([text(name), text(name), int16(isEnabled, members.length, 0), ...(isEnabled === 1 ? members : [])]);
  return Buffer.concat([
    uint32(isRhs ? 0xd691_27ac : 0xc691_2702),
    int16(major, minor),
    float32(sampleRateHz),
    int16(1),
    float32(...Array.from({ length: isRhs ? 8 : 6 }, (_, index) => index)),
    int16(notch),
    float32(1000, 1000),
    ...(isRhs ? [int16(0, 0), float32(stepAmperes, 1e-8, 0)] : []),
    ...[note, '', 'ü'].map(text),
    ...(isRhs ? [int16(isDcSaved ? 1 : 0)] : since(1, 1) ? [int16(0)] : []),
    ...(isRhs || since(1, 3) ? [int16(isRhs ? 14 : 13)] : []),
    ...(isRhs || since(2, 0) ? [text('n/a')] : []),
    int16(3),
    group('Port A', 1, port),
    group('Port B', 0, [Buffer.alloc(0)]),
    group('Board', 1, board),
  ]);
}

/** Two blocks of two channels unless it is said otherwise. */
export function makeIntan(given: IntanOptions): MadeRecording {
  const options = {
    ...{
      version: [3, 3] as const,
      channels: 2,
      blocks: 2,
      isDcSaved: true,
      layout: 'file' as const,
      hasAuxiliaryInFrames: false,
    },
    ...{ firstTime: 0, lost: 0, notch: 0, note: '' },
    ...given,
  };
  const { kind, version, channels, blocks, isDcSaved, layout, firstTime, lost } = options;
  const isRhs = kind === 'rhs';
  const perBlock = isRhs || version[0] >= 2 ? 128 : 60;
  const count = blocks * perBlock;
  const samples = madeSamples(count * channels);
  const time = (sample: number) => firstTime + sample + (sample >= perBlock ? lost : 0);
  /** `word` of each sample of a block. */
  const plane = (block: number, word: (sample: number) => number, every = 1) =>
    words(Array.from({ length: perBlock / every }, (_, index) => word(block * perBlock + index * every)));
  const channelPlanes = (block: number, word: (channel: number, sample: number) => number) =>
    Array.from({ length: channels }, (_, channel) => plane(block, (sample) => word(channel, sample)));
  const blockOf = (_: unknown, block: number) =>
    Buffer.concat([
      Buffer.from(Int32Array.from({ length: perBlock }, (_, index) => time(block * perBlock + index)).buffer),
      ...channelPlanes(block, (channel, sample) => samples[sample * channels + channel]! + 0x8000),
      ...(isRhs && isDcSaved ? channelPlanes(block, () => 512) : []),
      ...(isRhs ? channelPlanes(block, stimulatorWord) : []),
      ...(isRhs ? [] : [plane(block, () => 7, 4), int16(9)]),
      plane(block, () => 0x8000),
      ...(isRhs ? [plane(block, () => 0x8000)] : []),
      plane(block, digitalWord),
    ]);
  const all = <T>(of: (sample: number) => T) => Array.from({ length: count }, (_, sample) => of(sample));
  const names = Array.from({ length: channels }, (_, channel) => `A-00${channel}`);
  const times = Buffer.from(Int32Array.from(all(time)).buffer);
  const info = `info.${kind}`;
  const files: Record<string, Uint8Array> =
    layout === 'file'
      ? { [`test_260304_050607.${kind}`]: Buffer.concat([header(options), ...Array.from({ length: blocks }, blockOf)]) }
      : layout === 'channels'
        ? {
            [info]: header(options),
            'time.dat': times,
            ...Object.fromEntries(
              names.map((name, channel) => [
                `amp-${name}.dat`,
                words(all((sample) => samples[sample * channels + channel]!)),
              ]),
            ),
            'aux-A-AUX1.dat': words(all(() => 7)),
            'vdd-A-VDD1.dat': words(all(() => 9)),
            'board-ANALOG-IN-1.dat': words(all(() => 0x8000)),
            ...Object.fromEntries(
              digitalLines.map((line) => [
                `board-DIGITAL-IN-${line + 1}.dat`,
                words(all((sample) => (digitalWord(sample) >> line) & 1)),
              ]),
            ),
          }
        : {
            [info]: header(options),
            'time.dat': times,
            'amplifier.dat': options.hasAuxiliaryInFrames
              ? words(all((sample) => [...samples.slice(sample * channels, (sample + 1) * channels), 7]).flat())
              : words(samples),
            'analogin.dat': words(all(() => 0x8000)),
            'digitalin.dat': words(all(digitalWord)),
            ...(isRhs
              ? {
                  'analogout.dat': words(all(() => 0x8000)),
                  'dcamplifier.dat': words(all(() => names.map(() => 512)).flat()),
                  'stim.dat': words(all((sample) => names.map((_, channel) => stimulatorWord(channel, sample))).flat()),
                }
              : { 'auxiliary.dat': words(all(() => 7)), 'supply.dat': words(all(() => 9)) }),
          };
  const stimuli: RecordingEvent[] = [
    { sample: 20, kind: 'stimulator', channel: 'E1', microamps: -3 },
    { sample: 23, kind: 'stimulator', channel: 'E1', microamps: 0, isRecovering: true },
    { sample: 24, kind: 'stimulator', channel: 'E1', microamps: 0 },
  ];
  const lines: RecordingEvent[] = [
    { sample: 5, kind: 'line', line: 3, isHigh: true, stream: 'digital in' },
    { sample: 10, kind: 'line', line: 1, isHigh: true, stream: 'digital in' },
    { sample: 20, kind: 'line', line: 1, isHigh: false, stream: 'digital in' },
  ];
  return {
    files,
    open: '.',
    sampleRateHz,
    channelNames: names.map((_, channel) => `E${channel + 1}`),
    microvoltsPerBit: names.map(() => 0.195),
    samples,
    events: layout === 'channels' ? [] : [...(isRhs ? stimuli : []), ...lines],
  };
}
