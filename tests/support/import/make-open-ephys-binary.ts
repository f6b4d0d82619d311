// A recording in the binary format of Open Ephys, for tests.
import { madeSamples, words, type MadeRecording } from './made-recording.ts';

const headerBytes = 128;
const folder = 'experiment1/recording1';

/** @param shape as the header says; the content may be another. */
export function npy(descr: string, shape: string, content: Uint8Array): Buffer {
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`;
  const header = Buffer.from(`\x93NUMPY\x01\x00v\x00${dictionary.padEnd(headerBytes - 11)}\n`, 'latin1');
  return Buffer.concat([header, content]);
}

const int64 = (values: readonly number[]) => Buffer.from(BigInt64Array.from(values, BigInt).buffer);
const seconds = (values: readonly number[]) =>
  npy('<f8', `${values.length},`, Buffer.from(Float64Array.from(values, (number) => number / 30_000).buffer));
const column = (values: readonly number[]) => npy('<i8', `${values.length},`, int64(values));

interface Options {
  channels?: number;
  samples?: number;
  /** Count of the acquisition at the first sample. */
  firstNumber?: number;
  /** Numbers that were lost before sample 100. */
  lost?: number;
  /** Rows that the headers announce. */
  announced?: number;
}

/** Two electrodes at least, one analogue input behind them. */
export function makeOpenEphysBinary({
  channels = 3,
  samples = 300,
  firstNumber = 5000,
  lost = 0,
  announced = samples,
}: Options = {}): MadeRecording {
  const values = madeSamples(samples * channels);
  const names = Array.from({ length: channels }, (_, channel) => `CH${channel + 1}`);
  const numbers = Array.from({ length: samples }, (_, sample) => firstNumber + sample + (sample >= 100 ? lost : 0));
  const interleaved = Array.from({ length: samples }, (_, sample) => [
    ...values.slice(sample * channels, (sample + 1) * channels),
    sample % 7,
  ]).flat();
  const structure = {
    'GUI version': '0.6.7',
    continuous: [
      {
        folder_name: 'Board-100.main/',
        sample_rate: 30_000,
        source_processor_name: 'Board',
        source_processor_id: 100,
        recorded_processor: 'Record Node',
        recorded_processor_id: 101,
        stream_name: 'main',
        num_channels: channels + 1,
        channels: [
          ...names.map((channel_name) => ({ channel_name, bit_volts: 0.195, units: 'uV' })),
          { channel_name: 'ADC1', bit_volts: 0.00015258789, units: 'V' },
        ],
      },
    ],
    events: [
      {
        folder_name: 'Board-100.main/TTL/',
        channel_name: 'TTL',
        description: '',
        identifier: '',
        sample_rate: 30_000,
        type: 'int16',
        source_processor: 'Board',
        stream_name: 'main',
        initial_state: 0,
      },
      {
        folder_name: 'MessageCenter/',
        channel_name: 'Messages',
        description: '',
        identifier: '',
        sample_rate: 30_000,
        type: 'string',
        source_processor: 'Message Center',
        stream_name: 'other',
      },
    ],
    spikes: [{ name: 'Tetrode 1', folder: 'Detector.main/Tetrode 1/', stream_name: 'main' }],
  };
  const at = (name: string) => `${folder}/${name}`;
  return {
    files: {
      [at('structure.oebin')]: Buffer.from(JSON.stringify(structure)),
      [at('sync_messages.txt')]: Buffer.from(
        'Software Time (milliseconds since midnight Jan 1st 1970 UTC): 1743680304612\n' +
          `Start Time for Board (100) - main @ 30000 Hz: ${firstNumber}\n`,
      ),
      [at('continuous/Board-100.main/continuous.dat')]: words(interleaved),
      [at('continuous/Board-100.main/sample_numbers.npy')]: npy('<i8', `${announced},`, int64(numbers)),
      [at('continuous/Board-100.main/timestamps.npy')]: seconds(numbers),
      [at('events/Board-100.main/TTL/timestamps.npy')]: seconds([5010, 5020, 5100]),
      [at('events/MessageCenter/timestamps.npy')]: seconds([4990]),
      [at('spikes/Detector.main/Tetrode 1/timestamps.npy')]: seconds([5003, 5004]),
      [at('events/Board-100.main/TTL/states.npy')]: npy('<i2', '3,', words([1, -1, 4])),
      [at('events/Board-100.main/TTL/sample_numbers.npy')]: column([5010, 5020, 5100]),
      [at('events/MessageCenter/text.npy')]: npy('|S8', '1,', Buffer.from('begin\0\0\0')),
      [at('events/MessageCenter/sample_numbers.npy')]: column([4990]),
      [at('spikes/Detector.main/Tetrode 1/sample_numbers.npy')]: column([5003, 5004]),
      [at('spikes/Detector.main/Tetrode 1/clusters.npy')]: npy('<u2', '2,', words([0, 3])),
    },
    open: '.',
    sampleRateHz: 30_000,
    channelNames: names,
    microvoltsPerBit: names.map(() => 0.195),
    samples: values,
    events: [
      { sample: 10, kind: 'line', line: 0, isHigh: true, stream: 'Board-100.main' },
      { sample: 20, kind: 'line', line: 0, isHigh: false, stream: 'Board-100.main' },
      { sample: 100, kind: 'line', line: 3, isHigh: true, stream: 'Board-100.main' },
      { sample: -10, kind: 'message', text: 'begin' },
      { sample: 3, kind: 'spike', electrode: 'Tetrode 1', unit: 0 },
      { sample: 4, kind: 'spike', electrode: 'Tetrode 1', unit: 3 },
    ],
  };
}
