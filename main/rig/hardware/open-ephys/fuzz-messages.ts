// Damages the GUI's stream at random and counts what is believed that was never sent; for `exocortex bench open-ephys` and tests. Seeded; rig thread.
import type { FuzzResult } from '../../../../common/bench/fuzz-result.ts';
import { encodeGreeting, encodeMessage, encodeReady } from '../../../../common/zmtp/zmtp-frames.ts';
import { ZmtpPeer } from '../../../../common/zmtp/zmtp-peer.ts';
import { countDamages, seededChoice } from '../seeded-damage.ts';
import { BlockAssembler } from './block-assembler.ts';
import { readMessage } from './stream-message.ts';

type Choice = (n: number) => number;
type Message = readonly Uint8Array[];

const sampleCount = 5;
const blocksPerStream = 4;
const stream = 'Rhythm Data';
const sampleRateHz = 30_000;
const encoder = new TextEncoder();

/** What a channel has at a sample: nothing repeats. */
const valueAt = (sample: number, channel: number) =>
  (Math.imul(sample, 0x9e3779b1) ^ Math.imul(channel, 0x85ebca6b)) >> 12;

function sentMessages(first: number, channels: readonly number[]): Message[] {
  return Array.from({ length: blocksPerStream * channels.length }, (_, index) => {
    const channel = channels[index % channels.length]!;
    const firstSample = first + Math.floor(index / channels.length) * sampleCount;
    const content = {
      stream,
      channel_num: channel,
      num_samples: sampleCount,
      sample_num: firstSample,
      sample_rate: sampleRateHz,
    };
    const header = { message_num: index + 1, type: 'data', content, data_size: 4 * sampleCount };
    const payload = new Uint8Array(4 * sampleCount);
    const view = new DataView(payload.buffer);
    for (let at = 0; at < sampleCount; at++) view.setFloat32(4 * at, valueAt(firstSample + at, channel), true);
    return [encoder.encode('DATA\0'), encoder.encode(JSON.stringify(header)), payload];
  });
}

/** Bytes removed, put in, twice there, cut off, overwritten or turned over. */
function damagedBytes(bytes: Uint8Array, at: number, choice: Choice): Uint8Array {
  const length = 1 + choice(40);
  const noise = () => Uint8Array.from({ length }, () => choice(256));
  switch (choice(6)) {
    case 0:
      return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]));
    case 1:
      return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), noise(), bytes.subarray(at)]));
    case 2:
      return Uint8Array.from(Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]));
    case 3:
      return bytes.slice(0, at);
    case 4:
      return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), noise(), bytes.subarray(at + length)]));
    default: {
      const changed = bytes.slice();
      for (let flips = 1 + choice(3); flips > 0 && at < changed.length; flips--)
        changed[Math.min(changed.length - 1, at + choice(8))]! ^= 1 << choice(8);
      return changed;
    }
  }
}

const layouts: readonly (readonly number[])[] = [
  [0, 1],
  [4, 2, 9],
  [0, 1, 2, 3, 10],
];
const firsts = [0, 1234, 2 ** 32 - 7, 5_000_000_000];

/**
 * Messages of which one is damaged: lost, repeated, put elsewhere, with a part more or less, with damage in its envelope or header, or with another length.
 * Samples carry no check, so those stay. A block that is handed out must hold what was sent at its place.
 */
export function fuzzMessages(damages: number, seed: number): FuzzResult {
  const choice = seededChoice(seed);
  const streams = firsts.flatMap((first) =>
    layouts.map((channels) => ({ first, channels, sent: sentMessages(first, channels) })),
  );
  return countDamages(damages, (counts) => {
    const { first, channels, sent } = streams[choice(streams.length)]!;
    const last = first + blocksPerStream * sampleCount;
    const assembler = new BlockAssembler(
      { stream, sampleRateHz, channels },
      {
        onBlock: (block) => {
          counts.accepted++;
          const { firstSample } = block;
          const isSent = firstSample >= first && firstSample + block.sampleCount <= last;
          const isRight = block.payloads.every((payload, column) => {
            const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
            for (let at = 0; at < block.sampleCount; at++)
              if (view.getFloat32(4 * at, true) !== Math.fround(valueAt(firstSample + at, channels[column]!)))
                return false;
            return true;
          });
          if (!isSent || !isRight) counts.wrong++;
        },
        onGap: () => {},
        onMessagesLost: () => {},
        onRepeated: () => {},
        onTtl: () => {},
        onChanged: () => {},
      },
    );
    for (const message of damagedMessages(sent, choice)) {
      const read = readMessage(message);
      if (!('unreadable' in read)) assembler.take(read);
    }
  });
}

function damagedMessages(sent: readonly Message[], choice: Choice): Message[] {
  const messages = [...sent];
  const at = choice(messages.length);
  const message = messages[at]!;
  switch (choice(7)) {
    case 0:
      messages.splice(at, 1 + choice(6));
      break;
    case 1:
      messages.splice(at + 1, 0, ...messages.slice(Math.max(0, at - choice(6)), at + 1));
      break;
    case 2:
      messages.splice(choice(messages.length), 0, ...messages.splice(at, 1));
      break;
    case 3:
      messages[at] = choice(2) === 0 ? message.slice(0, choice(3)) : [...message, new Uint8Array(choice(30))];
      break;
    case 4: {
      const payload = message[2]!;
      const length = choice(3) === 0 ? 0 : choice(2 * payload.length);
      if (length !== payload.length) messages[at] = [message[0]!, message[1]!, new Uint8Array(length)];
      break;
    }
    default: {
      const part = choice(8) === 0 ? 0 : 1;
      const parts = [...message];
      parts[part] = damagedBytes(message[part]!, choice(message[part]!.length), choice);
      messages[at] = parts;
    }
  }
  return messages;
}

/** A connection's bytes, damaged anywhere: whatever was whole before that is heard, and nothing of it is heard otherwise. */
export function fuzzConnection(damages: number, seed: number): FuzzResult {
  const choice = seededChoice(seed);
  const sent = sentMessages(0, [0, 1]);
  const parts = [encodeGreeting(), encodeReady('PUB'), ...sent.map(encodeMessage)];
  const bytes = Uint8Array.from(Buffer.concat(parts));
  const ends = parts
    .map(
      (
        (end) => (part: Uint8Array) =>
          (end += part.length)
      )(0),
    )
    .slice(2);
  const texts = sent.map((message) => Buffer.concat(message).toString('latin1'));
  return countDamages(damages, (counts) => {
    const at = choice(bytes.length);
    const whole = ends.filter((end) => end <= at).length;
    const heard: string[] = [];
    const peer = new ZmtpPeer('SUB', () => {}, {
      onReady: () => {},
      onMessage: (frames) => heard.push(Buffer.concat(frames).toString('latin1')),
    });
    const damaged = damagedBytes(bytes, at, choice);
    for (let from = 0; from < damaged.length;) {
      const size = 1 + choice(500);
      peer.push(damaged.subarray(from, from + size));
      from += size;
    }
    counts.accepted += heard.length;
    if (heard.length < whole || heard.slice(0, whole).some((text, index) => text !== texts[index])) counts.wrong++;
  });
}
