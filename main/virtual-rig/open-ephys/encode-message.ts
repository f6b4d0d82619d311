// The parts of a message as the ZMQ Interface sends them, and samples that follow from their place; runs in the virtual GUI and in tests.

const encoder = new TextEncoder();

export interface SentData {
  readonly number: number;
  readonly stream: string;
  readonly channel: number;
  readonly firstSample: number;
  readonly sampleRateHz: number;
  /** µV */
  readonly values: Float32Array;
}

/** As JUCE writes JSON: a line for each property, numbers with a fraction where they are none whole. */
function juceJson(value: object): string {
  return JSON.stringify(value, undefined, 2)
    .replace(/("sample_rate": \d+)(?=[,\r\n])/, '$1.0')
    .replaceAll('\n', '\r\n');
}

/** @param timestamp ms since 1970, by the GUI's computer */
export function encodeData(
  { number, stream, channel, firstSample, sampleRateHz, values }: SentData,
  timestamp: number,
): Uint8Array[] {
  const content = {
    stream,
    channel_num: channel,
    channel_name: `CH${channel + 1}`,
    num_samples: values.length,
    sample_num: firstSample,
    sample_rate: sampleRateHz,
  };
  const header = { message_num: number, type: 'data', content, data_size: values.byteLength, timestamp };
  return [
    encoder.encode('DATA\0'),
    encoder.encode(juceJson(header)),
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  ];
}

/** A TTL event. @param line from 0 on */
export function encodeTtl(
  number: number,
  stream: string,
  sample: number,
  line: number,
  isOn: boolean,
  timestamp: number,
): Uint8Array[] {
  const content = { stream, source_node: 102, type: 3, sample_num: sample };
  const payload = new Uint8Array(10);
  payload[0] = line;
  payload[1] = isOn ? 1 : 0;
  if (isOn) new DataView(payload.buffer).setBigUint64(2, 1n << BigInt(line % 64), true);
  const header = { message_num: number, type: 'event', content, data_size: payload.length, timestamp };
  return [encoder.encode('EVENT\0'), encoder.encode(juceJson(header)), payload];
}

/** What the virtual source samples, in steps of Intan's 0.195 µV: nothing repeats, so that a slip by one sample or channel shows. */
export function madeStep(sample: number, channel: number): number {
  return (Math.imul(sample, 0x9e3779b1) ^ Math.imul(channel + 1, 0x85ebca6b)) >> 16;
}

export const microvoltsPerStep = 0.195;
