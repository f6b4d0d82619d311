// Which files of a folder in the older Open Ephys format are one stream, and how many samples all of them hold; analysis process.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { badFile } from '../bad-file.ts';
import { samplesPerRecord, type ContinuousFile } from './continuous-file.ts';

/** "100_example-data_CH1.continuous", and "…_2" behind the channel for a second start of the program's acquisition. */
const fileName = /^(.*?)_([A-Za-z]+)(\d+)((?:_\d+)?)\.continuous$/;
/** Analogue and auxiliary inputs are no electrodes. */
const isElectrode = (kind: string) => !/^(ADC|AUX)$/i.test(kind);

export interface LegacyStream {
  prefix: string;
  name: string;
  /** In the order of channel numbers. */
  files: string[];
  others: number;
}

/** @returns streams with electrodes, by name. */
export async function findStreams(folder: string): Promise<LegacyStream[]> {
  const streams = new Map<string, LegacyStream & { numbered: { number: number; file: string }[] }>();
  for (const name of await readdir(folder)) {
    const [, prefix, kind, number, again] = fileName.exec(name) ?? [];
    if (prefix === undefined || kind === undefined) continue;
    const key = `${prefix}${again ?? ''}`;
    const stream = streams.get(key) ?? { prefix, name: key, files: [], others: 0, numbered: [] };
    streams.set(key, stream);
    if (isElectrode(kind)) stream.numbered.push({ number: Number(number), file: join(folder, name) });
    else stream.others++;
  }
  for (const stream of streams.values())
    stream.files = stream.numbered.sort((a, b) => a.number - b.number).map(({ file }) => file);
  return [...streams.values()].filter(({ files }) => files.length > 0).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** How many samples all channels hold, without the zeros with which the program fills its last record. */
export async function measureStream(
  channels: readonly ContinuousFile[],
  notes: string[],
): Promise<{ sampleCount: number; firstNumber: number }> {
  const records = Math.min(...channels.map((each) => each.records));
  const most = Math.max(...channels.map((each) => each.records));
  if (most > records)
    notes.push(`The channels hold ${records} to ${most} records: what not all of them hold was dropped.`);
  const cut = channels.filter(({ rest }) => rest > 0);
  if (cut.length > 0)
    notes.push(
      `${cut[0]?.path ?? ''}${cut.length > 1 ? ` and ${cut.length - 1} more files` : ''} end in the middle of a record: the last ${cut[0]?.rest ?? 0} bytes were dropped.`,
    );
  let firstNumber = 0;
  let padded = samplesPerRecord;
  for (const [channel, file] of channels.entries()) {
    if (channel === 0) firstNumber = (await file.read(0, 1)).numbers[0] ?? 0;
    const { samples } = await file.read(records - 1, 1);
    padded = Math.min(padded, samplesPerRecord - 1 - samples.findLastIndex((sample) => sample !== 0));
  }
  // A record of zeros alone was recorded so: the program begins none without a sample.
  if (padded === samplesPerRecord) padded = 0;
  if (padded > 0) notes.push(`${padded} samples that are 0 in all channels fill the last record, and were dropped.`);
  return { sampleCount: records * samplesPerRecord - padded, firstNumber };
}

/** @throws AnalysisFailure when the channels were not sampled at one rate. */
export function checkAlike(channels: readonly ContinuousFile[]): void {
  const [first] = channels;
  for (const { path, sampleRateHz } of channels)
    if (sampleRateHz !== first?.sampleRateHz)
      throw badFile(
        path,
        'in its header',
        `header.sampleRate is ${sampleRateHz}, and ${first?.sampleRateHz} in ${first?.path}`,
      );
}
