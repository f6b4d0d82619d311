// Reads what the simulated station's log says as the program does at its start.
import type { AuditDetail, AuditEntry, AuditEvent } from '../../common/audit/audit-entry.ts';
import { LastState } from '../../common/audit/last-state.ts';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';

export function leftCause(entries: readonly { event: AuditEvent; detail: AuditDetail }[]): CarriedCause | undefined {
  const state = new LastState();
  for (const entry of entries) state.take({ ...entry, wall: '' } as AuditEntry);
  return state.left;
}
