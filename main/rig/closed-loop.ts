// The tick of the closed loop: read, detect, simulate, decide, deliver, in this order and in this file only. Rig thread.
import { assert } from '../../common/base/assert.ts';
import type { StateArchive } from '../../common/base/state-archive.ts';
import type { Refusal } from '../../common/contract/refusals.ts';
import { lateHandlings, type RequestOrigin } from '../../common/journal/records.ts';
import type { SimulationResult, StimulusRequest as WantedStimulus } from '../../common/simulation-protocol/result.ts';
import type { Acknowledgement, SampleBlock } from './hardware/device.ts';
import type { LoopObserver, LoopParts, LoopSettings } from './loop-parts.ts';
import { type OpenTick, TickPool } from './open-tick.ts';
import type { RequestCause } from './request-path.ts';
import type { DetectedSpikes } from './signal/detected-spikes.ts';
import type { DirectStimulus, ReplayInput } from './turns.ts';

/** Spikes that wait for the simulation; more than this many are lost to it and counted. */
const waitingSpikesMax = 8192;
const ticksToAdvanceMax = 0xffff;
const noReadout = 0xffff;
const handlingOf = Object.fromEntries(lateHandlings.map((handling, index) => [handling, index])) as Record<
  (typeof lateHandlings)[number],
  number
>;

export class ClosedLoop {
  readonly #parts: LoopParts;
  readonly #settings: LoopSettings;
  readonly #observer: LoopObserver;
  readonly #pool = new TickPool();
  #tick = 0;
  /** Ticks whose input the simulation has not got. */
  #waiting: OpenTick[] = [];
  /** Ticks that the simulation works on. */
  #asked: OpenTick[] = [];
  #askedNs = 0;
  #isSimulationSilent = false;
  #isPaused = false;
  /** Ticks that ended without having been asked: the simulation catches up on them. */
  #owed = 0;
  readonly #spikeChannels = new Uint16Array(waitingSpikesMax);
  #spikeCount = 0;
  #advanced = 1;
  /** Ticks whose pulses are underway, by pulse number. */
  readonly #delivering = new Map<number, OpenTick>();
  #nextSample = 0;

  constructor(parts: LoopParts, settings: LoopSettings, observer: LoopObserver) {
    this.#parts = parts;
    this.#settings = settings;
    this.#observer = observer;
  }

  /** Read and detect; then the simulation is asked when it is free. */
  takeBlock(block: SampleBlock): void {
    this.#parts.turns.begin();
    this.#takeBlock(block);
    this.#parts.turns.end('block');
  }

  /** Simulated: decide and deliver. */
  takeResult(result: SimulationResult): void {
    this.#parts.turns.begin();
    this.#takeResult(result);
    this.#parts.turns.end('result');
  }

  /** The device answered a pulse. */
  takeAcknowledgement(acknowledgement: Acknowledgement): void {
    const { turns, deliveries } = this.#parts;
    turns.begin();
    // No record is made of what nobody waits for.
    if (!deliveries.awaits(acknowledgement.sequence)) turns.input({ kind: 'acknowledgement', acknowledgement });
    this.#takeAcknowledgement(acknowledgement);
    turns.end('acknowledgement');
  }

  /** Between blocks: ends what the world has not answered in time. */
  takeTime(nowNs: number): void {
    this.#parts.turns.begin();
    this.#takeTime(nowNs);
    this.#parts.turns.end('time', nowNs);
  }

  /** One pulse that the operator or the protocol asks for; the same path as every request. @returns why not, or undefined. */
  requestDirectly(
    wanted: DirectStimulus,
    origin: Exclude<RequestOrigin, 'simulation'>,
    newestAcquiredNs: number,
  ): Refusal | undefined {
    const { turns } = this.#parts;
    turns.begin();
    turns.input({ kind: 'request', wanted, origin, acquiredNs: newestAcquiredNs });
    const cause = { tick: this.#tick, acquiredNs: newestAcquiredNs, isLate: false };
    const refusal = this.#request({ ...wanted, readout: noReadout }, origin, cause, undefined);
    turns.end('input');
    return refusal;
  }

  #takeBlock(block: SampleBlock): void {
    const { turns, monitor, detector, found, activity, journal, counters } = this.#parts;
    const arrivalNs = turns.nowNs();
    const gap = monitor.check(block);
    if (gap !== undefined) {
      journal.gap(gap);
      // The jump rings in the filter: crossings there are no spikes.
      detector.blank(0, this.#settings.gapBlankingSamples);
      activity.blank(block.firstSample, block.firstSample + this.#settings.gapBlankingSamples);
      this.#observer.onGap(gap);
    }
    const frozen = monitor.checkFrozen(block);
    if (frozen !== undefined) this.#observer.raise(frozen);
    journal.block(block.firstSample, block.acquiredNs, block.sampleCount, block.channels, block.samples);
    detector.detect(block.samples, block.sampleCount, found);
    const finding = activity.noteBlock(block.firstSample, block.sampleCount, detector.filteredMicrovolts, found);
    if (finding !== undefined) this.#observer.raise(finding);
    const open = this.#pool.take(
      ++this.#tick,
      block.firstSample,
      block.firstSample + block.sampleCount,
      block.acquiredNs,
      arrivalNs,
    );
    open.detectedNs = turns.nowNs();
    this.#nextSample = open.endSample;
    journal.spikes(open.tick, block.firstSample, found);
    counters.spikes += found.count;
    this.#keepSpikes(found);
    this.#waiting.push(open);
    this.#observer.onBlock(block, found);
    this.#endMissed(open.detectedNs);
    this.#ask();
  }

  #takeResult(result: SimulationResult): void {
    const simulatedNs = this.#parts.turns.nowNs();
    const asked = this.#asked;
    const newest = asked.at(-1);
    const isStale = newest === undefined;
    this.#isSimulationSilent = false;
    const { spikes } = result;
    const wrong = this.#parts.population.note(result, simulatedNs);
    if (wrong !== undefined) this.#observer.raise(wrong);
    this.#parts.journal.simulation(
      {
        tick: result.tick,
        computeNs: result.computeNs,
        meanPlasticWeightMillivolts: result.meanPlasticWeightMillivolts,
        ticksToAdvance: this.#advanced,
        count: spikes.length,
        isStale: isStale ? 1 : 0,
      },
      spikes,
    );
    const isLate = isStale || simulatedNs - newest.acquiredNs > this.#settings.deadlineNs;
    for (const wanted of result.requests) {
      const refusal = this.#request(
        wanted,
        'simulation',
        { tick: result.tick, acquiredNs: newest?.acquiredNs ?? this.#askedNs, isLate },
        newest,
      );
      if (refusal?.code === 'late' && newest !== undefined) newest.lateRefusals++;
    }
    if (newest !== undefined) {
      this.#observer.onPopulation(newest, result);
      const decidedNs = this.#parts.turns.nowNs();
      this.#asked = [];
      for (const open of asked) {
        open.simulatedNs = simulatedNs;
        open.decidedNs = decidedNs;
        if (open.pulsesUnderway === 0) this.#end(open, decidedNs);
      }
    }
    this.#ask();
  }

  #takeAcknowledgement(acknowledgement: Acknowledgement): void {
    const { pulse, isDelivered, fault } = this.#parts.deliveries.take(acknowledgement);
    if (isDelivered) {
      this.#blank(acknowledgement.sampleIndex);
      this.#parts.activity.notePulse(acknowledgement.sampleIndex);
      this.#observer.onDelivery(acknowledgement);
    }
    if (fault !== undefined) this.#observer.raise(fault);
    if (pulse !== undefined) this.#pulseSettled(pulse.permit.sequence, acknowledgement.receivedNs);
  }

  #takeTime(nowNs: number): void {
    this.#endMissed(nowNs);
    const { deliveries } = this.#parts;
    const { acknowledgeWithinNs, simulationSilentMaxNs } = this.#settings;
    for (
      let overdue = deliveries.takeOverdue(nowNs, acknowledgeWithinNs);
      overdue !== undefined;
      overdue = deliveries.takeOverdue(nowNs, acknowledgeWithinNs)
    ) {
      this.#observer.raise(overdue.fault);
      this.#pulseSettled(overdue.pulse.permit.sequence, nowNs);
    }
    if (this.#parts.link.isBusy && !this.#isSimulationSilent && nowNs - this.#askedNs > simulationSilentMaxNs) {
      this.#isSimulationSilent = true;
      const [value, bound] = [(nowNs - this.#askedNs) / 1e6, simulationSilentMaxNs / 1e6];
      this.#observer.raise({
        code: 'simulation-stalled',
        message: `The simulation has not answered for ${value.toFixed(0)} ms; ${bound} ms are allowed.`,
        value,
        bound,
        unit: 'ms',
      });
    }
  }

  /** The simulation is gone: what it was asked ends at its deadline, and nobody waits for it any more. */
  loseSimulation(): void {
    this.#note('lost');
    this.#isSimulationSilent = true;
  }

  /** Ticks go on without the simulation, whose time stands still; what is detected meanwhile does not reach it. */
  pauseSimulation(): void {
    this.#note('paused');
    this.#isPaused = true;
  }

  resumeSimulation(): void {
    this.#note('resumed');
    this.#isPaused = false;
  }

  #note(is: Extract<ReplayInput, { kind: 'population' }>['is']): void {
    const { turns } = this.#parts;
    turns.begin();
    turns.input({ kind: 'population', is });
    turns.end('input');
  }

  get isSimulationPaused(): boolean {
    return this.#isPaused;
  }

  /** Number of the newest tick. */
  get newestTick(): number {
    return this.#tick;
  }

  /** When the simulation was asked last, host ns; 0 before the first time. */
  get askedNs(): number {
    return this.#askedNs;
  }

  /** Writes down or takes over what is remembered; only while no tick is underway. */
  exchange(archive: StateArchive): void {
    assert(this.isIdle, 'ticks underway are not written down');
    this.#tick = archive.number(this.#tick);
    this.#askedNs = archive.number(this.#askedNs);
    this.#isSimulationSilent = archive.flag(this.#isSimulationSilent);
    this.#isPaused = archive.flag(this.#isPaused);
    this.#owed = archive.number(this.#owed);
    this.#spikeCount = archive.number(this.#spikeCount);
    archive.array(this.#spikeChannels.subarray(0, this.#spikeCount));
    this.#advanced = archive.number(this.#advanced);
    this.#nextSample = archive.number(this.#nextSample);
  }

  /** Whether no tick is underway. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#asked.length === 0 && this.#delivering.size === 0;
  }

  #keepSpikes(found: DetectedSpikes): void {
    const kept = Math.min(found.count, waitingSpikesMax - this.#spikeCount);
    for (let index = 0; index < kept; index++) this.#spikeChannels[this.#spikeCount++] = found.channels[index] ?? 0;
    this.#parts.counters.spikesNotSimulated += found.count - kept;
  }

  #ask(): void {
    const { link, turns } = this.#parts;
    const newest = this.#waiting.at(-1);
    if (link.isBusy || newest === undefined) return;
    if (this.#isPaused) return this.#endPaused();
    this.#advanced = Math.min(this.#waiting.length + this.#owed, ticksToAdvanceMax);
    this.#askedNs = turns.nowNs();
    link.sendTick(newest.tick, this.#advanced, this.#spikeChannels, this.#spikeCount);
    this.#asked = this.#waiting;
    this.#waiting = [];
    this.#owed = 0;
    this.#spikeCount = 0;
  }

  /** Ends ticks that the simulation has no part in; they are not late. */
  #endPaused(): void {
    this.#parts.counters.spikesNotSimulated += this.#spikeCount;
    this.#spikeCount = 0;
    this.#owed = 0;
    const nowNs = this.#parts.turns.nowNs();
    for (const open of this.#waiting.splice(0)) this.#end(open, nowNs);
  }

  /** Ends ticks whose deadline has passed without an answer. Their input is not lost: it was given, or will be with the next tick. */
  #endMissed(nowNs: number): void {
    const { deadlineNs } = this.#settings;
    const newest = this.#asked.at(-1);
    if (newest !== undefined && nowNs - newest.acquiredNs > deadlineNs) {
      const asked = this.#asked;
      this.#asked = [];
      for (const open of asked) {
        open.missed = 'unanswered';
        this.#end(open, nowNs);
      }
    }
    while (this.#parts.link.isBusy) {
      const oldest = this.#waiting[0];
      if (oldest === undefined || !(nowNs - oldest.acquiredNs > deadlineNs)) return;
      this.#waiting.shift();
      this.#owed++;
      oldest.missed = 'unasked';
      this.#end(oldest, nowNs);
    }
  }

  /** @param open the tick that waits for the pulse's acknowledgement, when there is one. @returns why nothing was sent, or undefined. */
  #request(
    wanted: WantedStimulus,
    origin: RequestOrigin,
    cause: RequestCause,
    open: OpenTick | undefined,
  ): Refusal | undefined {
    const outcome = this.#parts.requests.take(wanted, origin, cause);
    if (typeof outcome !== 'number') return outcome;
    this.#blank(this.#nextSample);
    if (open !== undefined) {
      open.pulsesUnderway++;
      this.#delivering.set(outcome, open);
    }
    return undefined;
  }

  /** The artefact of a pulse is not read as spikes; it may begin with the next block at the earliest. */
  #blank(fromSample: number): void {
    const { blankingSamples } = this.#settings;
    const from = Math.max(fromSample, this.#nextSample);
    const until = fromSample + blankingSamples;
    if (!(until > from)) return;
    this.#parts.detector.blank(from - this.#nextSample, until - from);
    this.#parts.activity.blank(from, until);
  }

  #pulseSettled(sequence: number, atNs: number): void {
    const open = this.#delivering.get(sequence);
    if (open === undefined) return;
    this.#delivering.delete(sequence);
    open.deliveredNs = atNs;
    if (--open.pulsesUnderway === 0) this.#end(open, atNs);
  }

  #end(open: OpenTick, endNs: number): void {
    const { journal, latency, interlock } = this.#parts;
    const latencyNs = endNs - open.acquiredNs;
    const isLate = latencyNs > this.#settings.deadlineNs || open.missed !== 'no';
    const handling = isLate ? handlingOf[this.#lateHandling(open)] : 0;
    journal.tick({
      tick: open.tick,
      firstSample: open.firstSample,
      acquiredNs: open.acquiredNs,
      arrivalNs: open.arrivalNs,
      detectedNs: open.detectedNs,
      simulatedNs: open.simulatedNs,
      decidedNs: open.decidedNs,
      deliveredNs: open.deliveredNs,
      isLate: isLate ? 1 : 0,
      handling,
    });
    latency.add(latencyNs / 1e6, handling);
    const fault = interlock.noteTick(isLate, latencyNs);
    if (fault !== undefined && this.#settings.mayStimulate) this.#observer.raise(fault);
    this.#observer.onTickEnd(open, latencyNs);
    this.#pool.giveBack(open);
  }

  #lateHandling(open: OpenTick): (typeof lateHandlings)[number] {
    if (open.missed === 'unasked') return 'waited';
    if (open.missed === 'unanswered') return 'no result';
    if (open.deliveredNs > 0) return 'late, delivered';
    return open.lateRefusals > 0 ? 'late, refused' : 'late, nothing asked';
  }
}
