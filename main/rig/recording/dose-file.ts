// The dose ledger on disk: pulses and charge of each electrode of a probe, hour by hour, over 24 h. Recorder thread.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DoseLedgerFile,
  doseLedgerSchema,
  type DoseReservation,
  type DoseUsage,
  type EarlierDose,
} from '../../../common/limits/dose-ledger.ts';
import { readWhole, writeWhole } from './durable-file.ts';
import { serialFileName } from './serial-file-name.ts';

const hourMilliseconds = 3_600_000;
/** The hour that runs, and those that ended less than 24 h ago. */
const hoursKept = 25;
const advice = 'it is the dose ledger; move it away only if you know what this probe was given today';

export class DoseFile {
  readonly #path: string;
  readonly #wallMilliseconds: () => number;
  #ledger: DoseLedgerFile;

  /** @throws Error when the ledger is there and cannot be read: what was given then is not known. */
  constructor(stationFolder: string, probe: string, wallMilliseconds: () => number) {
    const folder = join(stationFolder, 'dose');
    this.#path = join(folder, serialFileName(probe));
    this.#wallMilliseconds = wallMilliseconds;
    mkdirSync(folder, { recursive: true });
    this.#ledger = readWhole(this.#path, doseLedgerSchema, advice) ?? { format: 'exocortex-dose/1', probe, hours: [] };
    this.#settleOpen();
  }

  /** What was given in the last 24 h, oldest first. An hour counts as if all of it had been given at its end. */
  get earlier(): EarlierDose[] {
    const now = this.#wallMilliseconds();
    return this.#ledger.hours
      .filter(({ hour }) => this.#counts(hour))
      .sort((a, b) => a.hour - b.hour)
      .flatMap(({ hour, electrodes }) =>
        Object.entries(electrodes).map(([electrode, dose]) => ({
          electrode: Number(electrode),
          ageNs: Math.max(0, now - (hour + 1) * hourMilliseconds) * 1e6,
          ...dose,
        })),
      );
  }

  /** Adds what was given, and sets a reservation aside, or none; durable when it returns. @throws Error of the file system */
  settle(usage: readonly DoseUsage[], reservation: DoseReservation | undefined): void {
    for (const { electrode, pulses, chargeFemtocoulombs } of usage)
      this.#add(this.#hour, electrode, pulses, chargeFemtocoulombs);
    const { open: _settled, ...rest } = this.#ledger;
    this.#ledger =
      reservation === undefined
        ? rest
        : {
            ...rest,
            open: { hour: this.#hour, pulses: reservation.pulses, chargePerPulse: { ...reservation.chargePerPulse } },
          };
    writeWhole(this.#path, JSON.stringify(this.#ledger), 0o600);
  }

  get #hour(): number {
    return Math.floor(this.#wallMilliseconds() / hourMilliseconds);
  }

  /** A program that was killed has not said what it gave: all that was set aside counts. */
  #settleOpen(): void {
    const { open } = this.#ledger;
    if (open === undefined) return;
    for (const [electrode, charge] of Object.entries(open.chargePerPulse))
      this.#add(open.hour, Number(electrode), open.pulses, open.pulses * charge);
    this.settle([], undefined);
  }

  #add(hour: number, electrode: number, pulses: number, chargeFemtocoulombs: number): void {
    const { hours } = this.#ledger;
    let entry = hours.find((candidate) => candidate.hour === hour);
    if (entry === undefined) hours.push((entry = { hour, electrodes: {} }));
    const before = entry.electrodes[electrode] ?? { pulses: 0, chargeFemtocoulombs: 0 };
    entry.electrodes[electrode] = {
      pulses: before.pulses + pulses,
      chargeFemtocoulombs: before.chargeFemtocoulombs + chargeFemtocoulombs,
    };
    this.#ledger.hours = hours.filter((candidate) => this.#counts(candidate.hour));
  }

  #counts(hour: number): boolean {
    return hour > this.#hour - hoursKept;
  }
}
