// Which pulses were permitted when, of each electrode and in all: everything that limits over time are judged by. Rig thread; pure.
import type { StateArchive } from '../../../common/base/state-archive.ts';
import type { DoseUsage, EarlierDose } from '../../../common/limits/dose-ledger.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import { chargeBoundFemtocoulombs } from './check-pulse.ts';
import { allowance, ElectrodeHistory, type PulseCost } from './electrode-history.ts';
import { heatingSeconds } from './heating.ts';
import { type Concurrency, neighbourMicrometres, RecentPulses } from './recent-pulses.ts';
import { SlidingCount } from './sliding-count.ts';
import { SlidingSum } from './sliding-sum.ts';

const heatBucketNs = 100e6;

function neighbours({ pitchMicrometres, gridColumns }: LimitsInForce): (a: number, b: number) => boolean {
  if (pitchMicrometres === undefined) return () => true;
  const squareMax = (neighbourMicrometres / pitchMicrometres) ** 2;
  return (a, b) => {
    const columns = (a % gridColumns) - (b % gridColumns);
    const rows = Math.floor(a / gridColumns) - Math.floor(b / gridColumns);
    return columns * columns + rows * rows <= squareMax;
  };
}

/** Counts permitted pulses, not delivered ones: what was permitted must be assumed to have happened. */
export class Dose {
  readonly #electrodes = new Map<number, ElectrodeHistory>();
  #all: SlidingCount;
  readonly #recent: RecentPulses;
  readonly #picojoules = new SlidingSum(heatBucketNs, (heatingSeconds * 1e9) / heatBucketNs);
  total: { windowNs: number; pulses: number };
  #limits: LimitsInForce;
  #session = 0;
  /** Pulses of each electrode that the ledger on disk has set aside; 0: none. */
  #reserved = 0;
  #mostOfOneElectrode = 0;
  readonly #sinceReservation = new Map<number, { pulses: number; chargeFemtocoulombs: number }>();

  constructor(limits: LimitsInForce, nowNs: number) {
    this.#limits = limits;
    for (const [electrode, own] of limits.electrodes)
      this.#electrodes.set(electrode, new ElectrodeHistory(own.limits, nowNs));
    this.total = allowance(limits.total.rateMaxMillihertz);
    this.#all = new SlidingCount(this.total.windowNs, this.total.pulses);
    // No window of the total rate is shorter than a pulse or than neighbours are remembered.
    this.#recent = new RecentPulses(this.total.pulses, neighbours(limits), (electrode) => this.#chargeMax(electrode));
  }

  /** @returns undefined for an electrode that may not be stimulated. */
  historyOf(electrode: number): ElectrodeHistory | undefined {
    return this.#electrodes.get(electrode);
  }

  allAt(nowNs: number): number {
    return this.#all.countAt(nowNs);
  }

  /** Energy that all electrodes were given in the last 10 s. */
  picojoulesAt(nowNs: number): number {
    return this.#picojoules.sumAt(nowNs);
  }

  concurrencyAt(nowNs: number, electrode: number): Readonly<Concurrency> {
    return this.#recent.at(nowNs, electrode);
  }

  get sessionPulses(): number {
    return this.#session;
  }

  /** Whether the ledger has set a further pulse of every electrode aside: a killed program then has not forgotten it. */
  get isNextReserved(): boolean {
    return this.#mostOfOneElectrode < this.#reserved;
  }

  /** Pulses of one electrode that are left of the reservation. */
  get reservedLeft(): number {
    return this.#reserved - this.#mostOfOneElectrode;
  }

  /** The ledger has set aside so many pulses of each electrode, counted from the last `takeUsage` on. */
  reserve(pulses: number): void {
    this.#reserved = pulses;
  }

  /** What was given since the last call, for the ledger. Until it reserves anew, what is left of the old reservation holds. */
  takeUsage(): DoseUsage[] {
    const usage = [...this.#sinceReservation].map(([electrode, used]) => ({ electrode, ...used }));
    this.#sinceReservation.clear();
    this.#reserved = this.reservedLeft;
    this.#mostOfOneElectrode = 0;
    return usage;
  }

  /** Adds what earlier sessions gave, oldest first. Before the first pulse of this one. */
  addEarlier(doses: readonly EarlierDose[], nowNs: number): void {
    for (const { electrode, ageNs, pulses, chargeFemtocoulombs } of doses)
      this.#electrodes.get(electrode)?.addDose(nowNs - ageNs, pulses, chargeFemtocoulombs);
  }

  /** Tighter limits hold from now on. An electrode that they leave out is refused before its dose is asked. */
  tighten(limits: LimitsInForce): void {
    this.#limits = limits;
    for (const [electrode, own] of limits.electrodes) this.#electrodes.get(electrode)?.tighten(own.limits);
    this.total = allowance(limits.total.rateMaxMillihertz);
    this.#all = this.#all.resized(this.total.windowNs, this.total.pulses);
  }

  /** The rig is armed anew. */
  release(nowNs: number): void {
    for (const history of this.#electrodes.values()) history.release(nowNs);
  }

  /** Notes a permitted pulse. */
  add(electrode: number, nowNs: number, cost: PulseCost): void {
    const history = this.#electrodes.get(electrode);
    if (history === undefined) return;
    history.add(nowNs, cost);
    this.#recent.add(electrode, nowNs, cost.durationNs, cost.amplitudeNanoamps, cost.chargeFemtocoulombs);
    this.#all.add(nowNs);
    this.#picojoules.add(nowNs, cost.picojoules);
    this.#session++;
    let used = this.#sinceReservation.get(electrode);
    if (used === undefined) this.#sinceReservation.set(electrode, (used = { pulses: 0, chargeFemtocoulombs: 0 }));
    used.pulses++;
    used.chargeFemtocoulombs += cost.chargeFemtocoulombs;
    this.#mostOfOneElectrode = Math.max(this.#mostOfOneElectrode, used.pulses);
  }

  /** An electrode that tighter limits left out has nothing to share. */
  #chargeMax(electrode: number): number {
    const own = this.#limits.electrodes.get(electrode);
    return own === undefined ? 0 : chargeBoundFemtocoulombs(own);
  }

  /** Writes down or takes over what is remembered; the limits in force are the same on both sides. */
  exchange(archive: StateArchive): void {
    for (const history of this.#electrodes.values()) history.exchange(archive);
    this.#all.exchange(archive);
    this.#recent.exchange(archive);
    this.#picojoules.exchange(archive);
    this.#session = archive.number(this.#session);
    this.#reserved = archive.number(this.#reserved);
    this.#mostOfOneElectrode = archive.number(this.#mostOfOneElectrode);
    const used = archive.json([...this.#sinceReservation]);
    this.#sinceReservation.clear();
    for (const [electrode, usage] of used) this.#sinceReservation.set(electrode, usage);
  }
}
