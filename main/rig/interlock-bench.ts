// Trips an armed, stimulating interlock again and again and notes when: what happened then is in the virtual rig's own journal. Bench thread.
import { type ControlBlock, controlWord, requestStop } from '../../common/base/control-block.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import { limitsHashFromHex } from '../../common/device-protocol/limits-hash.ts';
import { createRingMemory, RingWriter } from '../../common/journal/ring.ts';
import { combineLimits } from '../../common/limits/combine-limits.ts';
import type { LimitsInForce } from '../../common/limits/limits-in-force.ts';
import { connectSocketHalves } from './connect-device/socket-halves.ts';
import type { DeviceWriter } from './hardware/device.ts';
import { InterlockDriver } from './interlock-driver.ts';
import { Interlock } from './interlock/interlock.ts';
import { interlockTiming } from './interlock/interlock-record.ts';
import { JournalWriter } from './journal/journal-writer.ts';
import { OutputControl } from './output-control.ts';
import type { Surroundings } from './request-path.ts';
import { hostTime, holdsWithin, pause } from './rig-time.ts';
import { Gate } from './stimulation/gate.ts';
import { BeatWatch } from './supervision/beat-watch.ts';
import { TripCheck } from './supervision/trip-check.ts';
import { completeWork } from './supervision/watchdog-core.ts';
import { WatchdogLine } from './supervision/watchdog-line.ts';
import type { MessagePort } from 'node:worker_threads';
import { unkeptTurns } from './turns.ts';

/** How a trip is caused. 'stop word': by any thread, the watchdog carries it out. 'hang': this thread blocks, the watchdog must notice. */
export type BenchCause = 'fault' | 'stop word' | 'hang';

export interface InterlockBenchOptions {
  address: string;
  token: string;
  watchdogPort: MessagePort;
  /** Shared with the watchdog thread. */
  control: ControlBlock;
  trips: number;
  seed: number;
  /** Allocates garbage beside every tick. */
  doesAllocate: boolean;
}

/** One trip as this side saw it; host ns. */
export interface BenchTrip {
  cause: BenchCause;
  session: number;
  causedNs: number;
  /** STOP of this thread on the wire, where it is this thread that stops. */
  stopSentNs: number | undefined;
  confirmedNs: number;
  /** Of a hang alone. */
  watchdog: WatchdogDuringHang | undefined;
}

/** What the watchdog did while the rig thread hung. */
export interface WatchdogDuringHang {
  didStop: boolean;
  /** Longest time without a round: the machine gave its thread no turn. */
  longestPauseNs: number;
}

const electrodes = [0, 1, 2, 3];
const leaseMilliseconds = 100;
const beatMaxMilliseconds = 50;
const limitsHash = limitsHashFromHex('0123456789abcdef');
const hash = 'bench';
const armingsMax = 50;

/** Bench limits of four electrodes with a dummy load. */
function benchLimits(): LimitsInForce {
  const geometry = { areaSquareMicrometres: 2000, material: 'dummy-load' } as const;
  return combineLimits({
    profile: 'bench',
    name: 'bench',
    site: undefined,
    shortTrainElectrodes: new Set(),
    layers: [
      {
        electrodes: new Map(electrodes.map((electrode) => [electrode, {}])),
        total: {},
        timing: { leaseMilliseconds, beatMaxMilliseconds, dataAgeToTripMicroseconds: 1000 * beatMaxMilliseconds },
        activity: {},
        geometry: new Map(electrodes.map((electrode) => [electrode, geometry])),
      },
    ],
    pitchMicrometres: 1000,
    gridColumns: 2,
  });
}

/** xorshift32: the same seed, the same moments. */
function dice(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function pickCause(uniform: number): BenchCause {
  if (uniform < 0.05) return 'hang';
  return uniform < 0.5 ? 'stop word' : 'fault';
}

/** Blocks this thread as a defect would, and looks at the watchdog all the while. */
function blockFor(milliseconds: number, control: ControlBlock): WatchdogDuringHang {
  const rounds = new BeatWatch();
  const stops = Atomics.load(control, controlWord.watchdogStops);
  const endNs = hostTime.nowNs() + milliseconds * 1e6;
  let longestPauseNs = 0;
  for (let nowNs = hostTime.nowNs(); nowNs < endNs; nowNs = hostTime.nowNs()) {
    const pauseNs = rounds.silentNs(Atomics.load(control, controlWord.watchdogBeat), nowNs);
    longestPauseNs = Math.max(longestPauseNs, pauseNs);
  }
  return { didStop: Atomics.load(control, controlWord.watchdogStops) !== stops, longestPauseNs };
}

class InterlockBench {
  readonly #options: InterlockBenchOptions;
  readonly #writer: DeviceWriter;
  readonly #interlock: Interlock;
  readonly #driver: InterlockDriver;
  readonly #output: OutputControl;
  readonly #gate: Gate;
  readonly #random: () => number;
  readonly #surroundings: Surroundings = {
    doesPhaseStimulate: true,
    rampElapsedSeconds: 0,
    confirmedSession: 0,
    heardNs: 0,
    presentNs: 0,
    heldNs: 0,
    impedancesOhms: electrodes.map(() => 50_000),
    amplitudeStepNanoamps: 1,
  };
  /** Armings that the device refused. */
  refusedArmings = 0;
  #next = 0;
  #stopSentNs: number | undefined;
  #watchdog: WatchdogDuringHang | undefined;
  /** Kept so that garbage lives for a while. */
  #garbage: unknown[] = [];

  constructor(options: InterlockBenchOptions, writer: DeviceWriter, watchdog: WatchdogLine) {
    const { control } = options;
    const nowNs = () => hostTime.nowNs();
    this.#options = options;
    this.#writer = writer;
    this.#random = dice(options.seed);
    this.#interlock = new Interlock(benchLimits(), { ...interlockTiming, quietNs: 0 }, nowNs());
    this.#interlock.dose.reserve(Infinity);
    const noting = {
      enable: (order: Parameters<DeviceWriter['enable']>[0]) => writer.enable(order),
      get status() {
        return writer.status;
      },
      stop: () => {
        this.#stopSentNs ??= nowNs();
        writer.stop();
      },
    };
    this.#output = new OutputControl(noting, watchdog, control, nowNs);
    this.#gate = new Gate(writer, { isOpen: true, permit: () => {}, waitUntilWritten: () => true }, nowNs);
    this.#driver = new InterlockDriver({
      interlock: this.#interlock,
      output: this.#output,
      surroundings: this.#surroundings,
      tripCheck: new TripCheck(),
      control,
      journal: new JournalWriter(new RingWriter(createRingMemory(4096)), nowNs, () => {}),
      audit: { mark: undefined, note: () => {}, noteDurably: () => Promise.resolve(undefined) },
      turns: unkeptTurns(nowNs),
      onStop: () => {},
      onFault: () => {},
    });
    writer.onStatus((status) => {
      this.#output.hear(status);
      this.#surroundings.heardNs = status.receivedNs;
      const { isOutputOn, isDry, burnedSession } = status;
      this.#driver.apply({ kind: 'device-heard', isOutputOn, isDry, burnedSession });
    });
  }

  /** A tick: completed work, and a pulse while it is permitted. */
  takeBlock(acquiredNs: number): void {
    const nowNs = hostTime.nowNs();
    if (this.#options.doesAllocate) this.#allocate();
    this.#surroundings.presentNs = nowNs;
    this.#surroundings.heldNs = nowNs;
    if (this.#surroundings.confirmedSession > 0) this.#pulse(nowNs, acquiredNs);
    // In the first tick after a hang the rig thread notices by itself what the watchdog may have slept through.
    if (this.#watchdog !== undefined) this.#endTick(nowNs - acquiredNs);
    this.#output.repeatStop(nowNs);
    completeWork(this.#options.control);
  }

  /** Arms, stimulates for a few milliseconds, causes a trip and waits for its end. */
  async trip(): Promise<BenchTrip> {
    const session = await this.#arm();
    const cause = pickCause(this.#random());
    await pause(hostTime, 2 + this.#random() * 6);
    this.#stopSentNs = undefined;
    this.#watchdog = undefined;
    const causedNs = hostTime.nowNs();
    this.#cause(cause);
    const isOff = () => !this.#writer.status.isOutputOn && this.#writer.status.burnedSession >= session;
    await holdsWithin(hostTime, 1000, isOff);
    const confirmedNs = hostTime.nowNs();
    const stopSentNs = cause === 'fault' ? this.#stopSentNs : undefined;
    const watchdog = this.#watchdog;
    this.#watchdog = undefined;
    this.#finish();
    await this.#watchdogRounds();
    return { cause, session, causedNs, stopSentNs, confirmedNs, watchdog };
  }

  /** The watchdog sees the stop of one trip before the session of the next begins: else it would stop that one. */
  async #watchdogRounds(): Promise<void> {
    const rounds = () => Atomics.load(this.#options.control, controlWord.watchdogBeat);
    const before = rounds();
    await holdsWithin(hostTime, 5000, () => rounds() - before >= 2);
  }

  /** On a machine that is busy an ENABLE may arrive after its expiry: the device rightly refuses, and arming begins again. */
  async #arm(): Promise<number> {
    for (let attempt = 0; attempt < armingsMax; attempt++) {
      const session = await this.#tryArm();
      if (session !== undefined) return session;
      this.refusedArmings++;
      this.#finish();
      await this.#watchdogRounds();
    }
    throw new Error(`the stimulator refused ${armingsMax} armings in a row: ${this.#writer.status.enableOutcome}`);
  }

  /** @returns the armed session; undefined when the device, or a stop that came late, did not let it be. */
  async #tryArm(): Promise<number | undefined> {
    const session = this.#output.nextSession(this.#interlock.record.session, this.#random);
    this.#driver.apply({ kind: 'arm-requested', limitsHash: hash });
    this.#driver.apply({ kind: 'checks-passed' });
    this.#driver.apply({ kind: 'arm-confirmed', session, limitsHash: hash, heldMilliseconds: 1000 });
    const problem = await this.#output.enable(session, leaseMilliseconds, limitsHash);
    if (problem !== undefined || this.#interlock.state !== 'armed') return undefined;
    this.#surroundings.confirmedSession = session;
    this.#driver.apply({ kind: 'run-started', isRecorded: true, isConfirmed: true });
    return session;
  }

  #cause(cause: BenchCause): void {
    switch (cause) {
      case 'fault':
        return this.#driver.raise({ code: 'late-tick', message: 'The bench trips the interlock.' });
      case 'stop word':
        return requestStop(this.#options.control);
      case 'hang':
        this.#watchdog = blockFor(2 * beatMaxMilliseconds, this.#options.control);
        return;
    }
  }

  /** Back to the safe state, as people would lead it there. */
  #finish(): void {
    this.#driver.raise({ code: 'lease-lost', message: 'The bench ends a trip.' });
    const burnedSession = this.#interlock.record.session;
    this.#driver.apply({ kind: 'device-heard', isOutputOn: false, isDry: false, burnedSession });
    this.#driver.apply({ kind: 'trip-checked', isPassed: true });
    const { firstCause } = this.#interlock;
    if (firstCause !== undefined) this.#driver.apply({ kind: 'acknowledge', cause: firstCause.code });
    this.#driver.apply({ kind: 'reset' });
    if (this.#interlock.state !== 'safe') throw new Error(`the bench is stuck in ${this.#interlock.state}`);
    this.#output.hear(this.#writer.status);
  }

  #endTick(latencyNs: number): void {
    const fault = this.#interlock.noteTick(false, latencyNs);
    if (fault !== undefined) this.#driver.raise(fault);
  }

  #pulse(nowNs: number, acquiredNs: number): void {
    const electrode = electrodes[this.#next++ % electrodes.length]!;
    const verdict = this.#interlock.decide(
      {
        request: this.#next,
        tick: this.#next,
        origin: 'simulation',
        electrode,
        amplitudeNanoamps: 1000,
        phaseMicroseconds: 100,
        interphaseMicroseconds: 0,
        leadingPhase: 'cathodic',
        readout: 0,
      },
      {
        ...this.#surroundings,
        nowNs,
        acquiredNs,
        impedanceOhms: (each) => this.#surroundings.impedancesOhms[each] ?? Number.NaN,
        capability: this.#writer.capability,
        complianceMillivolts: this.#writer.identity.limits.complianceMillivolts,
      },
    );
    if (!('kind' in verdict)) this.#gate.drive(verdict, this.#surroundings.confirmedSession);
  }

  #allocate(): void {
    this.#garbage.push(Array.from({ length: 2000 }, (_, index) => ({ index, text: String(index) })));
    if (this.#garbage.length > 200) this.#garbage = [];
  }
}

/** @param onProgress called after every hundredth trip. @returns every trip in order, and how often arming had to begin again. */
export async function runInterlockBench(
  options: InterlockBenchOptions,
  onProgress: (done: number) => void,
): Promise<{ trips: BenchTrip[]; refusedArmings: number }> {
  const owned = new DisposableStore();
  try {
    const watchdog = new WatchdogLine(options.watchdogPort);
    owned.onDispose(() => watchdog.end());
    const { address, token } = options;
    const line = { address, token, watchdog, beatMaxMilliseconds, owner: owned };
    const { reader, writer } = await connectSocketHalves(line);
    const bench = new InterlockBench(options, writer, watchdog);
    owned.add(reader.onBlock(({ acquiredNs }) => bench.takeBlock(acquiredNs)));
    reader.start();
    await pause(hostTime, 500);
    const trips: BenchTrip[] = [];
    while (trips.length < options.trips) {
      trips.push(await bench.trip());
      if (trips.length % 100 === 0) onProgress(trips.length);
    }
    return { trips, refusedArmings: bench.refusedArmings };
  } finally {
    owned.dispose();
  }
}
