// Each schema accepts what it should, fills in its defaults and knows no key too many.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { channelCount, type CheckedExperiment, sampleRateHz } from './checked-experiment.ts';
import { experimentSchema } from './experiment.ts';
import { limitProfileSchema } from './limit-profile.ts';
import { name } from './name.ts';
import { networkModelSchema } from './network-model.ts';
import { recordingSidecarSchema } from './recording-sidecar.ts';
import { sourceSchema } from './source.ts';

const recording = {
  format: 'exocortex-recording/1',
  samples: 'a.dat',
  sampleType: 'int16le',
  layout: 'sample-major',
  channels: 16,
  sampleCount: 100,
  sampleRateHz: 40_000,
  microvoltsPerBit: 0.05,
  sha256: '0'.repeat(64),
  source: 'here',
  licence: 'MIT',
};

test.each(['a', 'left-2', 'x'.repeat(64)])('%s is a name', (text) => {
  expect(name.safeParse(text).success).toBe(true);
});

test.each(['', 'A', '2a', '-a', 'a b', 'ä', 'x'.repeat(65), 'a\n'])('%j is no name', (text) => {
  expect(name.safeParse(text).success).toBe(false);
});

test('defaults are values that the schema itself accepts', () => {
  const checkDefaults = (schema: unknown): number => {
    if (schema instanceof z.ZodDefault) {
      expect(schema.unwrap()).toSatisfy((inner: z.ZodType) => inner.safeParse(schema.def.defaultValue).success);
      return 1;
    }
    const inner =
      schema instanceof z.ZodOptional ? schema.unwrap() : schema instanceof z.ZodArray ? schema.element : undefined;
    if (inner !== undefined) return checkDefaults(inner);
    const parts =
      schema instanceof z.ZodObject
        ? Object.values(schema.shape)
        : schema instanceof z.ZodDiscriminatedUnion
          ? schema.options
          : [];
    return parts.reduce((sum: number, part: unknown) => sum + checkDefaults(part), 0);
  };
  expect(checkDefaults(experimentSchema)).toBeGreaterThan(10);
  expect(checkDefaults(networkModelSchema)).toBeGreaterThan(10);
  // What is allowed is never left to a default.
  expect(checkDefaults(limitProfileSchema)).toBe(0);
});

test('a source is a recording or virtual tissue, and keys of the one are unknown to the other', () => {
  expect(sourceSchema.parse({ kind: 'replay', recording: 'a.json' })).toEqual({
    kind: 'replay',
    recording: 'a.json',
    loop: true,
  });
  expect(sourceSchema.safeParse({ kind: 'replay', recording: 'a.json', channels: 3 }).success).toBe(false);
  expect(sourceSchema.safeParse({ kind: 'other' }).success).toBe(false);
});

test('a sidecar needs a full hash and a known layout', () => {
  expect(recordingSidecarSchema.parse(recording)).toEqual(recording);
  expect(recordingSidecarSchema.safeParse({ ...recording, sha256: 'ABC' }).success).toBe(false);
  expect(recordingSidecarSchema.safeParse({ ...recording, layout: 'channel-major' }).success).toBe(false);
  expect(recordingSidecarSchema.safeParse({ ...recording, sampleCount: 1.5 }).success).toBe(false);
});

test('electrodes and sample rate are those of the source, whichever it is', () => {
  const source = sourceSchema.parse({ kind: 'virtual', channels: 32, sampleRateHz: 30_000 });
  const virtual = { experiment: { source } } as CheckedExperiment;
  expect([channelCount(virtual), sampleRateHz(virtual)]).toEqual([32, 30_000]);
  const sidecar = recordingSidecarSchema.parse(recording);
  const replay = {
    experiment: { source: { kind: 'replay' } },
    recording: { sidecar, samplesFile: '' },
  } as CheckedExperiment;
  expect([channelCount(replay), sampleRateHz(replay)]).toEqual([16, 40_000]);
});
