import { describe, expect, it } from 'vitest';
import { encodeData, encodeTtl } from '../../../virtual-rig/open-ephys/encode-message.ts';
import { readMessage } from './stream-message.ts';

const data = (over: object = {}) =>
  encodeData(
    {
      number: 7,
      stream: 'Rhythm Data',
      channel: 3,
      firstSample: 5_000_000_000,
      sampleRateHz: 30_000,
      values: Float32Array.of(1, -2.5),
      ...over,
    },
    1_700_000_000_000,
  );
const text = (value: string) => new TextEncoder().encode(value);

/** With another text in its header. */
function altered(from: string | RegExp, to: string): Uint8Array[] {
  const [envelope, head, payload] = data();
  return [envelope!, text(new TextDecoder().decode(head).replace(from, to)), payload!];
}

describe('a message of the ZMQ Interface', () => {
  it('is read as its source writes it', () => {
    const [, head] = data();
    expect(new TextDecoder().decode(head)).toBe(
      '{\r\n  "message_num": 7,\r\n  "type": "data",\r\n  "content": {\r\n    "stream": "Rhythm Data",\r\n    "channel_num": 3,\r\n    "channel_name": "CH4",\r\n' +
        '    "num_samples": 2,\r\n    "sample_num": 5000000000,\r\n    "sample_rate": 30000.0\r\n  },\r\n  "data_size": 8,\r\n  "timestamp": 1700000000000\r\n}',
    );
    const { payload, ...rest } = readMessage(data()) as { payload: Uint8Array };
    expect(rest).toEqual({
      kind: 'data',
      number: 7,
      stream: 'Rhythm Data',
      channel: 3,
      sampleCount: 2,
      firstSample: 5_000_000_000,
      sampleRateHz: 30_000,
    });
    expect(new DataView(payload.buffer, payload.byteOffset).getFloat32(4, true)).toBe(-2.5);
  });

  it('says which TTL line changed, and when', () => {
    const ttl = { kind: 'ttl', number: 9, stream: 'Rhythm Data', sample: 100, line: 2 };
    expect(readMessage(encodeTtl(9, 'Rhythm Data', 100, 2, true, 0))).toEqual({ ...ttl, isHigh: true });
    const [envelope, header, payload] = encodeTtl(9, 'Rhythm Data', 100, 2, false, 0);
    expect(readMessage([envelope!, header!, payload!])).toEqual({ ...ttl, isHigh: false });
    const wrong = Uint8Array.from(payload!);
    wrong[1] = 2;
    expect(readMessage([envelope!, header!, wrong])).toEqual({ unreadable: 'its 10 bytes are no TTL event' });
    expect(readMessage([envelope!, header!, payload!.slice(1)])).toMatchObject({
      unreadable: expect.stringContaining('9 bytes of data, not 10') as string,
    });
  });

  it('counts when it is another event or a spike', () => {
    const words = JSON.stringify({ message_num: 9, type: 'event', content: { type: 5 } });
    expect(readMessage([text('EVENT\0'), text(words), new Uint8Array(4)])).toEqual({ kind: 'other', number: 9 });
    const spike = JSON.stringify({ message_num: 10, type: 'spike', spike: {} });
    expect(readMessage([text('EVENT\0'), text(spike), new Uint8Array(80)])).toEqual({ kind: 'other', number: 10 });
  });

  it.each([
    ['one part', [text('DATA\0')], '1 parts'],
    ['four parts', [...data(), text('')], '4 parts'],
    ['another envelope', [text('EVENT\0'), ...data().slice(1)], 'disagree'],
    ['no payload', data().slice(0, 2), '0 bytes of data, not 8'],
    ['a short payload', [...data().slice(0, 2), new Uint8Array(7)], '7 bytes of data, not 8'],
    ['a header that is no JSON', altered('{', ''), 'no JSON'],
    ['a header that is no text', [text('DATA\0'), Uint8Array.of(0xff), new Uint8Array(8)], 'no JSON'],
    ['a header that is a list', [text('DATA\0'), text('[]'), new Uint8Array(8)], 'no JSON object'],
    ['an unknown type', altered('"data"', '"date"'), 'disagree'],
    ['no number', altered('"message_num": 7', '"message_num": 0'), 'message_num'],
    ['no content', altered(/"content": \{[^}]*\}/, '"content": null'), 'stream'],
    ['no stream', altered('"Rhythm Data"', '4'), 'stream'],
    ['a channel below 0', altered('"channel_num": 3', '"channel_num": -1'), 'channel_num'],
    ['another length', altered('"num_samples": 2', '"num_samples": 3'), 'are not 3 samples'],
    ['no length', altered('"num_samples": 2', '"num_samples": 0'), 'num_samples'],
    ['half a sample number', altered('5000000000', '0.5'), 'sample_num'],
    ['a sample number that is not exact', altered('5000000000', '1e300'), 'sample_num'],
    ['no rate', altered('30000.0', 'null'), 'sample_rate'],
  ])('is not believed with %s', (_, frames, why) => {
    expect(readMessage(frames)).toEqual({ unreadable: expect.stringContaining(why) });
  });
});
