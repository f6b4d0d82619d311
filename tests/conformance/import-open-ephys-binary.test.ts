// Recordings in the binary format of Open Ephys: a published one, made ones, and damage of every kind.
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeOpenEphysBinary, npy } from '../support/import/make-open-ephys-binary.ts';
import { madeSamples, placeFiles, words, type MadeRecording } from '../support/import/made-recording.ts';
import { expectAsMade, fuzzReader, readMade, readRecording } from '../support/import/read-recording.ts';

const published = join(import.meta.dirname, '../fixtures/open-ephys/binary');
const at = (name: string) => `experiment1/recording1/${name}`;
const samplesFile = at('continuous/Board-100.main/continuous.dat');
const numbersFile = at('continuous/Board-100.main/sample_numbers.npy');

function withFile(made: MadeRecording, name: string, content: Uint8Array): MadeRecording {
  return { ...made, files: { ...made.files, [name]: content } };
}

/** The description of a made recording with something in it replaced. */
function described(from: string, to: string): MadeRecording {
  const made = makeOpenEphysBinary();
  const name = at('structure.oebin');
  const text = Buffer.from(made.files[name]!).toString();
  expect(text).toContain(from);
  return withFile(made, name, Buffer.from(text.replace(from, to)));
}

describe('importing the binary format of Open Ephys', () => {
  it('gives samples of electrodes, events, messages and spikes at their places', async () => {
    const { reader } = await expectAsMade(makeOpenEphysBinary());
    expect(reader).toMatchObject({ format: 'Open Ephys binary 0.6.7', startedAt: '2025-04-03T11:38:24.612Z' });
    expect(reader.notes).toEqual(['1 channels that are no electrodes were left out: ADC1.']);
  });

  it('reads what a real program wrote: channels, start, 128 edges, 14 messages and the spikes of 8 stereotrodes', async () => {
    await expect(readRecording(published)).rejects.toMatchObject({
      message: expect.stringMatching(/continuous\.dat does not exist/),
    });
    const folder = placeFiles({});
    cpSync(published, folder.path, { recursive: true });
    const samples = madeSamples(16 * 1000);
    writeFileSync(join(folder.path, 'continuous/File_Reader-100.example_data/continuous.dat'), words(samples));
    const read = await readRecording(folder.path);
    folder.dispose();
    expect(read.samples).toEqual(samples);
    expect(read.reader).toMatchObject({ sampleRateHz: 40_000, startedAt: '2025-04-03T11:38:24.612Z', notes: [] });
    expect(read.reader.channels.map(({ name }) => name)).toEqual(
      Array.from({ length: 16 }, (_, index) => `CH${index + 1}`),
    );
    expect(read.reader.channels[0]?.microvoltsPerBit).toBeCloseTo(0.05, 8);
    const ofKind = (kind: string) => read.events.filter((event) => event.kind === kind);
    expect(ofKind('line')).toHaveLength(128);
    expect(ofKind('message')).toHaveLength(14);
    // The first message comes with the first sample; the network's edges follow the messages that ask for them.
    expect(ofKind('message')[0]).toMatchObject({ text: expect.stringContaining('TTL Line=') });
    expect(new Set(ofKind('spike').map((event) => event.kind === 'spike' && event.electrode))).toEqual(
      new Set(Array.from({ length: 8 }, (_, index) => `Stereotrode ${index + 1}`)),
    );
    expect(ofKind('spike')).toHaveLength(1379);
  });

  it('reads what versions before 0.6 wrote, which had other names for files', async () => {
    const made = makeOpenEphysBinary();
    const older = [
      [/timestamps\.npy$/, 'seconds.npy'],
      [/(spikes.*)sample_numbers\.npy$/, '$1spike_times.npy'],
      [/sample_numbers\.npy$/, 'timestamps.npy'],
      [/states\.npy$/, 'channel_states.npy'],
      [/clusters\.npy$/, 'spike_clusters.npy'],
    ] as const;
    const files = Object.fromEntries(
      Object.entries(made.files).map(([name, content]) => [
        older.reduce((each, [pattern, to]) => each.replace(pattern, to), name),
        name.endsWith('.oebin')
          ? Buffer.from(
              Buffer.from(content)
                .toString()
                .replaceAll('"stream_name":"main"', '"x":0')
                .replace('"name":"Tetrode 1",', ''),
            )
          : content,
      ]),
    );
    const { samples, events } = await readMade({ ...made, files });
    expect(samples).toEqual(made.samples);
    expect(events).toEqual(
      made.events?.map((event) =>
        event.kind === 'spike' ? { ...event, electrode: 'Detector.main/Tetrode 1' } : event,
      ),
    );
  });

  it('says where samples are missing, and that headers were not closed', async () => {
    const { reader, samples } = await readMade(makeOpenEphysBinary({ lost: 40, announced: 0 }));
    expect(samples).toHaveLength(900);
    expect(reader.notes).toEqual([
      expect.stringContaining('ADC1'),
      expect.stringMatching(/sample_numbers\.npy announces 0 rows and holds 300/),
      'The sample numbers jump from 5099 to 5140 before sample 100: what lies between was not recorded, and is not filled.',
    ]);
  });

  it('places events by sync_messages.txt where there are no sample numbers', async () => {
    const made = makeOpenEphysBinary();
    const { [numbersFile]: _, ...files } = made.files;
    const { reader, events } = await readMade({ ...made, files });
    expect(events).toEqual(made.events);
    expect(reader.notes).toContainEqual(expect.stringContaining('the first is 5000 by sync_messages.txt'));
  });

  it.each([
    [
      '"num_channels":4',
      '"num_channels":5',
      /continuous\[0\]\.num_channels: 5 channels are announced, and 4 described/,
    ],
    ['"bit_volts":0.195', '"bit_volts":0', /channels\[0\]\.bit_volts: the scale of CH1 is 0 µV per bit/],
    ['"sample_rate":30000', '"sample_rate":"fast"', /continuous\[0\]\.sample_rate: a number belongs here, not "fast"/],
    ['"sample_rate":30000', '"sample_rate":3e9', /sampled at 3000000000 Hz/],
    ['"folder_name":"Board-100.main/"', '"folder_name":"../../x/"', /leads out of the recording/],
    ['{"GUI version"', '{"GUI version', /as JSON/],
  ])('refuses a description with %s → %s', async (from, to, message) => {
    await expect(readMade(described(from, to))).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });

  it.each([
    [npy('<i8', '301,', Buffer.alloc(2400)), /byte 128: 301 rows are announced, and the file holds 300/],
    [npy('<c8', '300,', Buffer.alloc(2400)), /no array of one dimension with numbers or texts/],
    [npy('<i8', '300, 2', Buffer.alloc(4800)), /no array of one dimension/],
    [Buffer.from('NUMPY'), /byte 0: does not begin as a NumPy array does/],
    [npy('<f8', '300,', Buffer.from(new Float64Array(300).fill(0.5).buffer)), /byte 128: 0\.5 is no whole number/],
  ])('refuses wrong sample numbers (%#)', async (content, message) => {
    await expect(readMade(withFile(makeOpenEphysBinary(), numbersFile, content))).rejects.toMatchObject({
      message: expect.stringMatching(message),
    });
  });

  it('asks for the name of one of several streams', async () => {
    const made = described('"continuous":[', '"continuous":[{"folder_name":"Other/"},');
    await expect(readMade(made)).rejects.toMatchObject({
      message: expect.stringContaining('holds 2 streams'),
      cure: expect.stringContaining('--stream: "Other", "Board-100.main"'),
    });
    expect((await readMade({ ...made, stream: 'Board-100.main' })).samples).toEqual(made.samples);
    await expect(readMade({ ...made, stream: 'Third' })).rejects.toMatchObject({
      message: expect.stringContaining('no stream "Third"'),
    });
  });

  it('gives an error or samples, however the files are damaged', async () => {
    await fuzzReader(makeOpenEphysBinary({ samples: 120 }), [samplesFile, numbersFile], 250);
  });
});
