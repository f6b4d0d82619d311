// Writes the samples of a recording as 16-bit integers of one scale, and looks for lost words on the way; analysis process.
import { assert } from '../../../common/base/assert.ts';
import type { RecordingReader } from '../recording-reader.ts';
import type { EventsFile } from './events-file.ts';
import { scaled, type OutputScale } from './output-scale.ts';
import { PartialFile } from './partial-file.ts';
import { SlipDetector, type ChannelSlip } from './slip-detector.ts';
import { windows } from './windows.ts';

/** So many places are listed; all are among the events. */
const placesMax = 1000;

interface FoundSlips {
  count: number;
  /** The first thousand. */
  places: ChannelSlip[];
  /** For a person; undefined when all is well. */
  words: string | undefined;
}

/**
 * @param onProgress gets a fraction of 1
 * @returns SHA-256 of the samples, and where channels slip; undefined for formats in which they cannot.
 * @throws AnalysisFailure when the original or the disk fails; the half file is removed.
 */
export async function writeSamples(
  reader: RecordingReader,
  { file, scale, events }: { file: string; scale: OutputScale; events: EventsFile },
  onProgress: (fraction: number) => void,
  signal: AbortSignal | undefined,
): Promise<{ sha256: string; slips: FoundSlips | undefined }> {
  const detector = reader.mayHaveSlips ? new SlipDetector(reader.channels.length) : undefined;
  const places: ChannelSlip[] = [];
  let slips = 0;
  const found = async (list: readonly ChannelSlip[]) => {
    for (const { sample, channel } of list) {
      slips++;
      if (places.length < placesMax) places.push({ sample, channel });
      await events.add({ sample, kind: 'channel-slip', channel: reader.channels[channel]?.name ?? String(channel) });
    }
  };
  const output = await PartialFile.create(file);
  try {
    for (const { firstSample, count } of windows(reader)) {
      signal?.throwIfAborted();
      const read = await reader.read(firstSample, count);
      assert(read.length === count * reader.channels.length, 'a reader gives as many samples as it is asked for');
      const samples = scaled(read, scale);
      await output.write(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
      if (detector) await found(detector.add(samples));
      onProgress((firstSample + count) / reader.sampleCount);
    }
    if (detector) await found(detector.finish());
    const sha256 = await output.finish();
    return { sha256, slips: detector && { count: slips, places, words: slipWords(slips, places, detector, reader) } };
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

function slipWords(
  slips: number,
  places: readonly ChannelSlip[],
  detector: SlipDetector,
  { channels }: RecordingReader,
): string | undefined {
  if (slips === 0) return undefined;
  const shown = places
    .slice(0, 5)
    .map(({ sample, channel }) => `sample ${sample} of ${channels[channel]?.name ?? channel}`)
    .join(', ');
  const { judged, notJudged } = detector.extent;
  const unseen =
    notJudged === 0
      ? ''
      : ` ${((100 * notJudged) / (judged + notJudged)).toFixed(1)} % of the recording could not be judged.`;
  return (
    `Channel slips: one word is missing at ${slips} places, from each of which on every channel holds its neighbour's signal ` +
    `(${shown}${slips > 5 ? ' …' : ''}); all places are among the events. The samples were not repaired.${unseen}`
  );
}
