// Messages between the rig thread and the recorder thread about what belongs to the station and not to a session: audit log, dose ledger, devices.
import type { AuditDetail, AuditEvent } from '../../../common/audit/audit-entry.ts';
import type { AuditMark } from '../../../common/journal/session-documents.ts';
import type { DoseReservation, DoseUsage, EarlierDose } from '../../../common/limits/dose-ledger.ts';
import type { DeviceNews, RememberedDevice } from '../../../common/limits/remembered-device.ts';
import type { SessionSeal } from './seal-session.ts';

/** An entry before it is numbered and chained. */
export interface AuditDraft {
  event: AuditEvent;
  detail: AuditDetail;
  actor: string;
  limitsHash?: string;
  /** Device time, where it is known. */
  deviceMicroseconds?: number;
}

export type ToStation =
  /** `id` 0: nobody waits for an answer. */
  | { kind: 'audit'; id: number; draft: AuditDraft; isDurable: boolean }
  | { kind: 'open-dose'; id: number; probe: string }
  | { kind: 'open-device'; id: number; serial: string }
  | { kind: 'note-device'; id: number; news: DeviceNews }
  | { kind: 'settle-dose'; id: number; usage: DoseUsage[]; reservation: DoseReservation | undefined }
  | { kind: 'seal'; id: number; seal: SessionSeal }
  | { kind: 'end' };

export type FromStation =
  /** `problem`: why it is not done, in words; `written`: the entry of the audit log that was asked for. */
  | {
      kind: 'done';
      id: number;
      problem?: string;
      earlier?: EarlierDose[];
      device?: RememberedDevice;
      written?: AuditMark;
    }
  /** Newest entry of the audit log. */
  | { kind: 'mark'; mark: AuditMark }
  /** Something that nobody waits for could not be written. */
  | { kind: 'failed'; message: string };
