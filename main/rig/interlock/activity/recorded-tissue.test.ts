import { describe, expect, it } from 'vitest';
import { defaultActivityLimits } from '../../../../common/limits/activity-limits.ts';
import { createSpikeDetector } from '../../signal/create-spike-detector.ts';
import { DetectedSpikes } from '../../signal/detected-spikes.ts';
import { geometry, parameters, recordedSamples, recording } from '../../signal/signal-fixture.ts';
import { ActivityWatch } from './activity-watch.ts';

const { channels, sampleRateHz } = geometry;
const blockSamples = sampleRateHz / 1000;
const minutes = 5;

interface Block {
  band: Float32Array;
  sampleCount: number;
  spikes: { count: number; sampleOffsets: Uint16Array; channels: Uint16Array };
}

/** The recording as the loop hands it over, block by block; it follows itself, so that filter and noise have no beginning. */
function loopBlocks(): Block[] {
  const detector = createSpikeDetector(parameters, { ...geometry, maxBlockSamples: blockSamples }, undefined);
  const found = new DetectedSpikes(channels * blockSamples);
  const blocks: Block[] = [];
  for (const isKept of [false, true]) {
    for (let first = 0; first < recordedSamples; first += blockSamples) {
      const sampleCount = Math.min(blockSamples, recordedSamples - first);
      detector.detect(recording.subarray(first * channels, (first + sampleCount) * channels), sampleCount, found);
      if (!isKept) continue;
      const spikes = {
        count: found.count,
        sampleOffsets: found.sampleOffsets.slice(0, found.count),
        channels: found.channels.slice(0, found.count),
      };
      blocks.push({ band: detector.filteredMicrovolts.slice(0, sampleCount * channels), sampleCount, spikes });
    }
  }
  return blocks;
}

describe('the activity of a real recording', () => {
  const blocks = loopBlocks();
  const tissue = defaultActivityLimits('in-vitro-mea');

  /** @param gain of the signal by second and channel. @returns seconds of the findings. */
  function play(seconds: number, gain: (second: number, channel: number) => number = () => 1) {
    const watch = new ActivityWatch(geometry, tissue);
    const scaled = new Float32Array(blockSamples * channels);
    const found: { code: string; second: number }[] = [];
    for (let first = 0, turn = 0; first < seconds * sampleRateHz; turn++) {
      const { band, sampleCount, spikes } = blocks[turn % blocks.length]!;
      const gains = Float32Array.from({ length: channels }, (_, channel) => gain(first / sampleRateHz, channel));
      const isScaled = gains.some((value) => value !== 1);
      if (isScaled) for (let at = 0; at < band.length; at++) scaled[at] = band[at]! * gains[at % channels]!;
      const finding = watch.noteBlock(first, sampleCount, isScaled ? scaled : band, spikes);
      first += sampleCount;
      if (finding !== undefined) found.push({ code: finding.code, second: first / sampleRateHz });
    }
    return { found, isReady: watch.isReady };
  }

  it('H76: is not taken for a seizure in five minutes', () => {
    expect(play(minutes * 60)).toEqual({ found: [], isReady: true });
  });

  it('H76: is taken for one when a third of its channels swell to twice their size and back at 4 Hz', () => {
    const swell = (second: number, channel: number) =>
      second > 20 && channel < 6 ? 1 + Math.abs(Math.sin(2 * Math.PI * 2 * second)) : 1;
    const { found } = play(25, swell);
    expect(found.map(({ code }) => code)).toEqual(['seizure-like']);
    expect(found[0]?.second).toBeLessThan(23);
  });
});
