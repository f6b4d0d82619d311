// Recordings in the older Open Ephys format, for tests.
import { madeSamples, type MadeRecording } from './made-recording.ts';

const perRecord = 1024;
export const recordBytes = 12 + 2 * perRecord + 10;
const marker = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 255]);

export function legacyHeader(channel: string, microvoltsPerBit: number): Buffer {
  const text =
    "header.format = 'Open Ephys Data Format'; \nheader.version = 0.6; \nheader.header_bytes = 1024;\n" +
    "header.date_created = '03-Apr-2025 13:38:45';\n" +
    `header.channel = '${channel}';\nheader.channelType = 'Continuous';\nheader.sampleRate = 40000;\n` +
    `header.blockLength = 1024;\nheader.bitVolts = ${microvoltsPerBit};\n`;
  return Buffer.from(text.padEnd(1024, ' '));
}

/** One channel's file. @param samples the last record is filled with zeros. @param numbers of the first sample of each record. */
export function continuous(
  channel: string,
  samples: ArrayLike<number>,
  numbers: (record: number) => number,
  microvoltsPerBit = 0.05,
): Buffer {
  const records = Math.ceil(samples.length / perRecord);
  const bytes = Buffer.alloc(1024 + records * recordBytes);
  legacyHeader(channel, microvoltsPerBit).copy(bytes);
  for (let record = 0; record < records; record++) {
    const at = 1024 + record * recordBytes;
    bytes.writeBigInt64LE(BigInt(numbers(record)), at);
    bytes.writeUInt16LE(perRecord, at + 8);
    for (let index = 0; index < perRecord; index++)
      bytes.writeInt16BE(samples[record * perRecord + index] ?? 0, at + 12 + 2 * index);
    marker.copy(bytes, at + recordBytes - marker.length);
  }
  return bytes;
}

function edge(number: number, line: number, isHigh: boolean): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64LE(BigInt(number));
  bytes.writeUInt8(3, 10);
  bytes.writeUInt8(isHigh ? 1 : 0, 12);
  bytes.writeUInt8(line, 13);
  return bytes;
}

interface Options {
  channels?: number;
  samples?: number;
  /** Samples that were lost before the second record. */
  lost?: number;
}

const firstNumber = 7000;

export function makeOpenEphysLegacy({ channels = 2, samples = 2500, lost = 0 }: Options = {}): MadeRecording {
  const values = madeSamples(channels * samples).map((value) => value || 1);
  const channelNames = Array.from({ length: channels }, (_, channel) => `CH${channel + 9}`);
  const numbers = (record: number) => firstNumber + record * perRecord + (record > 0 ? lost : 0);
  const files = channelNames.map((name, channel) => [
    `100_main_${name}.continuous`,
    continuous(
      name,
      values.filter((_, index) => index % channels === channel),
      numbers,
    ),
  ]);
  return {
    files: {
      ...(Object.fromEntries(files) as Record<string, Buffer>),
      '100_main_ADC1.continuous': continuous('ADC1', new Array<number>(samples).fill(3), numbers, 0.0001),
      '100_main.events': Buffer.concat([
        legacyHeader('Events', 1),
        edge(7010, 3, true),
        edge(7000 + 1024 + lost, 3, false),
      ]),
      'messages.events': Buffer.from(
        '1743680325031, Software Time (milliseconds since midnight Jan 1st 1970 UTC)\n7000, Start Time for Board (100) - main @ 40000 Hz\n7005, begin, at last\n',
      ),
    },
    open: '.',
    sampleRateHz: 40_000,
    channelNames,
    microvoltsPerBit: channelNames.map(() => 0.05),
    samples: values,
    events: [
      { sample: 10, kind: 'line', line: 3, isHigh: true, stream: '100_main' },
      { sample: 1024, kind: 'line', line: 3, isHigh: false, stream: '100_main' },
      { sample: 5, kind: 'message', text: 'begin, at last' },
    ],
  };
}
