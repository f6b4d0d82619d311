// The rig's side of the dose ledger: reserves ahead, so that a killed program has not forgotten what it gave. Rig thread.
import type { Fault } from '../../common/contract/faults.ts';
import type { DoseReservation, DoseUsage, EarlierDose } from '../../common/limits/dose-ledger.ts';
import type { LimitsInForce } from '../../common/limits/limits-in-force.ts';
import type { Dose } from './interlock/dose.ts';
import type { ReplayInput, Turns } from './turns.ts';

/** Pulses of each electrode that are set aside at once; half of them left, more are asked for. */
const reservedPulses = 2000;

/** The recorder thread's service. */
export interface DoseService {
  /** @returns why it is not durable, or undefined. */
  settleDose(usage: readonly DoseUsage[], reservation: DoseReservation | undefined): Promise<string | undefined>;
}

/** The dose as the ledger uses it. */
export type KeptDose = Pick<Dose, 'reserve' | 'takeUsage' | 'reservedLeft'>;

/** What the ledger does to the dose is a turn of the chain. */
export function journalledDose(dose: Dose, turns: Turns): KeptDose {
  const turn = <T>(input: ReplayInput, act: () => T): T => {
    turns.begin();
    turns.input(input);
    const answer = act();
    turns.end('input');
    return answer;
  };
  return {
    get reservedLeft() {
      return dose.reservedLeft;
    },
    reserve: (pulses) => turn({ kind: 'dose-reserved', pulses }, () => dose.reserve(pulses)),
    takeUsage: () => turn({ kind: 'dose-taken' }, () => dose.takeUsage()),
  };
}

export class DoseLedger {
  readonly earlier: readonly EarlierDose[];
  readonly #service: DoseService;
  readonly #limits: () => LimitsInForce;
  readonly #raise: (fault: Fault) => void;
  #dose: KeptDose | undefined;
  #isAsking = false;
  #isOpen = false;
  /** Nothing more is asked for before the next arming. */
  #hasFailed = false;

  constructor(
    earlier: readonly EarlierDose[],
    service: DoseService,
    limits: () => LimitsInForce,
    raise: (fault: Fault) => void,
  ) {
    this.earlier = earlier;
    this.#service = service;
    this.#limits = limits;
    this.#raise = raise;
  }

  /** The dose that is kept. */
  follow(dose: KeptDose): void {
    this.#dose = dose;
  }

  /** Before arming. @returns why nothing could be set aside, or undefined. */
  async reserve(): Promise<string | undefined> {
    const dose = this.#dose;
    if (dose === undefined || this.#isAsking) return undefined;
    this.#isAsking = true;
    const problem = await this.#service.settleDose(dose.takeUsage(), this.#reservation());
    this.#isAsking = false;
    this.#hasFailed = problem !== undefined;
    if (problem !== undefined) return `the dose ledger cannot be written: ${problem}`;
    this.#isOpen = true;
    dose.reserve(reservedPulses);
    return undefined;
  }

  /** Between ticks: reserves anew when half of the reservation is used. */
  keep(): void {
    const dose = this.#dose;
    if (dose === undefined || !this.#isOpen || this.#isAsking || this.#hasFailed) return;
    if (dose.reservedLeft > reservedPulses / 2) return;
    void this.reserve().then((problem) => {
      if (problem !== undefined) this.#raise({ code: 'dose-ledger', message: problem });
    });
  }

  /** Nothing is stimulated any more: what was given is written, nothing is set aside. */
  settle(): void {
    const dose = this.#dose;
    if (dose === undefined || !this.#isOpen) return;
    this.#isOpen = false;
    void this.#service.settleDose(dose.takeUsage(), undefined);
  }

  #reservation(): DoseReservation {
    const chargePerPulse = [...this.#limits().electrodes].map(
      ([electrode, own]) => [electrode, own.limits.chargePerPhaseMaxFemtocoulombs] as const,
    );
    return { pulses: reservedPulses, chargePerPulse: Object.fromEntries(chargePerPulse) };
  }
}
