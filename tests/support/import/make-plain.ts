// Plain samples with the file that describes them, for tests.
import { madeSamples, words, type MadeRecording } from './made-recording.ts';

export function makePlain({
  channels = 3,
  samples = 500,
  sampleType = 'int16le',
  ...more
}: {
  channels?: number;
  samples?: number;
  sampleType?: 'int16le' | 'int16be' | 'uint16le' | 'float32le';
  headerBytes?: number;
  sampleCount?: number;
} = {}): MadeRecording {
  const values = madeSamples(channels * samples);
  const described = {
    format: 'plain-recording/1',
    samples: 'samples.dat',
    sampleType,
    channels,
    sampleRateHz: 20_000,
    microvoltsPerBit: 0.25,
    channelNames: Array.from({ length: channels }, (_, channel) => `E${channel + 1}`),
    startedAt: '2026-03-04T05:06:07+01:00',
    ...more,
  };
  const content = {
    int16le: () => words(values),
    int16be: () => words(values).swap16(),
    uint16le: () => words(values.map((value) => value + 0x8000)),
    float32le: () => Buffer.from(Float32Array.from(values).buffer),
  }[sampleType]();
  return {
    files: {
      'samples.json': Buffer.from(JSON.stringify(described)),
      'samples.dat': Buffer.concat([Buffer.alloc(more.headerBytes ?? 0, 'h'), content]),
    },
    open: 'samples.json',
    sampleRateHz: 20_000,
    channelNames: described.channelNames,
    microvoltsPerBit: described.channelNames.map(() => 0.25),
    samples: values,
    events: [],
  };
}
