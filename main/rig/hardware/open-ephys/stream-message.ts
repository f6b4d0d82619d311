// What one message of the ZMQ Interface says, checked in all that can be checked: envelope, JSON header, payload; pure, runs in the reader thread.
// Source: open-ephys-plugins/zmq-interface 1.0, Source/ZmqInterface.cpp (sendData, sendEvent).
import { frameText } from '../../../../common/zmtp/zmtp-frames.ts';
import { isObject, isWhole } from './json-values.ts';

/** Samples of one channel. */
export interface DataMessage {
  readonly kind: 'data';
  /** Counts the messages of one acquisition from 1 on. */
  readonly number: number;
  readonly stream: string;
  /** Index within the stream. */
  readonly channel: number;
  readonly sampleCount: number;
  readonly firstSample: number;
  readonly sampleRateHz: number;
  /** float32, little-endian, µV for electrode channels; at any byte. */
  readonly payload: Uint8Array;
}

/** A TTL line has changed. */
export interface TtlMessage {
  readonly kind: 'ttl';
  readonly number: number;
  readonly stream: string;
  readonly sample: number;
  /** From 0. */
  readonly line: number;
  readonly isHigh: boolean;
}

/** Another event, or a spike: it has a number, and nobody here uses more of it. */
export interface OtherMessage {
  readonly kind: 'other';
  readonly number: number;
}

export type StreamMessage = DataMessage | TtlMessage | OtherMessage;

/** A message that cannot be believed, and why. */
export interface Unreadable {
  readonly unreadable: string;
}

const headerMaxBytes = 64_000;
/** More than the GUI's settings allow. */
const messageSamplesMax = 65_536;
const channelMax = 65_535;
/** The GUI's number of this type of events. */
const ttlType = 3;
/** Line, state, and all lines as a word of 64 bits. */
const ttlBytes = 10;
const noWholeNumber = (name: string): Unreadable => ({ unreadable: `its ${name} is no number that fits` });

/** The first part of a message of each type. */
const envelopes = new Map<unknown, string>([
  ['data', 'DATA'],
  ['event', 'EVENT'],
  ['spike', 'EVENT'],
  ['param', 'PARAM'],
]);

/** @param frames envelope, JSON header and, for most, a payload */
export function readMessage(frames: readonly Uint8Array[]): StreamMessage | Unreadable {
  const [envelope, head, payload] = frames;
  if (envelope === undefined || head === undefined || frames.length > 3)
    return { unreadable: `it has ${frames.length} parts` };
  const header = readJson(head);
  if (!isObject(header)) return { unreadable: 'its header is no JSON object' };
  const { message_num: number, type, content, data_size: size } = header;
  // The plugin sends C's closing zero with the word.
  if (frameText(envelope)?.replace(/\0$/, '') !== (envelopes.get(type) ?? ''))
    return { unreadable: 'its envelope and its header disagree' };
  if (!isWhole(number, 1)) return noWholeNumber('message_num');
  const isTtl = type === 'event' && isObject(content) && content.type === ttlType;
  if (type !== 'data' && !isTtl) return { kind: 'other', number };
  if (!isObject(content) || typeof content.stream !== 'string') return { unreadable: 'it does not name its stream' };
  const bytes = payload ?? new Uint8Array(0);
  if (bytes.length !== size) return { unreadable: `it has ${bytes.length} bytes of data, not ${String(size)}` };
  if (isTtl) return readTtl(number, content.stream, content.sample_num, bytes);
  const { stream, channel_num: channel, num_samples: sampleCount } = content;
  const { sample_num: firstSample, sample_rate: sampleRateHz } = content;
  if (!isWhole(channel, 0, channelMax)) return noWholeNumber('channel_num');
  if (!isWhole(sampleCount, 1, messageSamplesMax)) return noWholeNumber('num_samples');
  if (!isWhole(firstSample, 0)) return noWholeNumber('sample_num');
  if (typeof sampleRateHz !== 'number' || sampleRateHz <= 0) return noWholeNumber('sample_rate');
  if (bytes.length !== sampleCount * Float32Array.BYTES_PER_ELEMENT)
    return { unreadable: `${bytes.length} bytes are not ${sampleCount} samples` };
  return { kind: 'data', number, stream, channel, sampleCount, firstSample, sampleRateHz, payload: bytes };
}

function readTtl(number: number, stream: string, sample: unknown, bytes: Uint8Array): TtlMessage | Unreadable {
  if (!isWhole(sample, 0)) return noWholeNumber('sample_num');
  const [line, state] = bytes;
  if (line === undefined || state === undefined || bytes.length !== ttlBytes || state > 1)
    return { unreadable: `its ${bytes.length} bytes are no TTL event` };
  return { kind: 'ttl', number, stream, sample, line, isHigh: state === 1 };
}

function readJson(head: Uint8Array): unknown {
  const text = head.length <= headerMaxBytes ? frameText(head) : undefined;
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
