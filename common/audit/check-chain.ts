// Checks an audit log line by line: nothing changed, left out, added or put in another order, and signed by the station; used in every process.
import type { AuditMark } from '../journal/session-documents.ts';
import type { AuditEntry } from './audit-entry.ts';
import { CheckpointCheck, type VerifySignature } from './checkpoint.ts';
import { noEntryBefore, openEntry, type Sha256 } from './seal-entry.ts';

export interface ChainFunctions {
  readonly sha256: Sha256;
  readonly verifySignature: VerifySignature;
}

export interface ChainProblem {
  /** File and line from 1. */
  where: string;
  what: string;
}

/** What the first entry of a log follows. */
export const logBeginning: AuditMark = { seq: 0, hash: noEntryBefore };

/** What the first line must follow; 'any entry': it is from the middle of a log, and its own word is taken. */
export type ChainStart = AuditMark | 'any entry';

/** Takes the lines of a log one after another. What is wrong with one does not hide what is wrong with a later one. */
export class ChainCheck {
  readonly #functions: ChainFunctions;
  readonly #signatures: CheckpointCheck;
  readonly problems: ChainProblem[] = [];
  /** Number and hash of the line before; each undefined where it is not known, so that nothing can be told from it. */
  #seq: number | undefined;
  #hash: string | undefined;
  entries = 0;
  /** The newest entry that is genuine. */
  last: AuditEntry | undefined;

  constructor(functions: ChainFunctions, start: ChainStart = logBeginning) {
    this.#functions = functions;
    this.#signatures = new CheckpointCheck(functions.verifySignature);
    if (start === 'any entry') return;
    this.#seq = start.seq;
    this.#hash = start.hash;
  }

  /** Checkpoints whose signature holds. */
  get checkpoints(): number {
    return this.#signatures.checkpoints;
  }

  /** Public keys that signed, Base64, oldest first. */
  get keys(): readonly string[] {
    return this.#signatures.keys;
  }

  /** Entries behind the last checkpoint. */
  get unsigned(): number {
    return this.#signatures.unsigned;
  }

  /** @returns the entry when it is genuine: what it says is what was sealed, wherever it stands now. */
  take(line: string, where: string): AuditEntry | undefined {
    const opened = openEntry(line, this.#functions.sha256);
    if (opened === undefined) {
      this.passOver(where, 'this is not an entry of an audit log');
      return undefined;
    }
    const { entry, damage } = opened;
    if (damage !== undefined) {
      this.passOver(where, damage);
      return undefined;
    }
    this.#report(where, this.#wrongLink(entry));
    this.#report(where, this.#wrongTime(entry));
    this.#report(where, this.#signatures.take(entry));
    this.#seq = entry.seq;
    this.#hash = entry.hash;
    this.entries++;
    this.last = entry;
    return entry;
  }

  /** Says what is wrong with a line that cannot be trusted; the next one is not blamed for it. */
  passOver(where: string, what: string): void {
    this.#report(where, what);
    if (this.#seq !== undefined) this.#seq++;
    this.#hash = undefined;
  }

  #wrongLink({ seq, prev }: AuditEntry): string | undefined {
    if (this.#seq !== undefined && seq !== this.#seq + 1) {
      return this.#seq === 0
        ? `the log begins with entry ${seq}: what was before it is missing`
        : `entry ${seq} stands behind entry ${this.#seq}: entries are missing, added or moved`;
    }
    return this.#hash === undefined || prev === this.#hash
      ? undefined
      : `entry ${seq} is not chained to the entry before it: one of them was replaced`;
  }

  #wrongTime({ seq, boot, hostNs }: AuditEntry): string | undefined {
    const { last } = this;
    if (last === undefined || last.boot !== boot || last.hostNs <= hostNs) return undefined;
    return `entry ${seq} is ${((last.hostNs - hostNs) / 1e9).toFixed(3)} s older than the one before it`;
  }

  #report(where: string, what: string | undefined): void {
    if (what !== undefined) this.problems.push({ where, what });
  }
}
