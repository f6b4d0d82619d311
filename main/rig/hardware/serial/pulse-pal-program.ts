// The parameters of a Pulse Pal 2 as bytes: what programs it, and what it writes to its card; pure. Source: sanworks/PulsePal, firmware 2.0.1 (op codes 73 and 85).
import type { ExactPulse } from './exact-pulse.ts';

export const channelCount = 4;
const triggerInputs = 2;
/** The firmware's clock: everything happens in cycles of 50 µs. */
export const cycleMicroseconds = 50;
/** 16 bits span −10 to +10 V; this is 0 V. */
export const zeroVolts = 32_768;
/** The converter of the board (AD5724) has 12 of the 16 bits. */
export const codesPerStep = 16;
/** Where no pulse is prepared: the shortest phases that the maker's programs allow. */
const idleCycles = 2;
/** From the end of a pulse to the next one of a train, which ends one cycle after its first pulse. */
const interPulseCycles = 20_000;

interface Field {
  readonly name: string;
  readonly bytes: 1 | 2 | 4;
  readonly value: number;
}

const field = (bytes: Field['bytes']) => (name: string, value: number) => ({ name, bytes, value });
const [byte, short, long] = [field(1), field(2), field(4)];

/** What one output is set to; without a pulse it stays at 0 V even when it is triggered. */
function outputFields(pulse: ExactPulse | undefined): Record<'times' | 'volts' | 'modes', Field[]> {
  const phase = pulse === undefined ? idleCycles : pulse.phaseMicroseconds / cycleMicroseconds;
  const gap = pulse === undefined ? 0 : pulse.interphaseMicroseconds / cycleMicroseconds;
  const amplitude = pulse === undefined ? 0 : pulse.steps * codesPerStep;
  const first = pulse?.leadingPhase === 'cathodic' ? -amplitude : amplitude;
  return {
    times: [
      long('phase 1 duration', phase),
      long('interphase interval', gap),
      long('phase 2 duration', phase),
      long('interpulse interval', interPulseCycles),
      long('burst duration', 0),
      long('burst interval', 0),
      long('train duration', 2 * phase + gap + 1),
      long('train delay', 0),
    ],
    volts: [
      short('phase 1 voltage', zeroVolts + first),
      short('phase 2 voltage', zeroVolts - first),
      short('resting voltage', zeroVolts),
    ],
    modes: [byte('custom train', 0), byte('custom train target', 0), byte('custom train loop', 0)],
  };
}

const isBiphasic = byte('biphasic', 1);
/** No input triggers any output. */
const links = Array.from({ length: channelCount }, () => byte('trigger link', 0));
const triggerMode = byte('trigger mode', 0);

const outputsOf = (prepared: readonly ExactPulse[]) =>
  Array.from({ length: channelCount }, (_, index) =>
    outputFields(prepared.find(({ channel }) => channel === index + 1)),
  );

/** The body of op code 73: all parameters at once. */
export function programBytes(prepared: readonly ExactPulse[]): Uint8Array {
  const outputs = outputsOf(prepared);
  return written([
    ...outputs.flatMap(({ times }) => times),
    ...outputs.flatMap(({ volts }) => volts),
    ...outputs.flatMap(({ modes }) => [isBiphasic, ...modes]),
    ...Array.from({ length: triggerInputs }, () => links).flat(),
    ...Array.from({ length: triggerInputs }, () => triggerMode),
  ]);
}

/** The same in the order of the settings file, each field with where it belongs. */
function fileFields(prepared: readonly ExactPulse[]): Field[] {
  const named = (owner: string) => (it: Field) => ({ ...it, name: `${it.name} of ${owner}` });
  return [
    ...outputsOf(prepared).flatMap(({ times, volts, modes }, index) =>
      [...times, isBiphasic, ...volts, ...modes].map(named(`channel ${index + 1}`)),
    ),
    ...Array.from({ length: triggerInputs }, (_, index) =>
      [triggerMode, ...links].map(named(`trigger input ${index + 1}`)),
    ).flat(),
  ];
}

/** Length of a settings file without its last byte, which op code 85 does not send. */
export const fileByteCount = 178;

/** @param file what op code 85 answers @returns the first parameter that is another one than was programmed, for people */
export function firstDifference(prepared: readonly ExactPulse[], file: Uint8Array): string | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  for (const { name, bytes, value } of fileFields(prepared)) {
    const held = bytes === 1 ? view.getUint8(at) : bytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
    if (held !== value) return `holds ${held} as ${name}, not ${value}`;
    at += bytes;
  }
  return undefined;
}

function written(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, each) => sum + each.bytes, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { bytes: length, value } of fields) {
    if (length === 1) view.setUint8(at, value);
    else if (length === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += length;
  }
  return bytes;
}
