// Replays a session: feeds what was recorded through the rig's chain and the simulation, and compares what they make. Replay thread.
import { join } from 'node:path';
import { DisposableStore } from '../../common/base/disposable.ts';
import { pulseOutcomes } from '../../common/device-protocol/device-outcome.ts';
import { refusalCodes } from '../../common/contract/refusals.ts';
import * as records from '../../common/journal/records.ts';
import { recordType } from '../../common/journal/records.ts';
import type { ReplayRefusal, ReplayReport } from '../../common/journal/replay-report.ts';
import {
  journalFileName,
  type ReplayStart,
  replayStartFormat,
  type SessionOpening,
} from '../../common/journal/session-documents.ts';
import { simulationConfiguration, type SimulationReady } from '../../common/simulation-protocol/configuration.ts';
import type { SignalKernels } from '../../native/native-addon.ts';
import type { Acknowledgement, SampleBlock } from './hardware/device.ts';
import { isSlow, ReplayChain } from './replay-chain.ts';
import type { Output } from './replay/compared-records.ts';
import { Comparison } from './replay/comparison.ts';
import { JournalFile } from './replay/journal-file.ts';
import { KeptRing } from './replay/kept-ring.ts';
import { documentOf, type RecordedTurn, TurnReader, viewOf } from './replay/recorded-turn.ts';
import { ReplayedSimulation } from './replayed-simulation.ts';
import { ReplayedTurns } from './replayed-turns.ts';
import { openSimulationLink, type SimulationLink } from './simulation-link/simulation-link.ts';
import type { ReplayInput } from './turns.ts';

/** A session that cannot be replayed, in words for people. */
export class CannotReplay extends Error {
  readonly refusal: ReplayRefusal;

  constructor(what: string, cure: string) {
    super(what);
    this.refusal = { what, cure };
  }
}

export interface ReplayOptions {
  folder: string;
  /** Back end of the simulation that has to do the work. */
  backend: string;
  kernels: SignalKernels | undefined;
  /** Starts the simulation's program with this environment. */
  startSimulation(environment: Readonly<Record<string, string>>): void;
  /** @param seconds of stream that have been replayed. */
  onProgress(fraction: number, seconds: number): void;
}

const progressEveryTurns = 500;
const fromCopy = 'Replay another session, or a copy of this one that is whole';

/** What stands before the first turn. */
interface Beginning {
  opening: SessionOpening;
  start: ReplayStart;
  memory: Uint8Array;
}

/** @throws CannotReplay, by rejecting, when there is no whole beginning, or the simulation ends too early. */
export async function replaySession(options: ReplayOptions): Promise<ReplayReport> {
  const owner = new DisposableStore();
  try {
    const journal = openJournal(join(options.folder, journalFileName), owner);
    const frames = journal.frames();
    const beginning = readBeginning(frames, journal);
    const { link, ready, simulation } = await startSimulation(options, beginning, owner);
    const { turns, ring, chain, onPause } = buildReplay(beginning, simulation, options.kernels, owner);
    const replay = new Replay({ beginning, turns, ring, chain, simulation, link });
    onPause(() => replay.applyNested());
    const reader = new TurnReader();
    for (const frame of frames) {
      const turn = reader.take(frame);
      if (turn === undefined) continue;
      await replay.play(turn);
      if (replay.turns % progressEveryTurns === 0) options.onProgress(journal.fraction, replay.seconds);
    }
    const { damage } = journal;
    return {
      ...replay.report,
      backend: { recorded: beginning.opening.simulation.backend, replayed: ready.backend },
      kernel: {
        recorded: beginning.opening.kernels.kernel,
        replayed: options.kernels === undefined ? 'typescript' : 'native',
      },
      end: damage !== undefined ? 'damaged' : reader.isClosed ? 'closed' : 'cut off',
      ...(damage === undefined ? {} : { damage }),
    };
  } finally {
    owner.dispose();
  }
}

function openJournal(path: string, owner: DisposableStore): JournalFile {
  let journal: JournalFile;
  try {
    journal = owner.add(new JournalFile(path));
  } catch (error) {
    throw new CannotReplay(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Name the folder of a session',
    );
  }
  if (!journal.readHeader())
    throw new CannotReplay(`${path} is not a journal that this version reads`, 'Name the folder of a session');
  return journal;
}

/** @throws CannotReplay */
function readBeginning(frames: Generator<{ type: number; payload: Uint8Array }>, journal: JournalFile): Beginning {
  const next = () => {
    const { value, done } = frames.next();
    if (done !== true) return value;
    throw new CannotReplay(`the journal ends before its first tick${damaged(journal)}`, fromCopy);
  };
  const first = next();
  if (first.type !== recordType.opening)
    throw new CannotReplay('the journal does not begin with its opening record', fromCopy);
  const opening = documentOf(first) as SessionOpening;
  const second = next();
  if (second.type !== recordType.replayStart)
    throw new CannotReplay(
      `the session was recorded by Exocortex ${opening.exocortexVersion}, which did not keep what a replay begins with`,
      'Sessions that are recorded from this version on can be replayed',
    );
  const start = documentOf(second) as ReplayStart;
  if (start.format !== replayStartFormat)
    throw new CannotReplay(
      `the session keeps its beginning as '${start.format}', this version reads '${replayStartFormat}'`,
      `Replay it with the version that recorded it, ${opening.exocortexVersion}`,
    );
  if (start.problem !== undefined || start.population === undefined)
    throw new CannotReplay(
      `the beginning of the session was not kept: ${start.problem ?? 'the population’s state is missing'}`,
      'The rest of the session is whole; only its replay is not possible',
    );
  const third = next();
  if (third.type !== recordType.memory)
    throw new CannotReplay('the journal has no record of what the rig remembered', fromCopy);
  return { opening, start, memory: third.payload };
}

const damaged = ({ damage }: JournalFile) => (damage === undefined ? '' : `: ${damage}`);

interface StartedSimulation {
  link: SimulationLink;
  ready: SimulationReady;
  simulation: ReplayedSimulation;
}

/** @throws CannotReplay */
async function startSimulation(
  { folder, backend, startSimulation: start }: ReplayOptions,
  { opening, start: { population } }: Beginning,
  owner: DisposableStore,
): Promise<StartedSimulation> {
  const simulation = new ReplayedSimulation({ sendTick: (...tick) => link.sendTick(...tick) });
  const link: SimulationLink = owner.add(
    await openSimulationLink({
      onResult: (result) => simulation.onResult(result),
      // Nobody asks for any.
      onSample: () => {},
      onFault: ({ text }) => simulation.fail(new Error(text)),
      onClosed: () => simulation.fail(new Error('the simulation has ended')),
    }),
  );
  start(link.environment);
  let ready: SimulationReady;
  try {
    ready = await link.configure(simulationConfiguration(opening.checked, join(folder, population!.path)));
  } catch (error) {
    const what = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    throw new CannotReplay(`the population of the session cannot be made again: ${what}`, fromCopy);
  }
  if (ready.backend !== backend)
    throw new CannotReplay(
      `the back end ${backend} does not compute this population here: ${ready.backendReason ?? `${ready.backend} does`}`,
      'Name another one with --backend, or none for the reference',
    );
  const { step, sha256 } = population!;
  if (ready.startedFrom?.step !== step || ready.startedFrom.sha256 !== sha256)
    throw new CannotReplay(`${population!.path} is not the state that the journal speaks of`, fromCopy);
  return { link, ready, simulation };
}

function buildReplay(
  beginning: Beginning,
  simulation: ReplayedSimulation,
  kernels: SignalKernels | undefined,
  owner: DisposableStore,
) {
  const turns = new ReplayedTurns();
  const ring = new KeptRing();
  let paused = () => {};
  const chain = owner.add(
    new ReplayChain({ ...beginning, link: simulation, kernels, ring, turns, onPause: () => paused() }),
  );
  return { turns, ring, chain, onPause: (act: () => void) => void (paused = act) };
}

interface ReplayParts {
  beginning: Beginning;
  turns: ReplayedTurns;
  ring: KeptRing;
  chain: ReplayChain;
  simulation: ReplayedSimulation;
  link: SimulationLink;
}

/** Plays one turn after the other. */
class Replay {
  readonly #parts: ReplayParts;
  readonly #comparison = new Comparison();
  /** Inputs of the turn that were given from inside it, and have not been given yet. */
  #nested: RecordedTurn['inputs'] = [];
  #firstSample = NaN;
  #endSample = 0;
  /** First sample of the newest block. */
  #sample = 0;
  #ticks = 0;
  turns = 0;
  #differenceSeconds = 0;

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /** Stream time that was replayed. */
  get seconds(): number {
    const { sampleRateHz } = this.#parts.beginning.opening;
    return Number.isNaN(this.#firstSample) ? 0 : (this.#endSample - this.#firstSample) / sampleRateHz;
  }

  async play(turn: RecordedTurn): Promise<void> {
    const { turns, ring, chain } = this.#parts;
    turns.play(turn.readings);
    ring.wasWritten = (outputs) => wasPermitWritten(turn.outputs, outputs);
    this.#nested = turn.kind === 'input' ? turn.inputs.slice(1) : turn.inputs;
    await this.#call(turn);
    this.turns++;
    const place = { turn: turn.kind, tick: chain.loop.newestTick, sample: this.#sample };
    const had = this.#comparison.difference;
    this.#comparison.take(turn.outputs, ring.take(), place);
    const found = this.#comparison.difference;
    if (had === undefined && found !== undefined) this.#differenceSeconds = this.#secondsAt(found.sample);
  }

  /** Gives the inputs whose place has come. */
  applyNested(): void {
    const { ring, chain } = this.#parts;
    for (;;) {
      const [next] = this.#nested;
      if (next === undefined || next.after > ring.count) return;
      this.#nested.shift();
      const input = next.document as ReplayInput;
      // The population is never controlled inside a turn.
      if (!isSlow(input)) chain.apply(input);
    }
  }

  get report(): Omit<ReplayReport, 'backend' | 'kernel' | 'end'> {
    const { session, startedAt, exocortexVersion } = this.#parts.beginning.opening;
    const { counts, difference } = this.#comparison;
    return {
      format: 'exocortex-replay-report/1',
      ...{ session, startedAt, exocortexVersion },
      ticks: this.#ticks,
      turns: this.turns,
      seconds: this.seconds,
      compared: counts,
      isEqual: difference === undefined,
      difference: difference === undefined ? null : { ...difference, seconds: this.#differenceSeconds },
    };
  }

  async #call(turn: RecordedTurn): Promise<void> {
    const { chain, simulation } = this.#parts;
    switch (turn.kind) {
      case 'block':
        if (turn.block !== undefined) chain.loop.takeBlock(this.#block(turn.block));
        return;
      case 'result':
        return this.#takeResult(turn);
      case 'acknowledgement': {
        const acknowledgement = acknowledgementOf(turn, this.#nested);
        if (acknowledgement !== undefined) chain.loop.takeAcknowledgement(acknowledgement);
        return;
      }
      case 'time':
        return chain.loop.takeTime(turn.value);
      case 'input': {
        const input = turn.inputs[0]?.document as ReplayInput | undefined;
        if (input === undefined) return;
        if (!isSlow(input)) return chain.apply(input);
        if (simulation.isBusy) return;
        const { problem } = await this.#parts.link.control(input.control);
        if (problem !== '') throw new CannotReplay(`the population does not take a control: ${problem}`, fromCopy);
      }
    }
  }

  #block(frame: NonNullable<RecordedTurn['block']>): SampleBlock {
    const { firstSample, acquiredNs, sampleCount, channels } = records.blockHeader.read(viewOf(frame), 0);
    const from = records.blockHeader.bytes;
    const samples = new Int16Array(frame.payload.slice(from, from + sampleCount * channels * 2).buffer);
    if (Number.isNaN(this.#firstSample)) this.#firstSample = firstSample;
    this.#sample = firstSample;
    this.#endSample = firstSample + sampleCount;
    this.#ticks++;
    // The chain does not ask what time it was on the device.
    return { firstSample, sampleCount, channels, samples, acquiredNs, deviceMicroseconds: NaN };
  }

  async #takeResult({ outputs }: RecordedTurn): Promise<void> {
    const { chain, simulation } = this.#parts;
    let result;
    try {
      result = await simulation.take();
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new CannotReplay(`the simulation has ended at ${this.seconds.toFixed(3)} s: ${what}`, fromCopy);
    }
    if (result === undefined) return;
    const recorded = outputs.find(({ type }) => type === recordType.simulation);
    // How long it took is no part of what it says.
    const computeNs = recorded === undefined ? 0 : records.simulationHeader.read(viewOf(recorded), 0).computeNs;
    chain.loop.takeResult({ ...result, computeNs });
  }

  #secondsAt(sample: number): number {
    const { sampleRateHz } = this.#parts.beginning.opening;
    return Number.isNaN(this.#firstSample) ? 0 : (sample - this.#firstSample) / sampleRateHz;
  }
}

/** @returns what the device answered; undefined where neither the records nor an input tell it. */
function acknowledgementOf(turn: RecordedTurn, nested: RecordedTurn['inputs']): Acknowledgement | undefined {
  if (turn.delivery === undefined || turn.deliveryMeasure === undefined) {
    const input = nested.shift()?.document as ReplayInput | undefined;
    return input?.kind === 'acknowledgement' ? input.acknowledgement : undefined;
  }
  const { receivedNs, amplitudeNanoamps, sequence, electrode, sampleIndex, outcome } = records.delivery.read(
    viewOf(turn.delivery),
    0,
  );
  const measured = records.deliveryMeasure.read(viewOf(turn.deliveryMeasure), 0);
  const { startMicroseconds, firstFemtocoulombs, secondFemtocoulombs, peakMillivolts, residualMillivolts } = measured;
  return {
    ...{ sequence, sampleIndex, electrode, amplitudeNanoamps, receivedNs },
    outcome: pulseOutcomes[outcome]!,
    ...{ startMicroseconds, firstFemtocoulombs, secondFemtocoulombs, peakMillivolts, residualMillivolts },
    isSaturated: measured.isSaturated === 1,
    ...(measured.isNotMeasured === 1 ? { isMeasured: false } : {}),
    limitsHash: { high: measured.limitsHashHigh, low: measured.limitsHashLow },
  };
}

/** @param outputs what the turn has made so far, the last of which is a permit. @returns whether the recorder took it when it was recorded. */
function wasPermitWritten(recorded: readonly Output[], outputs: readonly Output[]): boolean {
  const next = recorded[outputs.length];
  if (next?.type !== recordType.refusal) return true;
  return refusalCodes[records.refusal.read(viewOf(next), 0).code] !== 'not-recorded';
}
