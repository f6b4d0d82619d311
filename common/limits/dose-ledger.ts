// What is remembered of the dose of a probe across sessions: the ledger's file and what rig and recorder tell each other of it; used in both threads.
import { z } from 'zod';

/** Pulses and charge (of first phases) of an electrode. */
export interface DoseUsage {
  electrode: number;
  pulses: number;
  chargeFemtocoulombs: number;
}

/** What was given in the last day, before this session. */
export interface EarlierDose extends DoseUsage {
  /** How long ago, ns. */
  ageNs: number;
}

/** What is set aside of each electrode: pulses of the largest charge that its limits allow. */
export interface DoseReservation {
  pulses: number;
  /** fC by electrode number. */
  chargePerPulse: Readonly<Record<string, number>>;
}

const amount = z.strictObject({ pulses: z.int().min(0), chargeFemtocoulombs: z.number().min(0) });

export const doseLedgerSchema = z.strictObject({
  format: z.literal('exocortex-dose/1'),
  probe: z.string(),
  /** Hours since 1970, UTC; amounts by electrode number. */
  hours: z.array(z.strictObject({ hour: z.int(), electrodes: z.record(z.string(), amount) })),
  /** Set aside and not settled: after a kill it counts as given. */
  open: z
    .strictObject({ hour: z.int(), pulses: z.int().min(0), chargePerPulse: z.record(z.string(), z.number().min(0)) })
    .optional(),
});
export type DoseLedgerFile = z.infer<typeof doseLedgerSchema>;
