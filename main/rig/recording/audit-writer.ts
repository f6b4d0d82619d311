// Writes the station's audit log: numbered, chained, appended and never changed, signed every minute. Recorder thread.
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditNote, programActor } from '../../../common/audit/audit-entry.ts';
import { checkpointText } from '../../../common/audit/checkpoint.ts';
import { sealEntry, writableDetail, writableText } from '../../../common/audit/seal-entry.ts';
import { lineMaxBytes, segmentMaxBytes } from '../../../common/audit/segment.ts';
import { auditFolderName } from '../../../common/audit/station-files.ts';
import { type Disposable, DisposableStore } from '../../../common/base/disposable.ts';
import type { AuditMark } from '../../../common/journal/session-documents.ts';
import { openStationKey, type StationKey, verifySignature } from './audit-key.ts';
import { takeAuditLock } from './audit-lock.ts';
import { AuditSegment } from './audit-segment.ts';
import { type AuditTail, openAuditTail } from './audit-tail.ts';

const signEveryNs = 60e9;
const signEveryEntries = 1000;

export interface AuditSurroundings {
  /** Station folder; made when it is not there. */
  readonly folder: string;
  /** Names this start of the program; not used before. */
  readonly boot: string;
  /** Version of the program. */
  readonly build: string;
  /** Monotonic, shared by the processes of this computer. */
  nowNs(): number;
  /** ISO 8601 in UTC. */
  wall(): string;
}

/** Lower-case hexadecimal, of the text as UTF-8. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * One open log; it holds the lock of the log until it is closed. Every method throws an Error when what it says is not in the
 * log, and after that every method does: a log that cannot be written must not be worked with.
 */
export class AuditWriter {
  readonly #around: AuditSurroundings;
  readonly #folder: string;
  readonly #key: StationKey;
  readonly #owner = new DisposableStore();
  #segment: AuditSegment;
  #newest: AuditMark;
  /** Entries since the last checkpoint, and when the first of them was written. */
  #unsigned = 0;
  #unsignedSinceNs = 0;
  #failure: unknown;

  /**
   * Begins a new segment behind what is there. A torn end is set aside, and that is noted first.
   * @throws Error when log, key or folder cannot be used, or another program holds the lock.
   */
  constructor(around: AuditSurroundings) {
    this.#around = around;
    this.#folder = join(around.folder, auditFolderName);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const { boot, nowNs } = around;
    this.#owner.add(takeAuditLock(this.#folder, { pid: process.pid, boot, hostNs: nowNs() }));
    try {
      const tail = openAuditTail(this.#folder, { sha256, verifySignature });
      this.#key = openStationKey(around.folder);
      this.#newest = tail.newest;
      this.#segment = new AuditSegment(this.#folder, tail.segment + 1);
      this.#owner.add(this.#closing());
      this.#correct(tail);
    } catch (error) {
      this.#owner.dispose();
      throw error;
    }
  }

  /** Newest entry; undefined while the log is empty. */
  get mark(): AuditMark | undefined {
    return this.#newest.seq === 0 ? undefined : this.#newest;
  }

  /** The station's own key. */
  get key(): StationKey {
    return this.#key;
  }

  /**
   * @param isDurable whether the entry, and all before it, must be on disk for good when this returns.
   * @returns the entry's own mark: a checkpoint may follow it at once.
   */
  append(note: AuditNote, isDurable: boolean): AuditMark {
    return this.#guarded(() => {
      const mark = this.#write(note);
      if (this.#isCheckpointDue) this.#sign();
      else if (isDurable) this.#segment.sync();
      return mark;
    });
  }

  /** Signs the newest entry when entries have waited for a minute: to be called now and then. */
  checkpointIfDue(): void {
    if (this.#isCheckpointDue) this.checkpoint();
  }

  /** Signs the newest entry, unless it is a signature itself. Everything is on disk for good when this returns. */
  checkpoint(): void {
    this.#guarded(() => {
      if (this.#unsigned > 0) this.#sign();
    });
  }

  /** Signs what is not signed yet and releases the log; also after a failure, which it throws again. */
  close(): void {
    try {
      this.checkpoint();
    } finally {
      this.#owner.dispose();
    }
  }

  get #isCheckpointDue(): boolean {
    const waitedNs = this.#around.nowNs() - this.#unsignedSinceNs;
    return this.#unsigned >= signEveryEntries || (this.#unsigned > 0 && waitedNs >= signEveryNs);
  }

  /** A write that failed may have left half an entry, which nothing may follow. */
  #guarded<T>(act: () => T): T {
    if (this.#failure !== undefined)
      throw new Error(`the audit log has failed before: ${String(this.#failure)}`, { cause: this.#failure });
    try {
      return act();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  /** What the log has to say of itself before anything else. */
  #correct({ torn, newest }: AuditTail): void {
    const note = { event: 'correction', actor: programActor } as const;
    if (torn !== undefined) this.append({ ...note, detail: torn }, true);
    const { isNew, publicKey } = this.#key;
    if (!isNew || newest.seq === 0) return;
    this.append({ ...note, detail: { what: 'the station’s key was gone and has been made anew', publicKey } }, true);
  }

  #sign(): void {
    const { publicKey } = this.#key;
    const signature = this.#key.sign(checkpointText(this.#newest));
    this.#write({ event: 'checkpoint', actor: programActor, detail: { publicKey, signature } });
    this.#unsigned = 0;
    this.#segment.sync();
  }

  #write({ event, actor, detail, deviceMicroseconds, limitsHash }: AuditNote): AuditMark {
    const { boot, build, nowNs, wall } = this.#around;
    const hostNs = nowNs();
    const seq = this.#newest.seq + 1;
    const content = {
      seq,
      hostNs,
      ...(deviceMicroseconds === undefined ? {} : { deviceMicroseconds }),
      boot,
      wall: wall(),
      actor: writableText(actor),
      role: actor === programActor ? 'program' : 'operator',
      event,
      detail: writableDetail(detail),
      ...(limitsHash === undefined ? {} : { limitsHash }),
      build,
      prev: this.#newest.hash,
    } as const;
    const { hash, line } = sealEntry(content, sha256);
    this.#append(Buffer.from(`${line}\n`));
    this.#newest = { seq, hash };
    if (this.#unsigned === 0) this.#unsignedSinceNs = hostNs;
    this.#unsigned++;
    return this.#newest;
  }

  #append(line: Uint8Array): void {
    if (line.length > lineMaxBytes)
      throw new Error(`an entry of ${line.length} bytes is too long for the audit log, which takes ${lineMaxBytes}`);
    if (this.#segment.bytes + line.length > segmentMaxBytes) this.#beginSegment();
    this.#segment.append(line);
  }

  #beginSegment(): void {
    const full = this.#segment;
    full.sync();
    this.#segment = new AuditSegment(this.#folder, full.number + 1);
    full.close();
  }

  #closing(): Disposable {
    return { dispose: () => this.#segment.close() };
  }
}
