// Writes phases, lost samples, marks, faults and transitions of the interlock; analysis process.
import type { ClockSyncStatus } from '../../common/contract/clock-sync.ts';
import type {
  FaultRecord,
  HealthRecord,
  Mark,
  PhaseChange,
  StateChange,
} from '../../common/journal/session-documents.ts';
import type { BlockHeader, RecordVisitor } from '../journal/record-visitor.ts';
import type { Timeline } from '../journal/timeline.ts';
import type { NwbFile, NwbPart } from './nwb-file.ts';

interface Note {
  seconds: number;
  text: string;
}

/** What has no sample of its own (faults, transitions) gets the time of the newest sample that was recorded before it. */
export class SessionEvents implements RecordVisitor, NwbPart {
  readonly #nwb: NwbFile;
  readonly #timeline: Timeline;
  readonly #phases: PhaseChange[] = [];
  readonly #marks: Note[] = [];
  readonly #faults: Note[] = [];
  readonly #health: Note[] = [];
  readonly #clocks: Note[] = [];
  readonly #transitions: Note[] = [];
  #newestSample: number;

  constructor(nwb: NwbFile, timeline: Timeline) {
    this.#nwb = nwb;
    this.#timeline = timeline;
    this.#newestSample = timeline.firstSample;
  }

  block({ firstSample, sampleCount }: BlockHeader): void {
    this.#newestSample = firstSample + sampleCount - 1;
  }

  phase(change: PhaseChange): void {
    this.#phases.push(change);
  }

  mark({ text, sampleIndex }: Mark): void {
    this.#marks.push({ seconds: this.#timeline.secondsAt(sampleIndex), text });
  }

  fault({ code, message, isFirst }: FaultRecord): void {
    this.#note(this.#faults, `${code}: ${message}${isFirst ? ' (first cause of a trip)' : ''}`);
  }

  health({ measure, isWrong, message }: HealthRecord): void {
    this.#note(this.#health, `${measure}: ${isWrong ? message : 'as it should be again'}`);
  }

  clockSync({ fit, problem }: ClockSyncStatus): void {
    if (fit === undefined) return this.#note(this.#clocks, `not aligned: ${problem ?? 'no line'}`);
    const line = `source time (sample / nominal rate) = board time + ${fit.offsetMicroseconds} µs + ${fit.driftPartsPerMillion} ppm × (board time − ${fit.atMicroseconds} µs)`;
    const quality = `${fit.pulses} sync pulses within ${fit.residualMicroseconds.toFixed(1)} µs (root mean square)`;
    this.#note(this.#clocks, `${line}; ${quality}${problem === undefined ? '' : `; not aligned: ${problem}`}`);
  }

  state({ from, to, event, operator }: StateChange): void {
    this.#note(this.#transitions, `${from} to ${to}: ${event}${operator === undefined ? '' : ` (${operator})`}`);
  }

  finish(): void {
    this.#writePhases();
    this.#writeGaps();
    this.#writeNotes('operator_marks', 'Notes of the operator, and presses of trigger inputs', this.#marks);
    this.#writeNotes('faults', 'Faults of the rig', this.#faults);
    this.#writeNotes('rig_health', 'What was wrong with the rig, and when it was over', this.#health);
    this.#writeNotes(
      'clock_alignment',
      'How the clocks of source and stimulator run, which are two devices',
      this.#clocks,
    );
    this.#writeNotes('interlock_transitions', 'Changes of state of the stimulation interlock', this.#transitions);
  }

  #note(notes: Note[], text: string): void {
    notes.push({ seconds: this.#timeline.secondsAt(this.#newestSample), text });
  }

  #writeIntervals(path: string, description: string, starts: number[], stops: number[], more: string[] = []): void {
    this.#nwb.table(path, 'TimeIntervals', description, ['start_time', 'stop_time', ...more], starts.length);
    this.#nwb.column(path, 'start_time', 'Begin in s', Float64Array.from(starts));
    this.#nwb.column(path, 'stop_time', 'End in s', Float64Array.from(stops));
  }

  #writePhases(): void {
    const phases = this.#phases;
    if (phases.length === 0) return;
    const path = '/intervals/epochs';
    const starts = phases.map(({ firstSample }) => this.#timeline.secondsAt(firstSample));
    const stops = [...starts.slice(1), this.#timeline.secondsAt(this.#timeline.endSample)];
    const names = phases.map(({ phase }) => phase);
    const columns = ['phase', 'stimulation', ...(this.#nwb.isForNeo ? ['tags'] : [])];
    this.#writeIntervals(path, 'Phases of the protocol', starts, stops, columns);
    this.#nwb.column(path, 'phase', 'Name of the phase', names);
    const stimulation = Uint8Array.from(phases, (phase) => (phase.stimulation ? 1 : 0));
    this.#nwb.column(path, 'stimulation', 'Whether requests could stimulate in this phase: 1 yes, 0 no', stimulation);
    if (!this.#nwb.isForNeo) return;
    this.#nwb.column(path, 'tags', 'Name of the phase', names);
    const ends = Uint32Array.from(names, (_, row) => row + 1);
    this.#nwb.index(path, 'tags', ends);
  }

  #writeGaps(): void {
    const { segments } = this.#timeline;
    if (segments.length < 2) return;
    const starts = segments
      .slice(0, -1)
      .map(({ firstSample, samples }) => this.#timeline.secondsAt(firstSample + samples));
    const stops = segments.slice(1).map(({ firstSample }) => this.#timeline.secondsAt(firstSample));
    this.#writeIntervals(
      '/intervals/invalid_times',
      'Stretches of which there are no samples: the source lost them or the journal is damaged',
      starts,
      stops,
    );
  }

  #writeNotes(name: string, description: string, inOrder: readonly Note[]): void {
    if (inOrder.length === 0) return;
    // A press is written when its sample has come, and may lie before what was written already.
    const notes = inOrder.toSorted((a, b) => a.seconds - b.seconds);
    this.#nwb.timedSeries(
      `/acquisition/${name}`,
      { description, unit: 'n/a' },
      notes.map(({ seconds }) => seconds),
      notes.map(({ text }) => text),
    );
  }
}
