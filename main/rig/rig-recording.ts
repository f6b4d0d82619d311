// The recordings of a connected rig, one at a time: begins one, moves it along with the samples, ends and seals it. Rig thread.
import { join } from 'node:path';
import type { Phase } from '../../common/experiment/experiment.ts';
import { recordType } from '../../common/journal/records.ts';
import type { Mark, SessionClosing, SessionOpening } from '../../common/journal/session-documents.ts';
import type { FileDigest } from '../../common/journal/session-manifest.ts';
import type { BetweenTicks } from './between-ticks.ts';
import type { Chain } from './build-chain.ts';
import type { Connections } from './connect-rig.ts';
import type { SampleBlock } from './hardware/device.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import { keepBeginning } from './keep-beginning.ts';
import type { LimitsKeeper } from './limits-keeper.ts';
import type { Recorder } from './recording/recorder-line.ts';
import type { StationSink } from './recording/station-line.ts';
import type { WhyEnded } from './population-drives.ts';
import { RecordingRun } from './recording-run.ts';
import { holdsWithin, type RigTime } from './rig-time.ts';
import { savedWords, savePopulation } from './save-population.ts';

const endStateFile = 'population-end.state';
/** Until output is off: it is not waited for any longer. */
export const stopWithinMilliseconds = 400;

export interface RecordingParts {
  chain: Chain;
  betweenTicks: BetweenTicks;
  connections: Connections;
  limits: LimitsKeeper;
  journal: JournalWriter;
  recorder: Recorder;
  station: StationSink;
  time: RigTime;
  /** Whether the simulation is there. */
  isAlive(): boolean;
  /** What is injected into the population ends before a recording begins and before it ends. */
  endDrives(why: Extract<WhyEnded, 'a recording began' | 'the recording ended'>): Promise<unknown>;
  onBegin(opening: SessionOpening): void;
  /** A phase begins. */
  onPhase(phase: Phase): void;
  /** Its output ends now; the journal is still open. */
  onEnding(run: RecordingRun): void;
  /** @param problem a sentence: what is not as it should be with its files. */
  onEnd(run: RecordingRun, problem: string | undefined): void;
}

export class RigRecording {
  readonly #parts: RecordingParts;
  #run: RecordingRun | undefined;
  #isOpening = false;
  #isClosing = false;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
  }

  /** Until its files are closed. */
  get run(): RecordingRun | undefined {
    return this.#run;
  }
  get isClosing(): boolean {
    return this.#isClosing;
  }
  /** Unless it is ending. */
  get running(): RecordingRun | undefined {
    return this.#isClosing ? undefined : this.#run;
  }

  /** @returns why it has not begun, or undefined. */
  async start(folder: string, seconds: number | undefined, opening: SessionOpening): Promise<string | undefined> {
    const { station, chain } = this.#parts;
    if (this.#isOpening) return 'another recording is being opened';
    this.#isOpening = true;
    const run = await this.#open(folder, seconds, opening);
    this.#isOpening = false;
    if (typeof run === 'string') return run;
    station.note('session-started', { session: opening.session, folder }, opening.operator);
    chain.counters.clear();
    chain.latency.clear();
    this.#run = run;
    this.#parts.onBegin(opening);
    return undefined;
  }

  /** Opens the journal on a population that stands still, whose state is kept beside it. @returns the run, or why it cannot be recorded. */
  async #open(folder: string, seconds: number | undefined, opening: SessionOpening): Promise<RecordingRun | string> {
    const { journal, recorder } = this.#parts;
    await this.#parts.endDrives('a recording began');
    const run = await RecordingRun.create(folder, seconds, opening, journal, recorder);
    if (typeof run !== 'string') await keepBeginning(this.#parts, folder, () => run.begin(opening));
    return run;
  }

  /** What the requests may know of the recording follows its samples; when its time is over it ends. */
  advance(block: Pick<SampleBlock, 'firstSample' | 'sampleCount' | 'acquiredNs'>): void {
    const run = this.running;
    const { surroundings } = this.#parts.chain.requests;
    surroundings.doesPhaseStimulate = false;
    if (run === undefined) return;
    const { phase } = run;
    const isOver = run.advance(block);
    const begun = run.schedule.phase(run.phase);
    if (run.phase !== phase && begun !== undefined) this.#parts.onPhase(begun);
    surroundings.doesPhaseStimulate = run.doesPhaseStimulate;
    surroundings.rampElapsedSeconds = run.phaseElapsedSeconds;
    if (isOver) void this.end('completed');
  }

  /** Output off first, then the journal. */
  async end(reason: SessionClosing['reason']): Promise<void> {
    const run = this.running;
    if (run === undefined) return;
    const { chain, station, time } = this.#parts;
    this.#isClosing = true;
    this.#parts.onEnding(run);
    const isQuiet = () => chain.interlock.state !== 'stopping' && chain.deliveries.isEmpty;
    await holdsWithin(time, stopWithinMilliseconds, isQuiet);
    await this.#parts.endDrives('the recording ended');
    await this.#keepPopulation(run);
    const files = await run.close(reason, chain.latency.ticks, station.mark);
    station.note('session-ended', { folder: run.folder, reason });
    const problem =
      typeof files === 'string' ? `The journal could not be closed: ${files}` : await this.#seal(run, files);
    this.#run = undefined;
    this.#isClosing = false;
    this.#parts.onEnd(run, problem);
  }

  /** What the population has become is kept with the recording: the next session may go on from it. */
  async #keepPopulation(run: RecordingRun): Promise<void> {
    const { betweenTicks, connections, journal } = this.#parts;
    if (!this.#parts.isAlive()) return;
    const saved = await savePopulation(betweenTicks, connections.link, join(run.folder, endStateFile));
    const text =
      'problem' in saved ? `The population was not saved: ${saved.problem}` : savedWords(endStateFile, saved);
    journal.json(recordType.mark, { text, sampleIndex: run.lastSample } satisfies Mark);
  }

  async #seal({ folder, session }: RecordingRun, files: readonly FileDigest[]): Promise<string | undefined> {
    const problem = await this.#parts.station.seal({ folder, session, files });
    return problem === undefined ? undefined : `The session has no signed manifest: ${problem}`;
  }
}
