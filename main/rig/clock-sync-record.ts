// Writes into the journal how the clocks of source and stimulator are aligned: at its beginning, every ten seconds, and when that changes. Rig thread.
import { recordType } from '../../common/journal/records.ts';
import type { ClockSync } from './hardware/clock-sync/clock-sync.ts';
import type { JournalWriter } from './journal/journal-writer.ts';

const everyNs = 10e9;

export class ClockSyncRecord {
  readonly #sync: Pick<ClockSync, 'status'>;
  readonly #journal: Pick<JournalWriter, 'isOpen' | 'json'>;
  #writtenNs = -Infinity;
  #wasAligned: boolean | undefined;

  constructor(sync: Pick<ClockSync, 'status'>, journal: Pick<JournalWriter, 'isOpen' | 'json'>) {
    this.#sync = sync;
    this.#journal = journal;
  }

  look(nowNs: number): void {
    if (!this.#journal.isOpen) {
      this.#wasAligned = undefined;
      return;
    }
    const status = this.#sync.status(nowNs);
    if (status.isAligned === this.#wasAligned && nowNs - this.#writtenNs < everyNs) return;
    this.#wasAligned = status.isAligned;
    this.#writtenNs = nowNs;
    this.#journal.json(recordType.clockSync, status);
  }
}
