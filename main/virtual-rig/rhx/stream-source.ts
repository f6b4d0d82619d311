// The bytes that an emulated RHX sends: made blocks whose words follow from sample and column, or captured ones; runs in the virtual RHX.

const samplesPerBlock = 128;

/** The word at a sample and a column: nothing repeats, so a slip by one word or sample shows. */
export function madeWord(sample: number, column: number): number {
  return (Math.imul(sample, 0x9e3779b1) ^ Math.imul(column + 1, 0x85ebca6b)) >>> 16;
}

/** A column with words of its own: digital inputs, currents that are given. */
export interface SpecialColumn {
  readonly column: number;
  wordAt(sample: number): number;
}

/** One block as RHX lays it out. @param timestamps of its 128 frames, beyond 2³² they wrap */
export function encodeBlock(
  words: number,
  timestamp: (sample: number) => number,
  special: readonly SpecialColumn[] = [],
  wordAt: (sample: number, column: number) => number = madeWord,
): Uint8Array {
  const frameBytes = 4 + 2 * words;
  const bytes = new Uint8Array(4 + samplesPerBlock * frameBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x2ef07a08, true);
  for (let sample = 0, at = 4; sample < samplesPerBlock; sample++, at += frameBytes) {
    const stamp = timestamp(sample);
    view.setUint32(at, stamp >>> 0, true);
    for (let word = 0; word < words; word++) view.setUint16(at + 4 + 2 * word, wordAt(stamp, word), true);
    for (const each of special) view.setUint16(at + 4 + 2 * each.column, each.wordAt(stamp), true);
  }
  return bytes;
}

/** One spike record. @param channel native name of five characters */
export function encodeSpike(channel: string, timestamp: number, id: number): Uint8Array {
  const bytes = new Uint8Array(14);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x3ae2710f, true);
  for (let index = 0; index < 5; index++) bytes[4 + index] = channel.charCodeAt(index);
  view.setUint32(9, timestamp >>> 0, true);
  bytes[13] = id;
  return bytes;
}

/** What was captured: bursts as they came, ms since the run began. */
export interface CapturedStream {
  readonly bytes: Uint8Array;
  readonly bursts: readonly { readonly atMilliseconds: number; readonly offset: number; readonly length: number }[];
}
