// Writes the report of a session: reads everything that it says of itself, and draws it; analysis process.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signaturesOf, standingNotes } from '../../common/contract/review.ts';
import type { ReportResult } from '../../common/journal/analysis-message.ts';
import { type ChainedLines, chainProblemWords } from '../../common/journal/chained-lines.ts';
import {
  noteLines,
  notesFileName,
  standingTags,
  tagLines,
  tagsFileName,
} from '../../common/journal/session-annotations.ts';
import { part, step, type JobOptions } from '../progress.ts';
import { readExact } from '../review/query-activity.ts';
import { queryEvents } from '../review/query-events.ts';
import { queryResponse } from '../review/query-response.ts';
import { ReviewedSession } from '../review/reviewed-session.ts';
import { requestRow } from '../review/review-layout.ts';
import { surveySession } from '../summary/session-survey.ts';
import { writeTextFile } from '../write-text-file.ts';
import { checkFiles } from './check-files.ts';
import { deliveriesOf } from './deliveries.ts';
import { inputTotals } from './input-totals.ts';
import { JournalMeasures } from './journal-measures.ts';
import { averageSvg, histogramSvg, latencySvg, overviewLanes, overviewSvg, weightsSvg } from './report-figures.ts';
import { reportPage } from './report-page.ts';
import { reportScene } from './report-scene.ts';

/** Name of the report in the session's folder. */
export const reportFileName = 'report.html';
/** Traces of more electrodes are too low to be seen. */
const tracesMax = 16;
const microvoltsPerRow = 200;
const around = { beforeMilliseconds: 20, afterMilliseconds: 80, binMilliseconds: 1 } as const;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Lines of a file that may not be there. */
async function readLines<T extends object>(file: string, lines: ChainedLines<T>) {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return lines.read(file, text, sha256);
}

export interface ReportOptions extends JobOptions {
  folder: string;
  /** Default: in the session's folder. */
  file?: string | undefined;
  version: string;
  madeAt: string;
}

/** @throws AnalysisFailure when there is no readable session, or the report cannot be written; what was there before is then unchanged. */
export async function reportSession(options: ReportOptions): Promise<ReportResult> {
  const { folder, file = join(folder, reportFileName), onProgress, signal } = options;
  const readOptions = (from: number, to: number, what: string) => ({
    signal,
    onProgress: step(onProgress, from, to, what),
  });
  const session = await ReviewedSession.open({
    folder,
    isRecording: false,
    onProgress: ({ fraction }) => part(onProgress, 0, 0.4)(fraction, 'Making the index'),
    ...(signal === undefined ? {} : { signal }),
    waitForMore: () => Promise.resolve(),
  });
  try {
    await session.whole;
    const measures = new JournalMeasures();
    const { survey, journal } = await surveySession(folder, readOptions(0.4, 0.65, 'Reading the journal'), [measures]);
    const summary = survey.summary(journal);
    const checked = await checkFiles(folder, { signal, onProgress: part(onProgress, 0.65, 0.85) });
    const draw = step(onProgress, 0.85, 1, 'Drawing');
    draw(0);
    const { index } = session;
    const { opening } = index;
    const description = session.describe();
    const toSample = Math.max(1, description.samples);
    const all = { folder, ticket: 0, fromSample: 0, toSample };
    const events = await queryEvents(index, all, signal);
    const notes = await readLines(join(folder, notesFileName), noteLines);
    const tags = await readLines(join(folder, tagsFileName), tagLines);
    const standing = standingNotes(notes.lines);
    const deliveries = deliveriesOf((await readExact(index, 'requests', requestRow, 0, toSample)) ?? []);
    const most = [...deliveries].sort((a, b) => b.delivered - a.delivered)[0]?.electrode ?? 0;
    const responseTo = (to: 'delivered' | 'refused') =>
      queryResponse(index, { ...all, ...around, align: { to }, averageOf: most }, signal);
    const responses = { delivered: await responseTo('delivered'), refused: await responseTo('refused') };
    const settings = { firstRow: 0, rows: Math.min(tracesMax, description.channels), microvoltsPerRow };
    const scene = await reportScene(session, events, standing, settings, overviewLanes);
    const secondsOf = (tick: number) =>
      (tick * opening.samplesPerTick - index.content.firstSample) / opening.sampleRateHz;
    const figures = {
      overview: description.samples === 0 ? undefined : overviewSvg(scene, settings),
      latency: latencySvg(measures, description.deadlineMilliseconds),
      histogram: histogramSvg(responses, description.channels),
      average: averageSvg(responses, most, description.sampleRateHz),
      weights: opening.simulation.plasticSynapses === 0 ? undefined : weightsSvg(measures, secondsOf),
    };
    const html = reportPage({
      opening,
      description,
      summary,
      events,
      notes: standing,
      noteProblems: notes.problems.map(chainProblemWords),
      signatures: signaturesOf(notes.lines),
      tags: standingTags(tags.lines),
      checked,
      deliveries,
      inputs: await inputTotals(index, signal),
      figures: Object.fromEntries(Object.entries(figures).filter(([, svg]) => svg !== undefined)),
      tracesShown: settings.rows,
      madeAt: options.madeAt,
      madeBy: options.version,
    });
    await writeTextFile(file, html);
    draw(1);
    return { file, bytes: Buffer.byteLength(html), problems: checked.problems.length, manifest: checked.manifest };
  } finally {
    await session.close();
  }
}
