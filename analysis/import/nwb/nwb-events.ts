// Spikes of sorted units, and intervals such as trials, of an NWB file; analysis process.
import type { RecordingEvent } from '../recording-reader.ts';
import { allNumbers, type Hdf5Source } from './hdf5-source.ts';

/** @param sampleAt the sample at a time (s) of the file; undefined for a time that is no number. */
export function* nwbEvents(
  file: Hdf5Source,
  sampleAt: (seconds: number) => number | undefined,
  notes: string[],
): Generator<RecordingEvent> {
  yield* unitSpikes(file, sampleAt, notes);
  for (const name of file.names('/intervals')) yield* intervals(file, name, sampleAt, notes);
}

function* unitSpikes(
  file: Hdf5Source,
  sampleAt: (seconds: number) => number | undefined,
  notes: string[],
): Generator<RecordingEvent> {
  const times = file.numbers('/units/spike_times');
  const ends = file.numbers('/units/spike_times_index');
  if (times === undefined || ends === undefined) return;
  let unit = 0;
  let from = 0;
  for (const end of allNumbers(ends)) {
    if (!(end >= from && end <= times.rows)) {
      notes.push(
        `/units/spike_times_index has ${end} in row ${unit}, which is no place among ${times.rows} spikes: the spikes from there on were left out.`,
      );
      return;
    }
    for (let at = from; at < end; at += spikesAtOnce)
      for (const seconds of times.read(at, Math.min(spikesAtOnce, end - at))) {
        const sample = sampleAt(seconds);
        if (sample !== undefined) yield { sample, kind: 'spike', electrode: `unit ${unit}`, unit };
      }
    from = end;
    unit++;
  }
}

const spikesAtOnce = 65_536;

function* intervals(
  file: Hdf5Source,
  name: string,
  sampleAt: (seconds: number) => number | undefined,
  notes: string[],
): Generator<RecordingEvent> {
  const starts = file.numbers(`/intervals/${name}/start_time`);
  const stops = file.numbers(`/intervals/${name}/stop_time`);
  if (starts === undefined || stops === undefined) return;
  const rows = Math.min(starts.rows, stops.rows);
  if (rows < Math.max(starts.rows, stops.rows))
    notes.push(`/intervals/${name} has ${starts.rows} starts and ${stops.rows} ends.`);
  const ends = allNumbers(stops, rows);
  let row = 0;
  for (const start of allNumbers(starts, rows)) {
    const begun = sampleAt(start);
    const ended = sampleAt(ends.next().value ?? Number.NaN);
    if (begun !== undefined) yield { sample: begun, kind: 'message', text: `${name} ${row} begins` };
    if (ended !== undefined) yield { sample: ended, kind: 'message', text: `${name} ${row} ends` };
    row++;
  }
}
