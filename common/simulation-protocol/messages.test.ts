import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Defect } from '../base/assert.ts';
import { FrameDecoder, FrameWriter } from '../transport/frame.ts';
import { microseconds, nanoamps } from '../units/units.ts';
import { fromEnvironment, toEnvironment } from './environment.ts';
import { SimulationFaultError } from './fault.ts';
import { decodeJson, encodeJson, maxPayloadBytes, rigMessage, simulationMessage } from './messages.ts';
import { ResultReader, writeResult } from './result-message.ts';
import {
  encodeSampleRequest,
  type NetworkSample,
  readSample,
  readSampleRequest,
  writeSample,
} from './sample-message.ts';
import { TickReader, writeTick } from './tick-message.ts';
import { encodeWeights, WeightsReader } from './weights-message.ts';

/** Takes frames apart; the payloads are copies. */
function unframe(...frames: Uint8Array[]): { type: number; payload: Uint8Array }[] {
  const seen: { type: number; payload: Uint8Array }[] = [];
  const decoder = new FrameDecoder(maxPayloadBytes, (type, payload) => seen.push({ type, payload: payload.slice() }));
  for (const frame of frames) decoder.push(frame);
  return seen;
}

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const tick = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const request = fc.record({
  readout: u16,
  electrode: u16,
  amplitudeNanoamps: fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }).map(nanoamps),
  phaseMicroseconds: u32.map(microseconds),
  interphaseMicroseconds: u32.map(microseconds),
  leadingPhase: fc.constantFrom('cathodic' as const, 'anodic' as const),
});
const result = fc.record({
  tick,
  computeNs: fc.integer({ min: 0, max: 1e9 }),
  spikes: fc.array(u32, { maxLength: 3000, size: 'large' }).map((list) => Uint32Array.from(list)),
  requests: fc.array(request, { maxLength: 5 }),
  meanPlasticWeightMillivolts: fc.float({ noNaN: true }),
});
const garbage = fc.uint8Array({ maxLength: 200 });

describe('a tick', () => {
  const writer = new FrameWriter(1);
  const reader = new TickReader();

  it('arrives as it was sent, however long the one before was', () => {
    fc.assert(
      fc.property(
        tick,
        fc.integer({ min: 1, max: 0xffff }),
        fc.array(u16, { maxLength: 1000 }),
        u16,
        (index, ticksToAdvance, list, surplus) => {
          const channels = Uint16Array.from([...list, surplus]);
          const [frame] = unframe(writeTick(writer, { tick: index, ticksToAdvance, channels, count: list.length }));
          const input = reader.read(frame!.payload);
          expect(frame!.type).toBe(rigMessage.tick);
          expect([input.tick, input.ticksToAdvance, input.count]).toEqual([index, ticksToAdvance, list.length]);
          expect([...input.channels.subarray(0, input.count)]).toEqual(list);
        },
      ),
    );
  });

  it('advances at least one tick and at most as many as the message holds', () => {
    for (const ticksToAdvance of [0, 0x1_0000]) {
      expect(() => writeTick(writer, { tick: 1, ticksToAdvance, channels: new Uint16Array(0), count: 0 })).toThrow(
        Defect,
      );
    }
    expect(() => reader.read(new Uint8Array(10))).toThrow(SimulationFaultError);
  });

  it('of odd length is not a message', () => {
    for (const bytes of [0, 9, 11])
      expect(() => reader.read(new Uint8Array(bytes).fill(1))).toThrow(SimulationFaultError);
  });
});

describe('a result', () => {
  const writer = new FrameWriter(1);
  const reader = new ResultReader();

  it('arrives as it was sent, however long the one before was', () => {
    fc.assert(
      fc.property(result, (sent) => {
        const [frame] = unframe(writeResult(writer, sent));
        expect(frame!.type).toBe(simulationMessage.result);
        expect(reader.read(frame!.payload)).toEqual(sent);
      }),
    );
  });

  it('is read or refused as a fault of the protocol, whatever the bytes are', () => {
    fc.assert(
      fc.property(garbage, (bytes) => {
        try {
          reader.read(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'protocol' });
        }
      }),
    );
  });
});

describe('a snapshot of the weights', () => {
  it.each([0, 1, 1024 * 1024, 1024 * 1024 + 3])('of %d synapses arrives as it was sent', (synapses) => {
    const weights = Float32Array.from({ length: synapses }, (_, index) => index / 8);
    const reader = new WeightsReader(synapses);
    const answers = unframe(...encodeWeights({ tick: 12, weights })).map(({ payload }) => reader.read(payload));
    const snapshot = answers.pop();
    expect(answers.every((answer) => answer === undefined)).toBe(true);
    expect(snapshot?.tick).toBe(12);
    expect(snapshot?.weights.length).toBe(synapses);
    expect(snapshot?.weights.every((weight, index) => weight === weights[index])).toBe(true);
  });

  it('of another network, or with a part missing, is a fault of the protocol', () => {
    const parts = unframe(...encodeWeights({ tick: 1, weights: new Float32Array(1024 * 1024 + 3) }));
    expect(() => new WeightsReader(5).read(parts[0]!.payload)).toThrow(SimulationFaultError);
    expect(() => new WeightsReader(1024 * 1024 + 3).read(parts[1]!.payload)).toThrow(SimulationFaultError);
    expect(() => new WeightsReader(5).read(new Uint8Array(17))).toThrow(SimulationFaultError);
  });
});

describe('a sample', () => {
  const f32 = fc.float({ noNaN: true });
  const counts = fc.array(u32, { minLength: 32, maxLength: 32 });
  const sampled = fc.record({
    lowest: f32,
    highest: f32,
    mean: f32,
    from: f32,
    to: f32,
    counts,
    initialCounts: counts,
  });
  // JSON knows no negative zero.
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
  const sample = fc.record({
    tick,
    potentialsMillivolts: fc.array(fc.array(f32, { maxLength: 16 }), { maxLength: 20 }),
    weights: fc.option(fc.record({ projection: fc.integer({ min: 0, max: 0xfffe }), sampled }), { nil: undefined }),
    learning: fc.record({
      signals: fc.array(fc.array(number, { maxLength: 3 }), { maxLength: 3 }),
      frozen: fc.array(fc.nat(), { maxLength: 3 }),
      held: fc.array(fc.nat(), { maxLength: 3 }),
      synapses: fc.constant<NonNullable<NetworkSample['learning']['synapses']>>({
        matrix: [[0.5, null]],
        changed: [{ sender: 1, receiver: 2, before: 0.5, now: 0.75 }],
        variables: [{ symbol: 'e', lowest: -1, highest: 1, mean: 0 }],
      }),
    }),
  });

  it('arrives as it was sent', () => {
    const writer = new FrameWriter(1);
    fc.assert(
      fc.property(sample, (sent) => {
        const [frame] = unframe(writeSample(writer, sent));
        expect(frame!.type).toBe(simulationMessage.sample);
        expect(readSample(frame!.payload)).toEqual(sent);
      }),
    );
  });

  it('is asked for of one projection or of none', () => {
    for (const projection of [0, 7, undefined]) {
      const [frame] = unframe(encodeSampleRequest(projection));
      expect([frame!.type, readSampleRequest(frame!.payload)]).toEqual([rigMessage.sample, projection]);
    }
    expect(() => readSampleRequest(new Uint8Array(1))).toThrow(SimulationFaultError);
  });

  it('is read or refused as a fault of the protocol, whatever the bytes are', () => {
    fc.assert(
      fc.property(garbage, (bytes) => {
        try {
          readSample(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'protocol' });
        }
      }),
    );
  });
});

describe('a message in JSON', () => {
  const schema = z.strictObject({ text: z.string() });

  it('arrives as it was sent', () => {
    const value = { text: 'τ₊ = 20 ms' };
    const [frame] = unframe(encodeJson(simulationMessage.fault, value));
    expect(frame!.type).toBe(simulationMessage.fault);
    expect(decodeJson(frame!.payload, schema)).toEqual(value);
  });

  it.each([
    ['text that is not JSON', '{'],
    ['another shape', '{"text": 1}'],
    ['a key too many', '{"text": "", "more": 1}'],
  ])('with %s is a fault of the protocol', (_, json) => {
    expect(() => decodeJson(new TextEncoder().encode(json), schema)).toThrow(SimulationFaultError);
  });

  it('with bytes that are not UTF-8 is a fault of the protocol', () => {
    expect(() => decodeJson(Uint8Array.of(0x22, 0xff, 0x22), z.string())).toThrow(SimulationFaultError);
  });
});

it('the address of the rig survives the environment, and a program that no rig started finds none', () => {
  const rig = { address: '/run/rig', token: 'abc' };
  expect(fromEnvironment({ PATH: '/bin', ...toEnvironment(rig) })).toEqual(rig);
  expect(fromEnvironment({ PATH: '/bin' })).toBeUndefined();
});
