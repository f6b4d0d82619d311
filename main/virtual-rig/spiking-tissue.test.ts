import { describe, expect, it } from 'vitest';
import { sourceSchema, type VirtualSource } from '../../common/experiment/source.ts';
import type { AppliedPulse } from './electrodes.ts';
import { SpikingTissue } from './spiking-tissue.ts';

const sampleRateHz = 10_000;

function source(part: Partial<VirtualSource>): VirtualSource {
  const parsed = sourceSchema.parse({ kind: 'virtual', channels: 16, sampleRateHz, unitsPerElectrode: 4, ...part });
  if (parsed.kind !== 'virtual') throw new Error('a virtual source was expected');
  return parsed;
}

/** 300 µs at the current that makes so many nanocoulombs. */
const pulseAt = (sample: number, nanocoulombs: number, electrode = 5): AppliedPulse => ({
  ...{ sample, electrode, firstNanoamps: -Math.round((nanocoulombs * 1e6) / 300), firstMicroseconds: 300 },
  ...{ interphaseMicroseconds: 0, secondNanoamps: Math.round((nanocoulombs * 1e6) / 300), secondMicroseconds: 300 },
});

interface Spike {
  readonly neuron: number;
  readonly sample: number;
}

/** All spikes of so many seconds, with a pulse at the start of each interval. */
function spikes(
  tissue: SpikingTissue,
  seconds: number,
  pulses: readonly AppliedPulse[] = [],
  blockSamples = 10,
): Spike[] {
  const found: Spike[] = [];
  const left = [...pulses];
  for (let sample = 0; sample < seconds * sampleRateHz; sample += blockSamples) {
    while (left[0] !== undefined && left[0].sample < sample + blockSamples) tissue.stimulate(left.shift()!);
    tissue.advance(sample + blockSamples, (neuron, at) => found.push({ neuron, sample: at }));
  }
  return found;
}

const inOrder = (list: Spike[]) => list.sort((a, b) => a.neuron - b.neuron || a.sample - b.sample);

describe('spiking tissue', () => {
  it('fires by itself at its rate, never twice within the refractory time', () => {
    const found = inOrder(spikes(new SpikingTissue(source({ spontaneousRateHz: 20 }), 1), 50));
    const rateHz = found.length / 50 / 64;
    expect(rateHz).toBeGreaterThan(17);
    expect(rateHz).toBeLessThan(21);
    found.slice(1).forEach((spike, index) => {
      const before = found[index]!;
      if (spike.neuron === before.neuron) expect(spike.sample - before.sample).toBeGreaterThanOrEqual(30);
    });
  });

  it('fires the same spikes for the same seed and pulses, in blocks of any size; others for another seed', () => {
    const pulses = [100, 900, 1500].map((sample) => pulseAt(sample, 0.4));
    const run = (seed: number, block: number) => inOrder(spikes(new SpikingTissue(source({}), seed), 2, pulses, block));
    const reference = run(3, 10);
    expect(run(3, 100)).toEqual(reference);
    expect(run(4, 10)).not.toEqual(reference);
  });

  it('is silent without spontaneous activity and without stimulation, and answers a strong pulse on every neuron beside it', () => {
    const silent = { spontaneousRateHz: 0 };
    expect(spikes(new SpikingTissue(source(silent), 1), 1)).toEqual([]);
    const answered = spikes(new SpikingTissue(source(silent), 1), 1, [pulseAt(1000, 3)]);
    const beside = answered.filter(({ neuron }) => neuron >= 20 && neuron < 24).map(({ neuron }) => neuron);
    expect(beside.sort()).toEqual([20, 21, 22, 23]);
  });

  it('answers a pulse at threshold half of the time, less below, more above, and less far away', () => {
    const pulses = (nanocoulombs: number) =>
      Array.from({ length: 200 }, (_, index) => pulseAt(index * 1000, nanocoulombs));
    const answersOf = (nanocoulombs: number, electrode: number) => {
      const tissue = new SpikingTissue(source({ spontaneousRateHz: 0 }), 1);
      const found = spikes(tissue, 20, pulses(nanocoulombs));
      return found.filter(({ neuron }) => tissue.homeElectrodes[neuron] === electrode).length / (200 * 4);
    };
    const atThreshold = answersOf(0.3, 5);
    expect(atThreshold).toBeGreaterThan(0.45);
    expect(atThreshold).toBeLessThan(0.55);
    expect(answersOf(0.15, 5)).toBeLessThan(0.05);
    expect(answersOf(0.6, 5)).toBeGreaterThan(0.95);
    const [beside, diagonal, far] = [6, 10, 15].map((electrode) => answersOf(0.8, electrode));
    expect(beside).toBeGreaterThan(diagonal!);
    expect(diagonal).toBeGreaterThan(far!);
  });

  it('answers after 3 ms at the soonest and after the given latency on average', () => {
    const pulses = Array.from({ length: 200 }, (_, index) => pulseAt(index * 1000, 3));
    const tissue = new SpikingTissue(source({ spontaneousRateHz: 0, evokedLatencyMilliseconds: 5 }), 1);
    const found = spikes(tissue, 20, pulses).filter(({ neuron }) => tissue.homeElectrodes[neuron] === 5);
    const latencies = found.map(({ sample }) => (sample % 1000) / 10);
    expect(Math.min(...latencies)).toBeGreaterThanOrEqual(3);
    const mean = latencies.reduce((sum, latency) => sum + latency, 0) / latencies.length;
    expect(mean).toBeGreaterThan(4.8);
    expect(mean).toBeLessThan(5.3);
  });

  it('fires the same spontaneous spikes whether or not it is stimulated, but for refractory ones', () => {
    const alone = spikes(new SpikingTissue(source({}), 5), 2);
    const stimulated = spikes(new SpikingTissue(source({}), 5), 2, [pulseAt(5000, 0.2)]);
    const before = (list: Spike[]) => inOrder(list.filter(({ sample }) => sample < 5000));
    expect(before(stimulated)).toEqual(before(alone));
    const kept = new Set(stimulated.map(({ neuron, sample }) => `${neuron} ${sample}`));
    const missing = alone.filter(({ neuron, sample }) => !kept.has(`${neuron} ${sample}`));
    expect(missing.length).toBeLessThan(alone.length / 20);
  });
});
