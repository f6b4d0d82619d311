// Exports a session to an NWB file in bounded memory; analysis process.
import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportResult } from '../../common/journal/analysis-message.ts';
import { neoNwbFileName, nwbFileName } from '../../common/journal/session-documents.ts';
import { visitJournal, type RecordVisitor } from '../journal/record-visitor.ts';
import { journalFile } from '../journal/session-folder.ts';
import { part, step, surveyFraction, type JobOptions } from '../progress.ts';
import { surveySession, type SurveyedSession } from '../summary/session-survey.ts';
import { DetectedSpikes } from './detected-spikes.ts';
import { DigitalInputSeries } from './digital-input-series.ts';
import { asWriteFailure, Hdf5File } from './hdf5-file.ts';
import { LoopTiming } from './loop-timing.ts';
import { NwbFile, type NwbPart } from './nwb-file.ts';
import { RawRecording } from './raw-recording.ts';
import { valuesPerRound } from './ragged-column.ts';
import { SessionEvents } from './session-events.ts';
import { SimulatedPopulation } from './simulated-population.ts';
import { Stimulation } from './stimulation.ts';
import { writeSession } from './write-session.ts';

export interface WriteNwbOptions extends JobOptions {
  /** File to write; session.nwb in the session's folder when absent, for neo session-neo.nwb. An older one is replaced when the new one is whole. */
  nwbFile?: string | undefined;
  /** Whether python-neo must be able to open it: samples are microvolts of single precision then. */
  isForNeo?: boolean;
  /** Of samples and all that is long, 1 to 9; 0: nothing is compressed. */
  gzipLevel?: number | undefined;
  /** Answers a new UUID each time. */
  newId?: () => string;
  now?: () => Date;
  /** Spikes that are held in memory at a time; tests make it small. */
  spikesPerRound?: number;
}

export interface ExportNwbOptions extends WriteNwbOptions {
  folder: string;
}

/** Parts that gather a ragged column, in as many rounds over the journal as their size asks for. */
interface RoundPart extends NwbPart, RecordVisitor {
  readonly rounds: number;
  beginRound(round: number): void;
  endRound(): void;
}

async function fillFile(
  nwb: NwbFile,
  { folder, survey, journal }: SurveyedSession,
  options: JobOptions & { createdAt: Date; spikesPerRound: number },
): Promise<void> {
  const { opening, timeline, tally } = survey;
  const { spikesPerRound } = options;
  const stimulated = Object.keys(tally.deliveriesPerElectrode).map(Number);
  writeSession(
    nwb,
    opening,
    timeline,
    Math.max(opening.channels, ...stimulated.map((electrode) => electrode + 1)),
    options.createdAt,
  );

  const population = new SimulatedPopulation(nwb, opening, timeline, tally.spikesPerNeuron, spikesPerRound);
  const spikes =
    tally.spikeTotal > 0 ? [new DetectedSpikes(nwb, opening, timeline, tally.spikesPerChannel, spikesPerRound)] : [];
  const raw = timeline.samples > 0 ? [new RawRecording(nwb, opening, timeline)] : [];
  const timing = timeline.ticks > 0 ? [new LoopTiming(nwb, timeline)] : [];
  const stimulation = new Stimulation(nwb, timeline);
  const events = new SessionEvents(nwb, timeline);
  const inputs = new DigitalInputSeries(nwb, opening, timeline);

  const inRounds: RoundPart[] = [population, ...spikes];
  const rounds = Math.max(...inRounds.map((part) => part.rounds));
  for (let round = 0; round < rounds; round++) {
    for (const part of inRounds) part.beginRound(round);
    const once: RecordVisitor[] =
      round === 0 ? [...raw, ...timing, stimulation.ledger, stimulation.measures, events, inputs] : [];
    await visitJournal(journalFile(folder), [...inRounds, ...once], {
      signal: options.signal,
      found: journal,
      onProgress: step(
        options.onProgress,
        round / rounds,
        (round + 1) / rounds,
        round === 0 ? 'Writing samples and spikes' : 'Writing spikes',
      ),
    });
    for (const part of inRounds) part.endRound();
  }
  const parts: NwbPart[] = [...inRounds, ...raw, ...timing, stimulation, events, inputs];
  for (const part of parts) part.finish();
}

/**
 * Writes the NWB file of a session that was surveyed. It is written under a temporary name beside its place and moved there
 * when it is whole and on the disk, so that a half file never looks like a whole one.
 * @throws AnalysisFailure when the file cannot be written.
 */
export async function writeNwb(
  session: SurveyedSession,
  {
    isForNeo = false,
    nwbFile = join(session.folder, isForNeo ? neoNwbFileName : nwbFileName),
    gzipLevel,
    newId = randomUUID,
    now = () => new Date(),
    spikesPerRound = valuesPerRound,
    ...options
  }: WriteNwbOptions,
): Promise<ExportResult> {
  const partial = `${nwbFile}.partial`;
  const hdf5 = await Hdf5File.create(partial, gzipLevel);
  try {
    await fillFile(new NwbFile(hdf5, newId, isForNeo), session, { ...options, createdAt: now(), spikesPerRound });
    options.signal?.throwIfAborted();
    hdf5.close();
    const handle = await open(partial, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(partial, nwbFile);
  } catch (error) {
    hdf5.dispose();
    await rm(partial, { force: true });
    throw asWriteFailure(nwbFile, error);
  }
  const peakMemoryMegabytes = Math.round(process.resourceUsage().maxRSS / 1000);
  return { nwbFile, bytes: (await stat(nwbFile)).size, peakMemoryMegabytes, journal: session.journal };
}

/** Exports a session: one pass over its journal to learn its extent, one or more to write. */
export async function exportNwb({ folder, ...options }: ExportNwbOptions): Promise<ExportResult> {
  const { onProgress, signal } = options;
  const session = await surveySession(folder, {
    signal,
    onProgress: step(onProgress, 0, surveyFraction, 'Reading the journal'),
  });
  return writeNwb(session, { ...options, onProgress: part(onProgress, surveyFraction, 1) });
}
