// Damages RHX's streams at random and counts what the parsers believe that was never sent; for `exocortex bench rhx` and tests. Seeded; rig thread.
import type { FuzzResult } from '../../../../common/bench/fuzz-result.ts';
import { type Choice, countDamages, seededChoice } from '../seeded-damage.ts';
import { bytesPerBlock, samplesPerBlock } from './columns.ts';
import { SpikeParser } from './spike-parser.ts';
import { WaveformParser } from './waveform-parser.ts';

/** Where a bit may be turned over so that it can be seen: not in samples, which carry no check. */
type Places = (choice: Choice) => number;

/**
 * One kind of damage. TCP loses no bytes, so this is what a wrong program on the other side would do. Whole records that vanish from the middle of
 * one to the middle of the next leave no trace in either format and are left out.
 */
function damage(bytes: Uint8Array, recordBytes: number, spanBytes: number, places: Places, choice: Choice): Uint8Array {
  const at = choice(bytes.length);
  let length = 1 + choice(3 * spanBytes);
  switch (choice(6)) {
    case 0: {
      if (length % recordBytes === 0) length++;
      return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]));
    }
    case 1: {
      const noise = Uint8Array.from({ length }, () => choice(256));
      return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]));
    }
    case 2: {
      if (length % recordBytes === 0) length++;
      return Uint8Array.from(Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]));
    }
    case 3:
      return bytes.slice(0, at);
    case 4: {
      const changed = bytes.slice();
      const end = Math.min(bytes.length, at + spanBytes + choice(2 * spanBytes));
      for (let index = at; index < end; index++) changed[index] = choice(256);
      return end - at < spanBytes ? bytes.slice(0, at) : changed;
    }
    default: {
      const changed = bytes.slice();
      for (let flips = 1 + choice(3); flips > 0; flips--) changed[places(choice)]! ^= 1 << choice(8);
      return changed;
    }
  }
}

function feed(parser: { push(bytes: Uint8Array): void; settle(): void }, bytes: Uint8Array, choice: Choice): void {
  for (let from = 0; from < bytes.length;) {
    const size = 1 + choice(2000);
    parser.push(bytes.subarray(from, from + size));
    from += size;
  }
  parser.settle();
}

const blocksPerStream = 6;
/** A run's beginning, some time later, and where timestamps wrap. */
const firsts = [0, 1500, 100_000, 2 ** 31 - 300, 2 ** 32 - 300];

export function fuzzWaveforms(damages: number, seed: number): FuzzResult {
  const choice = seededChoice(seed);
  const word = (sample: number, column: number) =>
    (Math.imul(sample, 0x9e3779b1) ^ Math.imul(column, 0x85ebca6b)) >>> 16;
  const streams = firsts.flatMap((first) =>
    [0, 1, 3, 8].map((words) => ({ first, words, bytes: wave(first, words, word) })),
  );
  return countDamages(damages, (counts) => {
    const { first, words, bytes } = streams[choice(streams.length)]!;
    const blockBytes = bytesPerBlock(words);
    const frameBytes = 4 + 2 * words;
    const places: Places = (pick) => {
      const block = pick(blocksPerStream) * blockBytes;
      return block + (pick(4) === 0 ? pick(4) : 4 + pick(samplesPerBlock) * frameBytes + pick(4));
    };
    const last = first + blocksPerStream * samplesPerBlock;
    const parser = new WaveformParser(words, {
      onBlock: ({ firstSample, gapAt, gapSamples, words: all }) => {
        counts.accepted++;
        for (let index = 0; index < samplesPerBlock; index++) {
          // A run may seem to begin where timestamps wrap: their 32 bits are what was sent.
          let sample = firstSample + index + (gapAt > 0 && index >= gapAt ? gapSamples : 0);
          if (sample < first) sample += 2 ** 32;
          const isSent = sample < last;
          let isRight = isSent;
          for (let column = 0; isRight && column < words; column++)
            isRight = all[index * words + column] === word(sample, column);
          if (isRight) continue;
          counts.wrong++;
          return;
        }
      },
      onGap: () => {},
      onRunBegins: () => {},
      onDamage: () => {},
      onLayoutChanged: () => {},
    });
    feed(parser, damage(bytes, blockBytes, frameBytes + 4, places, choice), choice);
  });
}

function wave(first: number, words: number, word: (sample: number, column: number) => number): Uint8Array {
  const blockBytes = bytesPerBlock(words);
  const bytes = new Uint8Array(blocksPerStream * blockBytes);
  const view = new DataView(bytes.buffer);
  for (let block = 0; block < blocksPerStream; block++) {
    view.setUint32(block * blockBytes, 0x2ef07a08, true);
    for (let index = 0; index < samplesPerBlock; index++) {
      const sample = first + block * samplesPerBlock + index;
      const at = block * blockBytes + 4 + index * (4 + 2 * words);
      view.setUint32(at, sample >>> 0, true);
      for (let column = 0; column < words; column++) view.setUint16(at + 4 + 2 * column, word(sample, column), true);
    }
  }
  return bytes;
}

/** No bit turns one of these names into another. */
const spikingChannels = ['A-000', 'B-013', 'D-127'];
const spikesPerStream = 40;
const recordBytes = 14;

export function fuzzSpikes(damages: number, seed: number): FuzzResult {
  const choice = seededChoice(seed);
  const bytes = new Uint8Array(spikesPerStream * recordBytes);
  const view = new DataView(bytes.buffer);
  const sent = new Set<string>();
  for (let index = 0; index < spikesPerStream; index++) {
    const channel = spikingChannels[index % spikingChannels.length]!;
    const [at, sample] = [index * recordBytes, 100_000 + index * 977];
    view.setUint32(at, 0x3ae2710f, true);
    for (let letter = 0; letter < 5; letter++) bytes[at + 4 + letter] = channel.charCodeAt(letter);
    view.setUint32(at + 9, sample, true);
    bytes[at + 13] = 1;
    sent.add(`${channel} ${sample} 1`);
  }
  const places: Places = (pick) => pick(spikesPerStream) * recordBytes + pick(9);
  return countDamages(damages, (counts) => {
    const parser = new SpikeParser(spikingChannels, ({ channel, sample, id }) => {
      counts.accepted++;
      if (!sent.has(`${channel} ${sample} ${id}`)) counts.wrong++;
    });
    feed(parser, damage(bytes, recordBytes, recordBytes, places, choice), choice);
  });
}
