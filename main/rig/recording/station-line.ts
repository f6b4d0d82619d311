// The rig thread's line to what is written for the station: audit log and dose ledger. Rig thread.
import type { MessagePort } from 'node:worker_threads';
import type { AuditDetail, AuditEvent } from '../../../common/audit/audit-entry.ts';
import type { AuditMark } from '../../../common/journal/session-documents.ts';
import type { DoseReservation, DoseUsage, EarlierDose } from '../../../common/limits/dose-ledger.ts';
import type { DeviceNews, RememberedDevice } from '../../../common/limits/remembered-device.ts';
import type { SessionSeal } from './seal-session.ts';
import type { AuditDraft, FromStation, ToStation } from './station-messages.ts';

/** The audit log as the rig uses it. */
export interface AuditSink {
  /** Newest entry; undefined before the first is written. */
  readonly mark: AuditMark | undefined;
  /** @param actor who gave the command; without it the rig itself. */
  note(event: AuditEvent, detail: AuditDetail, actor?: string): void;
  /** Resolves when it is on disk for good. @returns why it is not, or undefined. */
  noteDurably(event: AuditEvent, detail: AuditDetail, actor?: string): Promise<string | undefined>;
}

/** What a recording needs of the station: the log, and its seal. */
export interface StationSink extends AuditSink {
  /** Signs what the files of a session hold. @returns why they are not signed, or undefined. */
  seal(seal: SessionSeal): Promise<string | undefined>;
}

type Done = Extract<FromStation, { kind: 'done' }>;

const rigItself = 'rig';
/** What must outlive a power cut, although nobody waits for it. */
const flushedEvents: ReadonlySet<AuditEvent> = new Set([
  'trip',
  'acknowledged',
  'reset',
  'limits-tightened',
  'session-started',
  'session-ended',
]);
const ended = (id: number): Done => ({ kind: 'done', id, problem: 'the recorder thread has ended' });

export class StationLine implements StationSink {
  readonly #port: MessagePort;
  readonly #asked = new Map<number, (answer: Done) => void>();
  #next = 1;
  #isClosed = false;
  #onFailure: (message: string) => void = () => {};
  mark: AuditMark | undefined;
  /** Added to every entry. */
  limitsHash: string | undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (message: FromStation) => {
      if (message.kind === 'mark') this.mark = message.mark;
      else if (message.kind === 'failed') this.#onFailure(message.message);
      else {
        this.#asked.get(message.id)?.(message);
        this.#asked.delete(message.id);
      }
    });
    port.on('close', () => {
      this.#isClosed = true;
      for (const [id, settle] of this.#asked) settle(ended(id));
      this.#asked.clear();
    });
  }

  /** Called when an entry that nobody waits for could not be written. */
  onFailure(listener: (message: string) => void): void {
    this.#onFailure = listener;
  }

  note(event: AuditEvent, detail: AuditDetail, actor = rigItself): void {
    const isDurable = flushedEvents.has(event);
    this.#send({ kind: 'audit', id: 0, draft: this.#draft(event, detail, actor), isDurable });
  }

  async noteDurably(event: AuditEvent, detail: AuditDetail, actor = rigItself): Promise<string | undefined> {
    const draft = this.#draft(event, detail, actor);
    return (await this.#ask((id) => ({ kind: 'audit', id, draft, isDurable: true }))).problem;
  }

  /** As `noteDurably`. @returns the entry's mark, or why it is not in the log. */
  async noteForMark(event: AuditEvent, detail: AuditDetail, actor: string): Promise<AuditMark | string> {
    const draft = this.#draft(event, detail, actor);
    const { written, problem } = await this.#ask((id) => ({ kind: 'audit', id, draft, isDurable: true }));
    return written ?? problem ?? 'the audit log did not say which entry it wrote';
  }

  async seal(seal: SessionSeal): Promise<string | undefined> {
    return (await this.#ask((id) => ({ kind: 'seal', id, seal }))).problem;
  }

  /** Opens the ledger of a probe. @returns what it was given in the last day, or why that is not known. */
  async openDose(probe: string): Promise<EarlierDose[] | string> {
    const { problem, earlier } = await this.#ask((id) => ({ kind: 'open-dose', id, probe }));
    return problem ?? earlier ?? [];
  }

  /** @returns what is remembered of a device, or why that cannot be known. */
  async openDevice(serial: string): Promise<RememberedDevice | string> {
    const { problem, device } = await this.#ask((id) => ({ kind: 'open-device', id, serial }));
    return problem ?? device ?? { impedancesOhms: [], isEmergencyStopTried: false };
  }

  noteDevice(news: DeviceNews): void {
    this.#send({ kind: 'note-device', id: 0, news });
  }

  async settleDose(usage: readonly DoseUsage[], reservation: DoseReservation | undefined): Promise<string | undefined> {
    return (await this.#ask((id) => ({ kind: 'settle-dose', id, usage: [...usage], reservation }))).problem;
  }

  end(): void {
    this.#send({ kind: 'end' });
  }

  #draft(event: AuditEvent, detail: AuditDetail, actor: string): AuditDraft {
    return { event, detail, actor, ...(this.limitsHash === undefined ? {} : { limitsHash: this.limitsHash }) };
  }

  #ask(message: (id: number) => ToStation): Promise<Done> {
    const id = this.#next++;
    if (this.#isClosed) return Promise.resolve(ended(id));
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#send(message(id));
    });
  }

  #send(message: ToStation): void {
    this.#port.postMessage(message);
  }
}
