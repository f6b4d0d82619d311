// The chain of a replay: the rig's own parts on a played-back device, clock and simulation, and what is done to them. Replay thread.
import { Defect } from '../../common/base/assert.ts';
import { createControlBlock } from '../../common/base/control-block.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import { capabilityOf } from '../../common/experiment/checked-experiment.ts';
import { loadState } from '../../common/base/state-archive.ts';
import { recordType } from '../../common/journal/records.ts';
import type { ReplayStart, SessionOpening } from '../../common/journal/session-documents.ts';
import type { SignalKernels } from '../../native/native-addon.ts';
import { buildChain, type Chain, judgeGap, tightenChain } from './build-chain.ts';
import type { DeviceWriter } from './hardware/device.ts';
import { InterlockDriver } from './interlock-driver.ts';
import { JournalWriter } from './journal/journal-writer.ts';
import { LimitsKeeper } from './limits-keeper.ts';
import type { LoopObserver, LoopParts } from './loop-parts.ts';
import type { KeptRing } from './replay/kept-ring.ts';
import type { ReplayedTurns } from './replayed-turns.ts';
import { TripCheck } from './supervision/trip-check.ts';
import type { ReplayInput } from './turns.ts';

export interface ReplayChainParts {
  opening: SessionOpening;
  start: ReplayStart;
  memory: Uint8Array;
  link: LoopParts['link'];
  kernels: SignalKernels | undefined;
  ring: KeptRing;
  turns: ReplayedTurns;
  /** Called wherever something may have been done to the chain from inside a turn. */
  onPause: () => void;
}

/** What the population has to be told, which takes time. */
export type SlowInput = Extract<ReplayInput, { kind: 'learning' | 'drive' }>;

export const isSlow = (input: ReplayInput): input is SlowInput => input.kind === 'learning' || input.kind === 'drive';

export class ReplayChain {
  readonly #chain: Chain;
  readonly #driver: InterlockDriver;
  readonly #limits: LimitsKeeper;
  readonly #journal: JournalWriter;
  readonly #owner = new DisposableStore();

  constructor({ opening, start, memory, link, kernels, ring, turns, onPause }: ReplayChainParts) {
    const { checked } = opening;
    this.#journal = new JournalWriter(
      ring,
      () => 0,
      () => {},
    );
    this.#journal.open();
    this.#limits = new LimitsKeeper(checked, start.stimulator);
    const { inForce } = this.#limits;
    const observer: LoopObserver = {
      raise: (fault) => this.#driver.raiseFromChain(fault),
      onBlock: onPause,
      onGap: (gap) => {
        const fault = judgeGap(this.#chain, gap, turns);
        if (fault !== undefined) this.#driver.raiseFromChain(fault);
      },
      onPopulation: onPause,
      onDelivery: onPause,
      onTickEnd: onPause,
    };
    this.#chain = buildChain(
      checked,
      {
        reader: { identity: start.source },
        writer: silentWriter(start, checked),
        link,
        simulation: opening.simulation,
      },
      {
        ...{ limits: inForce, carried: undefined, restSeconds: 0, journal: this.#journal },
        ...{ kernels, turns, owner: this.#owner },
      },
      observer,
    );
    for (const request of start.tightenings) this.#tighten(request);
    loadState(this.#chain, memory);
    this.#driver = new InterlockDriver({
      interlock: this.#chain.interlock,
      output: { stop: () => {}, status: { deviceMicroseconds: 0 } },
      surroundings: this.#chain.requests.surroundings,
      tripCheck: new TripCheck(),
      control: createControlBlock(),
      journal: this.#journal,
      audit: { mark: undefined, note: () => {}, noteDurably: () => Promise.resolve(undefined) },
      turns,
      onStop: () => {},
      onFault: () => {},
    });
    ring.take();
  }

  get loop(): Chain['loop'] {
    return this.#chain.loop;
  }

  /** Does again what was done to the chain. */
  apply(input: Exclude<ReplayInput, SlowInput>): void {
    const { loop, interlock } = this.#chain;
    switch (input.kind) {
      case 'interlock':
        this.#driver.apply(input.happening, input.operator);
        return;
      case 'fault':
        return this.#driver.raise(input.fault);
      case 'request':
        loop.requestDirectly(input.wanted, input.origin, input.acquiredNs);
        return;
      case 'acknowledgement':
        return loop.takeAcknowledgement(input.acknowledgement);
      case 'population':
        if (input.is === 'paused') loop.pauseSimulation();
        else if (input.is === 'resumed') loop.resumeSimulation();
        else loop.loseSimulation();
        return;
      case 'tightened':
        if (this.#tighten(input.request)) this.#journal.json(recordType.limits, this.#limits.record);
        return;
      case 'dose-reserved':
        return interlock.dose.reserve(input.pulses);
      case 'dose-taken':
        interlock.dose.takeUsage();
        return;
    }
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #tighten(request: ReplayStart['tightenings'][number]): boolean {
    const tightened = this.#limits.tighten(request);
    if (tightened !== undefined) tightenChain(this.#chain, tightened);
    return tightened !== undefined;
  }
}

/** Nothing is stimulated: what became of the pulses is in the recording. */
function silentWriter(
  { stimulator }: ReplayStart,
  { experiment }: SessionOpening['checked'],
): Pick<DeviceWriter, 'identity' | 'pulse' | 'status' | 'capability'> {
  return {
    identity: stimulator,
    capability: capabilityOf(experiment),
    pulse: () => {},
    get status(): never {
      throw new Defect('a replay tests no output');
    },
  };
}
