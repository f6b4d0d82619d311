// The header of Intan's recordings, which is the same in .rhd and .rhs files of every layout; analysis process.
// Fields as the source code of Intan RHX 3.3.0 writes them.
import { badFile } from '../bad-file.ts';
import type { SourceFile } from '../source-file.ts';
import { channelsMax } from '../source-limits.ts';
import { HeaderCursor } from './header-cursor.ts';

const magics = { rhd: 0xc691_2702, rhs: 0xd691_27ac } as const;
export type IntanKind = keyof typeof magics;

const groupsMax = 64;

/** Signals of the header by the numbers that files give them; in RHS files DAC and digital signals have other numbers. */
const signalNames = {
  rhd: ['amplifier', 'auxiliary', 'supply', 'adc', 'digitalIn', 'digitalOut'],
  rhs: ['amplifier', 'auxiliary', 'supply', 'adc', 'dac', 'digitalIn', 'digitalOut'],
} as const;
export type IntanSignal = (typeof signalNames)[IntanKind][number];

export interface IntanChannel {
  /** "A-000". */
  nativeName: string;
  name: string;
  /** Place among its kind on the controller; of a digital line the bit. */
  nativeOrder: number;
}

export interface IntanHeader {
  kind: IntanKind;
  file: string;
  /** "3.3". */
  version: string;
  isBefore: (major: number, minor: number) => boolean;
  sampleRateHz: number;
  /** Mains frequency of the notch filter in Hz; 0 for none. */
  notchHz: number;
  /** Current of one step of the stimulator; 0 in RHD files. */
  stepMicroamps: number;
  notes: string[];
  temperatureSensors: number;
  isDcSaved: boolean;
  /** Channels that are in the file, in its order. */
  channels: Record<IntanSignal, IntanChannel[]>;
  /** Byte at which the header ends. */
  bytes: number;
}

/** @returns undefined for a file that is none of Intan's. @param first its first bytes. */
export function intanKind(first: Uint8Array): IntanKind | undefined {
  if (first.length < 4) return undefined;
  const magic = Buffer.from(first.buffer, first.byteOffset, 4).readUInt32LE(0);
  return magic === magics.rhd ? 'rhd' : magic === magics.rhs ? 'rhs' : undefined;
}

/** @throws AnalysisFailure with the byte at which the header cannot be right. */
export async function readIntanHeader(file: SourceFile): Promise<IntanHeader> {
  const kind = intanKind(await file.readUpTo(0, 4));
  if (kind === undefined)
    throw badFile(
      file.path,
      0,
      `does not begin as a recording of Intan does, with ${hex(magics.rhd)} (RHD) or ${hex(magics.rhs)} (RHS)`,
      'Name a .rhd or .rhs file that Intan RHX or an older program of Intan wrote.',
    );
  const isRhs = kind === 'rhs';
  const cursor = await HeaderCursor.begin(file);
  cursor.skip(4);
  const [major, minor] = [cursor.int16(), cursor.int16()];
  const isBefore = (otherMajor: number, otherMinor: number) =>
    major < otherMajor || (major === otherMajor && minor < otherMinor);
  if (major < 1 || major > 99 || minor < 0) throw badFile(file.path, 4, `version ${major}.${minor} is announced`);
  const sampleRateHz = cursor.float32();
  // DSP, bandwidths and what was wished of them.
  cursor.skip(2 + (isRhs ? 4 : 3) * 4 + (isRhs ? 4 : 3) * 4);
  const notchAt = cursor.at;
  const notchHz = [0, 50, 60][cursor.int16()];
  if (notchHz === undefined) throw badFile(file.path, notchAt, 'the notch filter is none of 0, 1 and 2');
  cursor.skip(8);
  let stepMicroamps = 0;
  if (isRhs) {
    cursor.skip(4);
    stepMicroamps = cursor.float32() * 1e6;
    cursor.skip(8);
  }
  const notes = [cursor.text(), cursor.text(), cursor.text()].filter((note) => note !== '');
  const temperatureSensors = !isRhs && !isBefore(1, 1) ? cursor.count(64, 'temperature sensors') : 0;
  const isDcSaved = isRhs && cursor.int16() !== 0;
  if (isRhs || !isBefore(1, 3)) cursor.skip(2);
  if (isRhs || !isBefore(2, 0)) cursor.text();
  const channels = readGroups(cursor, kind);
  return {
    ...{ kind, file: file.path, version: `${major}.${minor}`, isBefore, sampleRateHz, notchHz, stepMicroamps },
    ...{ notes, temperatureSensors, isDcSaved, channels, bytes: cursor.at },
  };
}

function readGroups(cursor: HeaderCursor, kind: IntanKind): IntanHeader['channels'] {
  const channels: IntanHeader['channels'] = {
    ...{ amplifier: [], auxiliary: [], supply: [], adc: [], dac: [], digitalIn: [], digitalOut: [] },
  };
  const groups = cursor.count(groupsMax, 'groups of signals');
  for (let group = 0; group < groups; group++) {
    cursor.text();
    cursor.text();
    const isEnabled = cursor.int16() !== 0;
    const count = cursor.count(channelsMax, 'channels of a group');
    cursor.skip(2);
    if (!isEnabled) continue;
    for (let index = 0; index < count; index++) readChannel(cursor, kind, channels);
  }
  return channels;
}

function readChannel(cursor: HeaderCursor, kind: IntanKind, channels: IntanHeader['channels']): void {
  const nativeName = cursor.text();
  const name = cursor.text() || nativeName;
  const nativeOrder = cursor.int16();
  cursor.skip(2);
  const at = cursor.at;
  const type = cursor.int16();
  const signal = signalNames[kind][type];
  if (signal === undefined) throw badFile(cursor.file, at, `there is no signal of kind ${type}`);
  const isEnabled = cursor.int16() !== 0;
  // Chip channel, streams, spike trigger, impedance.
  cursor.skip((kind === 'rhs' ? 6 : 4) + 8 + 8);
  if (isEnabled) channels[signal].push({ nativeName, name, nativeOrder });
}

function hex(magic: number): string {
  return `0x${magic.toString(16).toUpperCase()}`;
}
