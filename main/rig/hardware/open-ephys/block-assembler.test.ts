import { describe, expect, it } from 'vitest';
import { BlockAssembler } from './block-assembler.ts';
import { LayoutLearner } from './layout-learner.ts';
import type { DataMessage } from './stream-message.ts';

const layout = { stream: 'S', sampleRateHz: 30_000, channels: [4, 2, 9] };

/** Messages of whole blocks of 10 samples, numbered on. */
function messages(blocks: number, over: Partial<DataMessage> = {}, channels = layout.channels): DataMessage[] {
  return Array.from({ length: blocks }, (_, block) =>
    channels.map((channel, column): DataMessage => ({
      kind: 'data',
      number: block * channels.length + column + 1,
      stream: 'S',
      channel,
      sampleCount: 10,
      firstSample: block * 10,
      sampleRateHz: 30_000,
      payload: Uint8Array.of(block, channel),
      ...over,
    })),
  ).flat();
}

function assemble(sent: readonly (DataMessage | undefined)[]) {
  const told: (string | number)[][] = [];
  const assembler = new BlockAssembler(layout, {
    onBlock: ({ firstSample, payloads }) => {
      expect(payloads.map(([block, channel]) => [block! * 10, channel])).toEqual(
        layout.channels.map((each) => [firstSample, each]),
      );
      told.push(['block', firstSample]);
    },
    onGap: (firstSample, samples) => told.push(['gap', firstSample, samples]),
    onMessagesLost: (count) => told.push(['lost', count]),
    onRepeated: () => told.push(['repeated']),
    onTtl: ({ sample, line }) => told.push(['ttl', sample, line]),
    onChanged: (code) => told.push([code]),
  });
  for (const message of sent) if (message !== undefined) assembler.take(message);
  return told;
}

describe('putting channels together', () => {
  it('gives blocks of all channels, events between them or not', () => {
    const sent = messages(3).map((message) => ({ ...message, number: message.number + (message.number > 4 ? 1 : 0) }));
    const event = { kind: 'other', number: 5 } as const;
    const told: number[] = [];
    const assembler = new BlockAssembler(layout, {
      onBlock: ({ firstSample }) => told.push(firstSample),
      onGap: () => told.push(-1),
      onMessagesLost: () => told.push(-2),
      onRepeated: () => told.push(-3),
      onTtl: () => told.push(-5),
      onChanged: () => told.push(-4),
    });
    for (const message of [...sent.slice(0, 4), event, ...sent.slice(4)]) assembler.take(message);
    expect(told).toEqual([0, 10, 20]);
  });

  it('tells TTL events of its stream once each, and of no other stream', () => {
    const ttl = { kind: 'ttl', stream: layout.stream, sample: 12, line: 3, isHigh: true } as const;
    const [last] = messages(1).slice(-1);
    const number = last!.number + 1;
    const told: number[] = [];
    const silent = () => expect.fail('nothing is wrong');
    const listener = { onBlock: () => {}, onGap: silent, onMessagesLost: silent, onChanged: silent };
    const repeated: number[] = [];
    const assembler = new BlockAssembler(layout, {
      ...listener,
      onRepeated: () => repeated.push(1),
      onTtl: ({ sample }) => told.push(sample),
    });
    for (const message of messages(1)) assembler.take(message);
    assembler.take({ ...ttl, number });
    assembler.take({ ...ttl, number });
    assembler.take({ ...ttl, number: number + 1, stream: 'another', sample: 13 });
    expect([told, repeated]).toEqual([[12], [1]]);
  });

  it('begins with the first whole block', () => {
    expect(assemble(messages(3).slice(1))).toEqual([
      ['block', 10],
      ['block', 20],
    ]);
  });

  it.each([3, 4, 5])('drops a block of which message %i was lost, and tells the gap', (index) => {
    const sent = messages(4);
    sent.splice(index, 1);
    expect(assemble(sent)).toEqual([
      ['block', 0],
      ['lost', 1],
      ['gap', 10, 10],
      ['block', 20],
      ['block', 30],
    ]);
  });

  it('tells a gap of the source that lost no message', () => {
    const sent = messages(4).map((message) =>
      message.firstSample < 20
        ? message
        : {
            ...message,
            firstSample: message.firstSample + 70,
            payload: Uint8Array.of(message.firstSample / 10 + 7, message.channel),
          },
    );
    expect(assemble(sent)).toEqual([
      ['block', 0],
      ['block', 10],
      ['gap', 20, 70],
      ['block', 90],
      ['block', 100],
    ]);
  });

  it('drops what comes twice', () => {
    const sent = messages(2).flatMap((message) => [message, message]);
    expect(assemble(sent).filter(([kind]) => kind !== 'repeated')).toEqual([
      ['block', 0],
      ['block', 10],
    ]);
    expect(assemble(sent).filter(([kind]) => kind === 'repeated')).toHaveLength(6);
    const [first, ...rest] = messages(2);
    expect(assemble([first, ...rest, ...rest.slice(2, 5)])).toEqual([
      ['block', 0],
      ['block', 10],
      ['repeated'],
      ['repeated'],
      ['repeated'],
    ]);
  });

  it.each([
    ['a run from the beginning', [...messages(2), ...messages(2)], 'run-restarted'],
    ['a run whose beginning was lost', [...messages(9), ...messages(4).slice(2)], 'run-restarted'],
    ['samples that go back', [...messages(2), ...messages(3, { firstSample: 0 }).slice(6)], 'run-restarted'],
    ['another stream', [...messages(1), ...messages(2, { stream: 'T' }).slice(3)], 'other-stream'],
    ['another rate', [...messages(1), ...messages(2, { sampleRateHz: 20_000 }).slice(3)], 'rate-changed'],
    ['a new channel', [...messages(1), ...messages(2, { channel: 5 }).slice(3)], 'layout-changed'],
  ])('ends at %s and hands out nothing more', (_, sent, code) => {
    const told = assemble([...sent, ...messages(30).slice(60)]);
    expect(told.at(-1)).toEqual([code]);
    expect(told.slice(0, -1).every(([kind]) => kind === 'block' || kind === 'repeated')).toBe(true);
  });

  it.each([[[4, 2]], [[2, 9]], [[2, 4, 9]]])('ends when the channels become %j', (channels) => {
    const changed = messages(5, {}, channels).map((message) => ({
      ...message,
      number: message.number + 3,
      firstSample: message.firstSample + 10,
    }));
    expect(assemble([...messages(1), ...changed])).toEqual([['block', 0], ['layout-changed']]);
  });
});

describe('learning the layout', () => {
  const learn = (sent: readonly DataMessage[]) => {
    const learner = new LayoutLearner();
    return sent.map((message) => learner.take(message)).findIndex((found) => found !== undefined);
  };

  it('needs two whole blocks that agree, and the beginning of a third', () => {
    expect(learn(messages(3))).toBe(6);
    expect(new LayoutLearner().take(messages(1)[0]!)).toBeUndefined();
    const learner = new LayoutLearner();
    const found = messages(4)
      .slice(1)
      .map((message) => learner.take(message));
    expect(found.findIndex((each) => each !== undefined)).toBe(8);
    expect(found.at(8)).toEqual(layout);
  });

  it('learns nothing from blocks of which something was lost', () => {
    const without5 = (blocks: number) => messages(blocks).filter(({ number }) => number !== 5);
    expect(learn(without5(4))).toBe(-1);
    expect(learn(without5(5))).toBe(11);
  });

  it('learns nothing when one channel is sent twice', () => {
    expect(learn(messages(5, { channel: 1 }))).toBe(-1);
  });
});
