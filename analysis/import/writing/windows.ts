// The stretches in which a recording is read, so that memory does not grow with its length; analysis process.
import type { RecordingReader } from '../recording-reader.ts';

/** Half a MB of int16. */
const windowValues = 262_144;

/** Every sample once, in order. */
export function* windows({
  channels,
  sampleCount,
}: Pick<RecordingReader, 'channels' | 'sampleCount'>): Generator<{ firstSample: number; count: number }> {
  const size = Math.max(1, Math.floor(windowValues / channels.length));
  for (let firstSample = 0; firstSample < sampleCount; firstSample += size)
    yield { firstSample, count: Math.min(size, sampleCount - firstSample) };
}
