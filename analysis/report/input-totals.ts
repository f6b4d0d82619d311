// How often each digital input of a session changed, and how long it was high; analysis process.
import { digitalInputsOf } from '../journal/digital-inputs-of.ts';
import { lineBit } from '../review/input-rows.ts';
import { forEachInputRow } from '../review/query-inputs.ts';
import type { ReviewIndex } from '../review/review-index.ts';

export interface InputTotals {
  line: number;
  name: string;
  rises: number;
  falls: number;
  /** Seconds from the session's first sample to the first and the last rising edge; undefined without one. */
  firstRiseSeconds: number | undefined;
  lastRiseSeconds: number | undefined;
  /** Undefined where the line never became known. */
  highSeconds: number | undefined;
}

/** Of the whole session, in the order in which the experiment names them. */
export async function inputTotals(index: ReviewIndex, signal?: AbortSignal): Promise<InputTotals[]> {
  const { sampleRateHz } = index.opening;
  const { samples } = index.content;
  const totals = digitalInputsOf(index.opening).map(({ line, name }) => ({
    line,
    name,
    rises: 0,
    falls: 0,
    firstRise: NaN,
    lastRise: NaN,
    highSince: NaN,
    highSamples: 0,
    isKnown: false,
  }));
  const byLine = new Map(totals.map((total) => [total.line, total]));
  const visit = ({ at, line, isEdge, high }: { at: number; line: number; isEdge: number; high: number }) => {
    const total = byLine.get(line);
    if (total === undefined) return;
    const isHigh = (high & lineBit(line)) !== 0;
    total.isKnown = true;
    if (!Number.isNaN(total.highSince)) total.highSamples += at - total.highSince;
    total.highSince = isHigh ? at : NaN;
    if (isEdge === 0) return;
    if (!isHigh) total.falls++;
    else {
      total.rises++;
      if (Number.isNaN(total.firstRise)) total.firstRise = at;
      total.lastRise = at;
    }
  };
  await forEachInputRow(index, 0, index.table('inputs').rows, visit, signal);
  const seconds = (at: number) => (Number.isNaN(at) ? undefined : at / sampleRateHz);
  return totals.map(({ line, name, rises, falls, firstRise, lastRise, highSince, highSamples, isKnown }) => ({
    line,
    name,
    rises,
    falls,
    firstRiseSeconds: seconds(firstRise),
    lastRiseSeconds: seconds(lastRise),
    highSeconds: isKnown
      ? (highSamples + (Number.isNaN(highSince) ? 0 : samples - highSince)) / sampleRateHz
      : undefined,
  }));
}
