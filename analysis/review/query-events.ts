// States of the interlock, faults, marks, phases and gaps of a window; their words come from the journal; analysis process.
import { type InterlockState, interlockStates } from '../../common/contract/interlock-states.ts';
import { requestFate, type ReviewEvents, reviewEventsMax, type ReviewQuery } from '../../common/contract/review.ts';
import type {
  FaultRecord,
  HealthRecord,
  Mark,
  PhaseChange,
  StateChange,
} from '../../common/journal/session-documents.ts';
import { type RecordVisitor, visitRecord } from '../journal/record-visitor.ts';
import { frameAt } from './journal-frames.ts';
import { firstRisesOf } from './query-inputs.ts';
import type { ReviewIndex } from './review-index.ts';
import { eventRow, type EventTable, requestRow } from './review-layout.ts';

interface EventRow {
  at: number;
  place: number;
  value: number;
}

/** What lasts until something else comes: the one that holds at the window's beginning belongs to it. */
const lasting: readonly EventTable[] = ['states', 'phases'];

export async function queryEvents(
  index: ReviewIndex,
  { fromSample, toSample }: ReviewQuery<'review.events'>,
  signal?: AbortSignal,
): Promise<ReviewEvents> {
  const events: ReviewEvents = {
    fromSample,
    toSample,
    states: [],
    faults: [],
    marks: [],
    phases: [],
    gaps: [],
    firstRises: await firstRisesOf(index, fromSample, toSample),
    cut: [],
  };
  const add: Record<EventTable, (row: EventRow) => RecordVisitor> = {
    states: ({ at, value }) => ({
      state: ({ event, operator }: StateChange) => {
        const state: InterlockState = interlockStates[value] ?? 'safe';
        events.states.push({ at, state, event, ...(operator === undefined ? {} : { operator }) });
      },
    }),
    faults: ({ at, value }) => ({
      fault: ({ code, message }: FaultRecord) => events.faults.push({ at, code, message, isFirst: value === 1 }),
      health: ({ measure, message = '' }: HealthRecord) =>
        events.faults.push({ at, code: measure, message, isFirst: false }),
    }),
    marks: ({ at }) => ({ mark: ({ text }: Mark) => events.marks.push({ at, text }) }),
    phases: ({ at, value }) => ({
      phase: ({ phase }: PhaseChange) => events.phases.push({ at, name: phase, stimulation: value === 1 }),
    }),
    gaps: ({ at, value }) => ({ gap: () => events.gaps.push({ at, lostSamples: value }) }),
  };
  for (const table of Object.keys(add) as EventTable[]) {
    for (const row of await rowsOf(index, table, fromSample, toSample, events.cut)) {
      signal?.throwIfAborted();
      const frame = await frameAt(index.journal, row.place);
      if (frame !== undefined) visitRecord(frame, add[table](row));
    }
  }
  const firstDelivery = await findFirstDelivery(index, fromSample, toSample, signal);
  return firstDelivery === undefined ? events : { ...events, firstDelivery };
}

/** Requests that are read at a time. */
const requestsPerRead = 8_192;

/** @returns undefined where no pulse of the window was delivered. */
async function findFirstDelivery(
  index: ReviewIndex,
  fromSample: number,
  toSample: number,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const [first, end] = await index.rowsAround('requests', fromSample, toSample);
  let found = Infinity;
  for (let from = first; from < end; from += requestsPerRead) {
    signal?.throwIfAborted();
    const to = Math.min(from + requestsPerRead, end);
    const view = new DataView((await index.table('requests').read(from, to)).buffer);
    for (let row = 0; row < to - from; row++) {
      const { at, fate } = requestRow.read(view, row * requestRow.bytes);
      // Rows are in order but for some seconds: what comes much later cannot be earlier.
      if (at > found + index.disorderSamples) return found;
      if (fate === requestFate.delivered && at >= fromSample && at < toSample) found = Math.min(found, at);
    }
  }
  return found === Infinity ? undefined : found;
}

async function rowsOf(
  index: ReviewIndex,
  table: EventTable,
  fromSample: number,
  toSample: number,
  cut: string[],
): Promise<EventRow[]> {
  const reader = index.table(table);
  const [around, end] = await index.rowsAround(table, fromSample, toSample);
  const from = Math.max(0, lasting.includes(table) ? around - 1 : around);
  // A row more than is told shows that there are more.
  const to = Math.min(end, from + reviewEventsMax + 1);
  if (to < end) cut.push(table);
  const view = new DataView((await reader.read(from, to)).buffer);
  const rows = Array.from({ length: to - from }, (_, row) => eventRow.read(view, row * eventRow.bytes));
  const inside = rows.filter(({ at }) => at >= fromSample && at < toSample);
  const before = lasting.includes(table) ? rows.findLast(({ at }) => at < fromSample) : undefined;
  return [...(before === undefined ? [] : [before]), ...inside].slice(0, reviewEventsMax);
}
