// Keeps what happens to the chain, and every reading that it takes of the world, so that a replay goes the same way. Rig thread.
import type { Fault } from '../../common/contract/faults.ts';
import { recordType, type RequestOrigin, type TurnKind } from '../../common/journal/records.ts';
import type { SessionTightening } from '../../common/limits/session-tightening.ts';
import type { DriveControl, LearningControl } from '../../common/simulation-protocol/control-message.ts';
import type { StimulusRequest } from '../../common/simulation-protocol/result.ts';
import type { Acknowledgement } from './hardware/device.ts';
import type { InterlockEvent } from './interlock/interlock-event.ts';
import type { JournalWriter } from './journal/journal-writer.ts';

type WithoutTime<E> = E extends InterlockEvent ? Omit<E, 'nowNs'> : never;
/** An event of the interlock that happens now. */
export type Happening = WithoutTime<InterlockEvent>;

/** A pulse that somebody else than the simulation asks for. */
export type DirectStimulus = Omit<StimulusRequest, 'readout'>;

/** Something that is done to the chain and that no other record tells: the content of an input record. */
export type ReplayInput =
  | { kind: 'interlock'; happening: Happening; operator?: string }
  | { kind: 'fault'; fault: Fault }
  | {
      kind: 'request';
      wanted: DirectStimulus;
      origin: Exclude<RequestOrigin, 'simulation'>;
      acquiredNs: number;
    }
  /** One that belongs to no pulse. */
  | { kind: 'acknowledgement'; acknowledgement: Acknowledgement }
  | { kind: 'population'; is: 'paused' | 'resumed' | 'lost' }
  | { kind: 'learning'; control: LearningControl }
  | { kind: 'drive'; control: DriveControl }
  | { kind: 'tightened'; request: SessionTightening }
  /** The ledger has set so many pulses of each electrode aside. */
  | { kind: 'dose-reserved'; pulses: number }
  /** The ledger has taken over what was given. */
  | { kind: 'dose-taken' };

/**
 * A turn is all that one call of the chain does. What is called from inside one, by whoever looks at the loop, belongs to it.
 * Recording, readings are kept; in a replay the kept ones come back.
 */
export interface Turns {
  /** Host monotonic ns. */
  readonly nowNs: () => number;
  /** A number that the chain goes on from and that is known outside of it only. */
  reading(value: number): number;
  begin(): void;
  /** @param value the time that a 'time' turn was given, ns. */
  end(kind: TurnKind, value?: number): void;
  /** Ends what was begun last: it has meant nothing, and its readings are forgotten. */
  cancel(): void;
  /** Only inside a turn, before anything is done. */
  input(input: ReplayInput): void;
}

/** Turns of which nothing is kept. */
export function unkeptTurns(nowNs: () => number): Turns {
  const nothing = () => {};
  return { nowNs, reading: (value) => value, begin: nothing, end: nothing, cancel: nothing, input: nothing };
}

/** Writes turns into the journal while it is open. */
export class JournalledTurns implements Turns {
  readonly #journal: JournalWriter;
  #readings = new Float64Array(256);
  #count = 0;
  /** Readings before each turn that has begun and not ended. */
  readonly #begun: number[] = [];
  #sequence = 0;
  readonly nowNs: () => number;

  /** @param nowNs host monotonic ns */
  constructor(journal: JournalWriter, nowNs: () => number) {
    this.#journal = journal;
    this.nowNs = () => this.reading(nowNs());
  }

  reading(value: number): number {
    if (this.#begun.length > 0) this.#keep(value);
    return value;
  }

  begin(): void {
    if (this.#begun.length === 0) {
      this.#count = 0;
      this.#sequence = this.#journal.sequence;
    }
    this.#begun.push(this.#count);
  }

  end(kind: TurnKind, value = 0): void {
    this.#begun.pop();
    if (this.#begun.length > 0) return;
    const hasDoneNothing = this.#count === 0 && this.#journal.sequence === this.#sequence;
    if (!hasDoneNothing) this.#journal.turn(kind, value, this.#readings, this.#count);
  }

  cancel(): void {
    this.#count = this.#begun.pop() ?? 0;
  }

  input(input: ReplayInput): void {
    this.#journal.json(recordType.input, input);
  }

  #keep(value: number): void {
    if (this.#count === this.#readings.length) {
      const more = new Float64Array(2 * this.#count);
      more.set(this.#readings);
      this.#readings = more;
    }
    this.#readings[this.#count++] = value;
  }
}
