// Time that the watch takes of each tick of 1 ms, on noise with spikes and pulses, window ends among them.
import { defaultActivityLimits } from '../../../common/limits/activity-limits.ts';
import { ActivityWatch } from '../../../main/rig/interlock/activity/activity-watch.ts';
import { SeededRandom } from '../../../main/virtual-rig/seeded-random.ts';

const tickMicroseconds = 1000;
/** The first seconds are not timed: the baseline fills, and the code is compiled. */
const warmUpTicks = 15_000;
const ticksPerWindow = 250;
const differentTicks = 1000;
const spikesHz = 10;

export interface CostResult {
  channels: number;
  sampleRateHz: number;
  ticks: number;
  p50Microseconds: number;
  p99Microseconds: number;
  maxMicroseconds: number;
  /** Median of the ticks in which a window ends and is judged. */
  windowEndMicroseconds: number;
  p99PercentOfTick: number;
}

export function measureCost(channels: number, sampleRateHz: number, ticks: number): CostResult {
  const tickSamples = sampleRateHz / 1000;
  const random = new SeededRandom(3);
  const blocks = Array.from({ length: differentTicks }, () => ({
    band: Float32Array.from({ length: tickSamples * channels }, () => 10 * random.normal()),
    spikes: spikesOfTick(random, channels, tickSamples),
  }));
  const watch = new ActivityWatch({ channels, sampleRateHz }, defaultActivityLimits('in-vitro-mea'));
  const microseconds = new Float64Array(ticks);
  for (let tick = -warmUpTicks; tick < ticks; tick++) {
    const first = (tick + warmUpTicks) * tickSamples;
    const { band, spikes } = blocks[(tick + warmUpTicks) % differentTicks]!;
    const startedMs = performance.now();
    if (tick % 100 === 0) {
      watch.blank(first, first + 3 * tickSamples);
      watch.notePulse(first);
    }
    watch.noteBlock(first, tickSamples, band, spikes);
    if (tick >= 0) microseconds[tick] = (performance.now() - startedMs) * 1000;
  }
  const quantile = (values: Float64Array, share: number) =>
    Math.round(10 * values.toSorted()[Math.min(values.length - 1, Math.floor(share * values.length))]!) / 10;
  const at = (share: number) => quantile(microseconds, share);
  const ofWindowEnds = microseconds.filter((_, tick) => (tick + 1) % ticksPerWindow === 0);
  return {
    channels,
    sampleRateHz,
    ticks,
    p50Microseconds: at(0.5),
    p99Microseconds: at(0.99),
    maxMicroseconds: at(1),
    windowEndMicroseconds: quantile(ofWindowEnds, 0.5),
    p99PercentOfTick: Math.round((1000 * at(0.99)) / tickMicroseconds) / 10,
  };
}

function spikesOfTick(random: SeededRandom, channels: number, tickSamples: number) {
  const firing = Array.from({ length: channels }, (_, channel) => channel).filter(
    () => random.uniform() < spikesHz / 1000,
  );
  return {
    count: firing.length,
    sampleOffsets: Uint16Array.from(firing, () => Math.floor(random.uniform() * tickSamples)).sort(),
    channels: Uint16Array.from(firing),
  };
}
