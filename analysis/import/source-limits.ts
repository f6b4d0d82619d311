// What a recording can be at most, so that a damaged header is found before it costs memory; analysis process.
import { AnalysisFailure } from '../failure.ts';

/** As the sidecar of a recording allows. */
export const channelsMax = 4096;
export const sampleRateMinHz = 100;
export const sampleRateMaxHz = 100_000;

/** @throws AnalysisFailure when a recording cannot be replayed for its rate or number of channels. */
export function checkExtent(file: string, sampleRateHz: number, channels: number): void {
  if (!(sampleRateHz >= sampleRateMinHz && sampleRateHz <= sampleRateMaxHz))
    throw new AnalysisFailure(
      `${file} says that it was sampled at ${sampleRateHz} Hz; recordings are sampled at ${sampleRateMinHz} to ${sampleRateMaxHz} Hz.`,
      'Import another stream; if the header is damaged, copy the file again.',
    );
  if (!(Number.isInteger(channels) && channels >= 1 && channels <= channelsMax))
    throw new AnalysisFailure(
      `${file} announces ${channels} channels of signal; there are 1 to ${channelsMax} in a recording.`,
      'Import another stream; if the header is damaged, copy the file again.',
    );
}
