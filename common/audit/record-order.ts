// Checks the order of a journal's records: numbered without a gap, requested before permitted, permitted before delivered; used in every process.
import type { Fields, Struct, StructValue } from '../base/struct.ts';
import { limitsHashFromHex, limitsHashToHex } from '../device-protocol/limits-hash.ts';
import type { JournalFrame } from '../journal/frame.ts';
import * as records from '../journal/records.ts';
import { recordType } from '../journal/records.ts';
import type { LimitsRecord, SessionClosing, SessionOpening } from '../journal/session-documents.ts';
import type { AuditProblem } from './audit-problem.ts';

const delivered = 0;

/** Takes the frames of a journal one after the other; then `finish`. */
export class RecordOrder {
  readonly #file: string;
  readonly #problems: AuditProblem[];
  /** Requests whose fate is open, and the pulse number that they were permitted. */
  readonly #open = new Map<number, { permitted: number | undefined }>();
  /** First eight bytes, in hexadecimal, of the hash of every limits that were in force so far. */
  readonly #limits = new Set<string>();
  /** Request of the delivery record before, when the pulse was delivered. */
  #delivered: number | undefined;
  #expected = 0;
  #lastType: number | undefined;
  #opening: SessionOpening | undefined;
  #closing: SessionClosing | undefined;
  /** Records of each kind, whatever they were answered with. */
  readonly counts = { requests: 0, permits: 0, deliveries: 0 };

  constructor(file: string, problems: AuditProblem[]) {
    this.#file = file;
    this.#problems = problems;
  }

  get opening(): SessionOpening | undefined {
    return this.#opening;
  }

  get closing(): SessionClosing | undefined {
    return this.#closing;
  }

  take(frame: JournalFrame): void {
    const { sequence, type } = frame;
    if (sequence > this.#expected) this.#report(frame, `records ${this.#expected} to ${sequence - 1} are missing`);
    else if (sequence < this.#expected) this.#report(frame, `it stands behind record ${this.#expected - 1}`);
    this.#expected = sequence + 1;
    this.#lastType = type;
    this.#takeRecord(frame);
  }

  finish(): void {
    const cure = 'Run exocortex recover on the session, and find out why it is not whole';
    const say = (what: string) => this.#problems.push({ where: this.#file, what, cure });
    if (this.#opening === undefined) say('the journal has no opening record');
    if (this.#lastType !== recordType.closing)
      say('the journal does not end with its closing record: the session was killed, or its end was cut off');
  }

  #takeRecord(frame: JournalFrame): void {
    switch (frame.type) {
      case recordType.opening:
        this.#opening = this.#document<SessionOpening>(frame);
        return this.#noteLimits(this.#opening?.limits?.hash);
      case recordType.limits:
        return this.#noteLimits(this.#document<LimitsRecord>(frame)?.hash);
      case recordType.closing:
        this.#closing = this.#document<SessionClosing>(frame);
        return;
      case recordType.request:
        return this.#request(frame);
      case recordType.permit:
        return this.#permit(frame);
      case recordType.refusal:
        return this.#refusal(frame);
      case recordType.delivery:
        return this.#delivery(frame);
      case recordType.deliveryMeasure:
        return this.#measure(frame);
      default:
        return;
    }
  }

  #request(frame: JournalFrame): void {
    const value = this.#value(frame, records.request);
    if (value === undefined) return;
    this.counts.requests++;
    this.#open.set(value.request, { permitted: undefined });
  }

  #permit(frame: JournalFrame): void {
    const value = this.#value(frame, records.permit);
    if (value === undefined) return;
    this.counts.permits++;
    const open = this.#open.get(value.request);
    if (open === undefined) this.#accuse(frame, `request ${value.request} is permitted and was not asked before`);
    this.#open.set(value.request, { permitted: value.sequence });
  }

  #refusal(frame: JournalFrame): void {
    const value = this.#value(frame, records.refusal);
    if (value === undefined) return;
    if (!this.#open.delete(value.request))
      this.#accuse(frame, `request ${value.request} is refused and was not asked before`);
  }

  #delivery(frame: JournalFrame): void {
    const value = this.#value(frame, records.delivery);
    if (value === undefined) return;
    this.counts.deliveries++;
    const { request, sequence } = value;
    const permitted = this.#open.get(request)?.permitted;
    if (permitted === undefined) this.#accuse(frame, `pulse ${sequence} for request ${request} had no permit`);
    else if (permitted !== sequence)
      this.#accuse(frame, `request ${request} was permitted as pulse ${permitted} and answered as pulse ${sequence}`);
    this.#open.delete(request);
    this.#delivered = value.outcome === delivered ? request : undefined;
  }

  #measure(frame: JournalFrame): void {
    const value = records.isWithoutResidual(frame.payload.length)
      ? this.#value(frame, records.deliveryMeasureWithoutResidual)
      : this.#value(frame, records.deliveryMeasure);
    if (value === undefined || value.request !== this.#delivered) return;
    const hash = limitsHashToHex({ high: value.limitsHashHigh, low: value.limitsHashLow });
    if (!this.#limits.has(hash))
      this.#accuse(
        frame,
        `request ${value.request} was delivered under limits ${hash}…, which were never in force here`,
      );
  }

  #noteLimits(hash: string | undefined): void {
    if (typeof hash === 'string') this.#limits.add(limitsHashToHex(limitsHashFromHex(hash)));
  }

  #value<F extends Fields>(frame: JournalFrame, layout: Struct<F>): StructValue<F> | undefined {
    const { payload } = frame;
    if (payload.length >= layout.bytes)
      return layout.read(new DataView(payload.buffer, payload.byteOffset, payload.length), 0);
    this.#report(frame, `it has ${payload.length} bytes and needs ${layout.bytes}`);
    return undefined;
  }

  /** A JSON record. Its checksum was right, but only what is asked for is sure to be there. */
  #document<T>(frame: JournalFrame): T | undefined {
    try {
      return JSON.parse(new TextDecoder().decode(frame.payload)) as T;
    } catch {
      this.#report(frame, 'it is not JSON');
      return undefined;
    }
  }

  #report(frame: JournalFrame, what: string): void {
    this.#say(frame, what, 'Put the journal back from a copy');
  }

  #accuse(frame: JournalFrame, what: string): void {
    const cure = 'Keep this session and report it: it is a defect, or the journal was forged';
    this.#say(frame, what, cure);
  }

  #say({ sequence }: JournalFrame, what: string, cure: string): void {
    this.#problems.push({ where: `${this.#file}, record ${sequence}`, what, cure });
  }
}
