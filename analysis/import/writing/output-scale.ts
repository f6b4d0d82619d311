// Decides how samples of any scale become 16-bit integers of one scale, so that none is clipped; analysis process.
import { AnalysisFailure } from '../../failure.ts';
import type { RecordingReader } from '../recording-reader.ts';

/** Symmetric: no sample needs the one value that has no opposite. */
const int16Max = 32_767;
/** As the sidecar of a recording allows. */
const scaleMin = 0.0001;
const scaleMax = 1000;

export interface OutputScale {
  microvoltsPerBit: number;
  /** Factor of each channel from its own units to written bits; undefined when samples are written as they are. */
  factors: readonly number[] | undefined;
  /** What changed, for a person; undefined when nothing did. */
  note: string | undefined;
}

/** Whether all samples can be written as they are. */
export function isWrittenAsIs({ channels, sampleType }: Pick<RecordingReader, 'channels' | 'sampleType'>): boolean {
  const scale = channels[0]?.microvoltsPerBit ?? 0;
  return (
    sampleType === 'int16' &&
    scale >= scaleMin &&
    scale <= scaleMax &&
    channels.every(({ microvoltsPerBit }) => microvoltsPerBit === scale)
  );
}

/** What `chooseScale` must know of samples that are not written as they are. */
export class SampleSurvey {
  readonly #reader: RecordingReader;
  readonly #peaks: Float64Array;
  #areWhole = true;

  constructor(reader: RecordingReader) {
    this.#reader = reader;
    this.#peaks = new Float64Array(reader.channels.length);
  }

  /** @throws AnalysisFailure for a sample that is no number. @param firstSample of the window. */
  add(firstSample: number, samples: Int16Array | Float64Array): void {
    const channels = this.#peaks.length;
    for (let index = 0; index < samples.length; index++) {
      const size = Math.abs(samples[index]!);
      const channel = index % channels;
      if (!(size <= Number.MAX_VALUE))
        throw new AnalysisFailure(
          `Sample ${firstSample + Math.floor(index / channels)} of channel ${this.#reader.channels[channel]?.name ?? channel} in ${this.#reader.files[0] ?? 'the recording'} is ${samples[index]}, which is no number that can be written.`,
          'Replace it in the original, or cut the original before it.',
        );
      if (size > this.#peaks[channel]!) this.#peaks[channel] = size;
      if (!Number.isInteger(size)) this.#areWhole = false;
    }
  }

  /** Keeps the finest scale of the channels where the largest sample fits into it, else takes the finest into which it does. */
  chooseScale(): OutputScale {
    const scales = this.#reader.channels.map(({ microvoltsPerBit }) => microvoltsPerBit);
    const peakMicrovolts = Math.max(...scales.map((scale, channel) => Math.abs(scale) * this.#peaks[channel]!));
    const [first = 1] = scales;
    const finest = Math.min(...scales.map(Math.abs));
    const isKept = this.#areWhole && finest >= scaleMin && peakMicrovolts / finest <= int16Max;
    const needed = Math.max(scaleMin, peakMicrovolts / int16Max);
    const microvoltsPerBit = isKept ? finest : needed;
    if (!(microvoltsPerBit <= scaleMax))
      throw new AnalysisFailure(
        `The largest sample is ${peakMicrovolts} µV, which does not fit into 16 bits of at most ${scaleMax} µV.`,
        'Check the scale (volts per bit, gain, unit) that the original states; a stream that is no voltage of electrodes cannot be imported.',
      );
    const factors = scales.map((scale) => scale / microvoltsPerBit);
    if (isKept && scales.every((scale) => scale === first && scale > 0))
      return { microvoltsPerBit, factors: undefined, note: undefined };
    return {
      microvoltsPerBit,
      factors,
      note:
        `The original's samples were rescaled to ${microvoltsPerBit} µV per bit: the largest, ${peakMicrovolts} µV, becomes ` +
        `${Math.round(peakMicrovolts / microvoltsPerBit)} of ${int16Max}, and each is rounded by at most ${microvoltsPerBit / 2} µV.`,
    };
  }
}

/** @returns samples in written bits. */
export function scaled(samples: Int16Array | Float64Array, { factors }: OutputScale): Int16Array {
  if (factors === undefined) return samples instanceof Int16Array ? samples : Int16Array.from(samples);
  const written = new Int16Array(samples.length);
  for (let index = 0; index < samples.length; index++)
    written[index] = Math.round(samples[index]! * factors[index % factors.length]!);
  return written;
}
