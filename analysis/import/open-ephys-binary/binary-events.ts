// Events, messages and spikes of a recording in the Open Ephys binary format; analysis process.
import { join } from 'node:path';
import type { RecordingEvent } from '../recording-reader.ts';
import { isFile } from '../source-file.ts';
import { NpyColumn, openColumns } from './npy-column.ts';
import type { BinaryStructure } from './structure.ts';

/** Files of one kind of event, by the names of version 0.6 and of those before. */
async function firstOf(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if (await isFile(join(folder, name))) return join(folder, name);
  return undefined;
}

/** Where sample numbers are: before 0.6 they were called time stamps, which since then are seconds. */
export async function sampleNumbersFile(folder: string): Promise<string | undefined> {
  const numbers = await firstOf(folder, ['sample_numbers.npy']);
  const older = numbers ?? (await firstOf(folder, ['timestamps.npy']));
  if (numbers !== undefined || older === undefined) return numbers;
  const column = await NpyColumn.open(older, []);
  await column.close();
  return column.isWhole ? older : undefined;
}

interface EventFiles {
  kind: 'line' | 'message' | 'spike';
  name: string;
  numbers: string;
  values: string;
}

/** @returns the files that are there; a note for each folder in which they are not. */
export async function findEventFiles(structure: BinaryStructure, notes: string[]): Promise<EventFiles[]> {
  const wanted = [
    ...structure.lineFolders.map(({ folder, name }) => ({
      kind: 'line' as const,
      folder,
      name,
      values: ['states.npy', 'channel_states.npy'],
    })),
    ...structure.messageFolders.map((folder) => ({ kind: 'message' as const, folder, name: '', values: ['text.npy'] })),
    ...structure.spikeFolders.map(({ folder, electrode }) => ({
      kind: 'spike' as const,
      folder,
      name: electrode,
      values: ['clusters.npy', 'spike_clusters.npy'],
    })),
  ];
  const found: EventFiles[] = [];
  for (const { kind, folder, name, values } of wanted) {
    const numbers = (await firstOf(folder, ['spike_times.npy'])) ?? (await sampleNumbersFile(folder));
    const value = await firstOf(folder, values);
    if (numbers !== undefined && value !== undefined) found.push({ kind, name, numbers, values: value });
    else notes.push(`${folder} has no sample numbers or no ${values[0]}: its events were left out.`);
  }
  return found;
}

/** @param sampleOf places a number of the acquisition's count. */
export async function* readEvents(
  files: readonly EventFiles[],
  sampleOf: (number: number) => number,
  notes: string[],
): AsyncGenerator<RecordingEvent> {
  for (const { kind, name, numbers, values } of files) {
    const columns = await openColumns([numbers, values], notes);
    try {
      const [places, states] = columns as [NpyColumn, NpyColumn];
      const rows = places.allNumbers();
      for await (const value of kind === 'message' ? states.allTexts() : states.allNumbers()) {
        const { value: number, done } = await rows.next();
        if (done === true) break;
        yield eventOf(kind, name, sampleOf(number), value);
      }
      await rows.return(undefined);
    } finally {
      for (const column of columns) await column.close();
    }
  }
}

function eventOf(kind: EventFiles['kind'], name: string, sample: number, value: string | number): RecordingEvent {
  if (kind === 'message') return { sample, kind, text: String(value) };
  if (kind === 'spike') return { sample, kind, electrode: name, unit: Number(value) };
  // Lines are counted from 1, so that falling can be written as the opposite number.
  return { sample, kind, line: Math.abs(Number(value)) - 1, isHigh: Number(value) > 0, stream: name };
}
