// Recordings of SpikeGLX of each device, for tests.
import type { RecordingEvent } from '../../../analysis/import/recording-reader.ts';
import { madeSamples, words, type MadeRecording } from './made-recording.ts';

export type SpikeGlxDevice = 'ap' | 'ap-all' | 'lf' | 'np2' | 'nidq' | 'obx';

interface Device {
  suffix: string;
  names: readonly string[];
  microvoltsPerBit: readonly number[];
  /** Of the words of bits. */
  word: string;
  meta: string;
  rateHz: number;
}

const npTable =
  '~imroTbl=(0,384)' +
  Array.from({ length: 8 }, (_, channel) => `(${channel} 0 0 ${channel < 4 ? 500 : 250} 125 1)`).join('');

const devices: Record<SpikeGlxDevice, Device> = {
  // 1.2 V over 10 bits, gains of 500 and 250: channels 2, 3 and 5 of 8 are saved.
  ap: {
    ...{ suffix: 'imec0.ap', names: ['AP2', 'AP3', 'AP5'], word: 'SY0', rateHz: 30_000.149_579_831_934 },
    microvoltsPerBit: [0.6 / 512 / 500, 0.6 / 512 / 500, 0.6 / 512 / 250].map((volts) => volts * 1e6),
    meta: `typeThis=imec\nimSampRate=30000.149579831934\nimAiRangeMax=0.6\nacqApLfSy=8,8,1\nsnsApLfSy=3,0,1\nsnsSaveChanSubset=2:3,5,16\n${npTable}\n`,
  },
  'ap-all': {
    ...{
      suffix: 'imec0.ap',
      names: Array.from({ length: 8 }, (_, channel) => `AP${channel}`),
      word: 'SY0',
      rateHz: 30_000,
    },
    microvoltsPerBit: Array.from({ length: 8 }, (_, channel) => (0.6 / 512 / (channel < 4 ? 500 : 250)) * 1e6),
    meta: `typeThis=imec\nimDatPrb_pn=NP1010\nimSampRate=30000\nimAiRangeMax=0.6\nacqApLfSy=8,8,1\nsnsApLfSy=8,0,1\nsnsSaveChanSubset=0:7,16\n${npTable}\n`,
  },
  lf: {
    ...{ suffix: 'imec0.lf', names: ['LF0', 'LF1'], word: 'SY0', rateHz: 2500 },
    microvoltsPerBit: [0, 1].map(() => (0.6 / 512 / 125) * 1e6),
    meta: `typeThis=imec\nimDatPrb_pn=NP1010\nimSampRate=2500\nimAiRangeMax=0.6\nacqApLfSy=8,8,1\nsnsApLfSy=0,2,1\nsnsSaveChanSubset=8:9,16\n${npTable}\n`,
  },
  np2: {
    ...{ suffix: 'imec1.ap', names: ['AP0', 'AP1', 'AP2', 'AP3'], word: 'SY0', rateHz: 30_000 },
    microvoltsPerBit: Array.from({ length: 4 }, () => (0.5 / 8192 / 80) * 1e6),
    meta: 'typeThis=imec\nimDatPrb_type=24\nimDatPrb_pn=NP2010\nimSampRate=30000\nimAiRangeMax=0.5\nimMaxInt=8192\nacqApLfSy=4,0,1\nsnsApLfSy=4,0,1\nsnsSaveChanSubset=all\n~imroTbl=(24,4)(0 0 0 0)(1 0 0 0)(2 0 0 0)(3 0 0 0)\n',
  },
  nidq: {
    ...{ suffix: 'nidq', names: ['MN0', 'MA0', 'XA0'], word: 'XD0', rateHz: 25_000 },
    microvoltsPerBit: [5 / 32_768 / 200, 5 / 32_768 / 2, 5 / 32_768].map((volts) => volts * 1e6),
    meta: 'typeThis=nidq\nniSampRate=25000\nniAiRangeMax=5\nniMNGain=200\nniMAGain=2\nsnsMnMaXaDw=1,1,1,1\nsnsSaveChanSubset=all\n',
  },
  obx: {
    ...{ suffix: 'obx0.obx', names: ['XA0', 'XA1'], word: 'SY0', rateHz: 30_300 },
    microvoltsPerBit: [0, 1].map(() => (5 / 32_768) * 1e6),
    meta: 'typeThis=obx\nobSampRate=30300\nobAiRangeMax=5\nobMaxInt=32768\nsnsXaDwSy=2,0,1\nsnsSaveChanSubset=all\n',
  },
};

/** @param samples of each channel. Bit 6 of the last word is high in samples 50 to 99. */
export function makeSpikeGlx(kind: SpikeGlxDevice, samples = 300, more = ''): MadeRecording {
  const { suffix, names, microvoltsPerBit, word, meta, rateHz } = devices[kind];
  const values = madeSamples(samples * names.length);
  const interleaved = Array.from({ length: samples }, (_, sample) => [
    ...values.slice(sample * names.length, (sample + 1) * names.length),
    sample >= 50 && sample < 100 ? 1 << 6 : 0,
  ]).flat();
  const content = words(interleaved);
  const line = { kind: 'line', line: 6, stream: word } as const;
  const events: RecordingEvent[] = [
    { sample: 50, isHigh: true, ...line },
    { sample: 100, isHigh: false, ...line },
  ];
  const name = `run_g0_t0.${suffix}`;
  return {
    files: {
      [`${name}.meta`]: Buffer.from(
        `appVersion=20230905\nfileCreateTime=2026-03-04T05:06:07\nfileSizeBytes=${content.length}\nfileName=D:/data/${name}.bin\nnSavedChans=${names.length + 1}\n` +
          `~snsChanMap=(${names.length},0,1)${[...names, word].map((each, index) => `(${each};${index}:${index})`).join('')}\n${meta}${more}`,
      ),
      [`${name}.bin`]: content,
    },
    open: '.',
    sampleRateHz: rateHz,
    channelNames: names,
    microvoltsPerBit,
    samples: values,
    events: samples > 100 ? events : events.slice(0, samples > 50 ? 1 : 0),
  };
}
