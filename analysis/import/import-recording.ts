// Imports one recording of another program as a recording that can be replayed: samples, sidecar, events; analysis process.
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { recordingSidecarSchema, type RecordingSidecar } from '../../common/experiment/recording-sidecar.ts';
import type { ImportReport } from '../../common/journal/analysis-message.ts';
import { AnalysisFailure } from '../failure.ts';
import { step, type JobOptions } from '../progress.ts';
import { writeJsonFile } from '../write-json-file.ts';
import { openRecording } from './identify-recording.ts';
import type { RecordingReader } from './recording-reader.ts';
import { EventsFile } from './writing/events-file.ts';
import { describeOriginals } from './writing/original-files.ts';
import { isWrittenAsIs, SampleSurvey, type OutputScale } from './writing/output-scale.ts';
import { replayedRate } from './writing/replayed-rate.ts';
import { writeSamples } from './writing/write-samples.ts';
import { windows } from './writing/windows.ts';

const sidecarName = 'recording.json';
const samplesName = 'recording.int16le.dat';
const eventsName = 'events.jsonl';
/** Parts of the work, by where they begin. */
const surveyFrom = 0.2;
const writingFrom = 0.5;
const eventsFrom = 0.95;
/** More say nothing new. */
const notesMax = 200;

export interface ImportOptions extends JobOptions {
  /** The recording: a file, or a folder that holds one. */
  path: string;
  /** Folder that the recording is written into; made where it is not there. */
  folder: string;
  /** One of several streams of the recording. */
  stream?: string | undefined;
}

/** @throws AnalysisFailure when the original is damaged, its samples do not fit, or the recording cannot be written; no half file is left. */
export async function importRecording(options: ImportOptions): Promise<ImportReport> {
  const folder = resolve(options.folder);
  for (const name of [sidecarName, samplesName, eventsName])
    if (await isThere(join(folder, name)))
      throw new AnalysisFailure(
        `${folder} holds ${name} already.`,
        'Name another folder with --out, or remove this one.',
      );
  const reader = await openRecording(resolve(options.path), options.stream);
  const wasThere = await isThere(folder);
  try {
    await makeFolder(folder);
    return await writeRecording(reader, { ...options, folder });
  } catch (error) {
    for (const name of [samplesName, eventsName]) await rm(join(folder, name), { force: true });
    if (!wasThere) await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await reader.dispose();
  }
}

async function writeRecording(reader: RecordingReader, options: ImportOptions): Promise<ImportReport> {
  const { folder, path, stream, onProgress, signal } = options;
  const files = await describeOriginals(reader.files, step(onProgress, 0, surveyFrom, 'Reading the original'), signal);
  const scale = await findScale(reader, options);
  const rate = replayedRate(reader.sampleRateHz);
  const events = new EventsFile(join(folder, eventsName));
  try {
    const { sha256, slips } = await writeSamples(
      reader,
      { file: join(folder, samplesName), scale, events },
      step(onProgress, writingFrom, eventsFrom, 'Writing samples'),
      signal,
    );
    for await (const event of reader.events()) {
      signal?.throwIfAborted();
      await events.add(event);
    }
    const marked = await events.finish();
    const notes = shortened([...reader.notes, rate.note, scale.note, slips?.words]);
    const sidecar: RecordingSidecar = recordingSidecarSchema.parse({
      format: 'exocortex-recording/1',
      samples: samplesName,
      sampleType: 'int16le',
      layout: 'sample-major',
      channels: reader.channels.length,
      sampleCount: reader.sampleCount,
      sampleRateHz: rate.sampleRateHz,
      microvoltsPerBit: scale.microvoltsPerBit,
      sha256,
      source: `${reader.format}: ${basename(path)}`,
      licence: 'not stated by the original',
      provenance: {
        format: reader.format,
        ...(stream === undefined ? {} : { stream }),
        ...(reader.startedAt === undefined ? {} : { startedAt: reader.startedAt }),
        sampleRateHz: reader.sampleRateHz,
        channelNames: reader.channels.map(({ name }) => name),
        files,
        ...(marked === undefined ? {} : { events: { file: eventsName, ...marked } }),
        notes,
      },
    } satisfies RecordingSidecar);
    await writeJsonFile(join(folder, sidecarName), sidecar);
    const { channels, sampleCount, sampleRateHz, microvoltsPerBit } = sidecar;
    return {
      sidecar: join(folder, sidecarName),
      format: reader.format,
      ...{ channels, sampleCount, sampleRateHz, seconds: sampleCount / sampleRateHz, microvoltsPerBit },
      events: marked?.count ?? 0,
      slips: slips === undefined ? null : { count: slips.count, places: slips.places },
      notes,
    };
  } catch (error) {
    await events.abandon();
    throw error;
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new AnalysisFailure(`${folder} cannot be made: ${String(error)}.`, 'Name another folder with --out.', {
      cause: error,
    });
  }
}

async function findScale(reader: RecordingReader, { onProgress, signal }: JobOptions): Promise<OutputScale> {
  if (isWrittenAsIs(reader))
    return { microvoltsPerBit: reader.channels[0]?.microvoltsPerBit ?? 1, factors: undefined, note: undefined };
  const survey = new SampleSurvey(reader);
  const tell = step(onProgress, surveyFrom, writingFrom, 'Measuring the samples');
  for (const { firstSample, count } of windows(reader)) {
    signal?.throwIfAborted();
    survey.add(firstSample, await reader.read(firstSample, count));
    tell((firstSample + count) / reader.sampleCount);
  }
  return survey.chooseScale();
}

function shortened(all: readonly (string | undefined)[]): string[] {
  const notes = all.filter((note) => note !== undefined);
  if (notes.length <= notesMax) return notes;
  return [...notes.slice(0, notesMax), `${notes.length - notesMax} more notes of this kind were left out.`];
}
