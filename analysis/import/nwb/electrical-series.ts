// Finds the extracellular signals of an NWB file, and what one bit and one row of them are; analysis process.
import { badFile, chooseStream } from '../bad-file.ts';
import type { SourceChannel } from '../recording-reader.ts';
import { channelsMax } from '../source-limits.ts';
import type { Hdf5Source, NumberRows } from './hdf5-source.ts';

const microvoltsPerVolt = 1e6;
const depthMax = 4;
const namesMax = 10_000;
/** Names of electrodes are in one of these columns of their table. */
const nameColumns = ['channel_name', 'label', 'electrode_name', 'name'];
const rowsOfTableMax = 100_000;

export interface ElectricalSeries {
  path: string;
  data: NumberRows;
  /** Microvolts of one unit of each channel, and of an offset. */
  channels: SourceChannel[];
  offsetMicrovolts: number;
  sampleRateHz: number;
  /** Seconds of the first sample in the file's time. */
  startSeconds: number;
  timestamps: NumberRows | undefined;
}

/** @throws AnalysisFailure when there is none, or several and none is named. */
export function findSeries(file: Hdf5Source, wanted: string | undefined): ElectricalSeries {
  const found: string[] = [];
  let looked = 0;
  const search = (path: string, depth: number): void => {
    for (const name of file.names(path)) {
      if (++looked > namesMax) return;
      const child = `${path}/${name}`;
      if (file.attribute(child, 'neurodata_type') === 'ElectricalSeries') found.push(child);
      else if (depth < depthMax) search(child, depth + 1);
    }
  };
  search('/acquisition', 1);
  // What was computed of the signals is imported only where there is nothing else, or by its name.
  if (found.length === 0 || wanted !== undefined) search('/processing', 1);
  const path = chooseStream(file.path, found, (each) => each, wanted);
  return describeSeries(file, path);
}

function describeSeries(file: Hdf5Source, path: string): ElectricalSeries {
  const data = file.numbers(`${path}/data`);
  if (data === undefined) throw badFile(file.path, `series ${path}`, 'has no data');
  if (data.rows === 0) throw badFile(file.path, `data set ${path}/data`, 'holds no sample');
  if (data.columns < 1 || data.columns > channelsMax)
    throw badFile(file.path, `data set ${path}/data`, `has ${data.columns} channels; there are 1 to ${channelsMax}`);
  const number = (name: string, otherwise: number) => {
    const value = file.attribute(`${path}/data`, name) ?? otherwise;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw badFile(
      file.path,
      `data set ${path}/data`,
      `its attribute ${name} is ${JSON.stringify(value)}, where a number belongs`,
    );
  };
  const unit = file.attribute(`${path}/data`, 'unit') ?? 'volts';
  if (unit !== 'volts' && unit !== 'V')
    throw badFile(file.path, `data set ${path}/data`, `its unit is ${JSON.stringify(unit)}, where NWB has volts`);
  const conversion = number('conversion', 1);
  if (conversion === 0) throw badFile(file.path, `data set ${path}/data`, 'its attribute conversion is 0');
  const factors = file.numbers(`${path}/channel_conversion`);
  if (factors !== undefined && factors.rows * factors.columns !== data.columns)
    throw badFile(
      file.path,
      `data set ${path}/channel_conversion`,
      `has ${factors.rows * factors.columns} factors for ${data.columns} channels`,
    );
  const factorOf = factors?.read(0, factors.rows);
  const names = electrodeNames(file, path, data.columns);
  const channels = names.map((name, channel) => ({
    name,
    microvoltsPerBit: conversion * (factorOf?.[channel] ?? 1) * microvoltsPerVolt,
  }));
  const timestamps = file.numbers(`${path}/timestamps`);
  return {
    ...{ path, data, channels, timestamps, offsetMicrovolts: number('offset', 0) * microvoltsPerVolt },
    ...timing(file, path, data.rows, timestamps),
  };
}

function timing(file: Hdf5Source, path: string, rows: number, timestamps: NumberRows | undefined) {
  if (timestamps === undefined) {
    const rate = file.attribute(`${path}/starting_time`, 'rate');
    if (typeof rate !== 'number')
      throw badFile(file.path, `series ${path}`, 'has neither time stamps nor a starting time with a rate');
    return { sampleRateHz: rate, startSeconds: file.scalarNumber(`${path}/starting_time`) ?? 0 };
  }
  if (timestamps.columns !== 1 || timestamps.rows !== rows || rows < 2)
    throw badFile(file.path, `data set ${path}/timestamps`, `has ${timestamps.rows} time stamps for ${rows} samples`);
  // Gaps are rare: the middle of some steps is the step.
  const first = timestamps.read(0, Math.min(rows, 1000));
  const steps = Array.from(first.subarray(1), (time, index) => time - first[index]!).sort((a, b) => a - b);
  const step = steps[steps.length >> 1]!;
  if (!(step > 0)) throw badFile(file.path, `data set ${path}/timestamps`, 'does not ascend');
  return { sampleRateHz: Number((1 / step).toPrecision(9)), startSeconds: first[0]! };
}

/** Names of the electrodes that a series refers to; their rows where they have none. */
function electrodeNames(file: Hdf5Source, path: string, channels: number): string[] {
  const region = file.numbers(`${path}/electrodes`);
  const rows =
    region === undefined || region.rows * region.columns !== channels
      ? Array.from({ length: channels }, (_, channel) => channel)
      : Array.from(region.read(0, region.rows));
  for (const column of nameColumns) {
    const texts = file.texts(`/general/extracellular_ephys/electrodes/${column}`, rowsOfTableMax);
    if (texts !== undefined && rows.every((row) => texts[row] !== undefined)) return rows.map((row) => texts[row]!);
  }
  return rows.map(String);
}
