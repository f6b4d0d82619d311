// An entry of the station's audit log: what it says, and the shape by which a reader knows one; used in every process.
import { z } from 'zod';

/** Everything that the log keeps. A name is never given a second meaning. */
export const auditEvents = [
  'program-started',
  'program-ended',
  'rig-connected',
  'rig-disconnected',
  /** A transition of the interlock; detail: from, to, cause, message, session. */
  'state',
  'arm-requested',
  'arm-confirmed',
  'arm-refused',
  /** The first cause; detail: code, message, value, bound, unit, electrode. */
  'trip',
  'further-cause',
  'acknowledged',
  'reset',
  'limits-in-force',
  'limits-tightened',
  'session-started',
  'session-ended',
  /** The manifest of a session was signed; detail: session, folder, files (how many), sha256 of `filesText`. */
  'session-sealed',
  /** A note on a session was written after it; detail: session, number, sha256 of its line. */
  'session-note',
  /** A session was signed off; detail: session, verdict, statement, manifest (SHA-256 of the file), notes (hash of the newest). */
  'session-signed-off',
  'command-refused',
  'forged-frame',
  /** Signs the entry before it; see checkpoint.ts. */
  'checkpoint',
  /** Says what of earlier entries is not as it should be. Nothing is ever changed in place. */
  'correction',
] as const;
export type AuditEvent = (typeof auditEvents)[number];

/** Plain values by name. */
export type AuditDetail = Readonly<Record<string, string | number | boolean>>;

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Without other keys: what an entry says is all that its hash stands for. */
export const auditEntrySchema = z.strictObject({
  /** From 1 on, across segments, without a gap. */
  seq: z.int().min(1),
  /** Monotonic time of this computer. */
  hostNs: z.number(),
  /** The stimulator's own time, where it is known. */
  deviceMicroseconds: z.number().optional(),
  /** Identity of this start of the program. */
  boot: z.string().min(1),
  /** Wall clock, ISO 8601 in UTC: an annotation, it may be set back. */
  wall: z.iso.datetime(),
  actor: z.string(),
  /** What the actor acted as. */
  role: z.enum(['program', 'operator']),
  event: z.enum(auditEvents),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** SHA-256 of the limits in force. */
  limitsHash: z.string().optional(),
  /** Version of the program that wrote the entry. */
  build: z.string(),
  /** Hash of the entry before it; zeros in the very first. */
  prev: sha256Hex,
  /** SHA-256 of the canonical form of everything else. */
  hash: sha256Hex,
});
export type AuditEntry = Readonly<z.infer<typeof auditEntrySchema>>;

/** Who acts when nobody gave a command. */
export const programActor = 'rig';

/** What whoever notes something says of it; number, time and chain are added by the writer. */
export interface AuditNote {
  readonly event: AuditEvent;
  readonly detail: AuditDetail;
  /** `programActor`, or who gave the command. */
  readonly actor: string;
  readonly deviceMicroseconds?: number;
  readonly limitsHash?: string;
}
