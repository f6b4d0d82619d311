// The faults that the virtual rig plays on request: by a control message or as an argument at its start.
import { z } from 'zod';

/** Sample index at which the fault begins; without it, at once. */
const atSample = z.int().min(0).optional();
const blocks = z.int().min(1).max(1_000_000);
const milliseconds = z.int().min(1).max(600_000);
/** How many of the following pulses are concerned. */
const pulses = z.int().min(1).max(1_000_000).default(1);

export const virtualFaultSchema = z.discriminatedUnion('fault', [
  /** All sockets close; nobody can connect any more. */
  z.strictObject({ fault: z.literal('unplug'), atSample }),
  /** So many blocks are never sent; the sample index jumps. */
  z.strictObject({ fault: z.literal('lost-samples'), atSample, blocks }),
  /** No blocks for so long, then all that were acquired meanwhile. */
  z.strictObject({ fault: z.literal('stall'), atSample, milliseconds }),
  /** Every electrode repeats its last value for so many blocks. */
  z.strictObject({ fault: z.literal('freeze'), atSample, blocks }),
  /** The pulse is delivered and the acknowledgement names another sequence number or amplitude. */
  z.strictObject({
    fault: z.literal('wrong-acknowledgement'),
    atSample,
    field: z.enum(['sequence', 'amplitude']),
    pulses,
  }),
  /** The pulse is delivered and never acknowledged. */
  z.strictObject({ fault: z.literal('no-acknowledgement'), atSample, pulses }),
  /** The pulse is refused with 'refused-on-request'. */
  z.strictObject({ fault: z.literal('refuse'), atSample, pulses }),
  /** The pulse is delivered and acknowledged so much later. */
  z.strictObject({ fault: z.literal('slow-acknowledgement'), atSample, milliseconds, pulses }),
]);

export type VirtualFault = z.infer<typeof virtualFaultSchema>;
/** A fault as it is written by hand: what has a default may be left out. */
export type VirtualFaultRequest = z.input<typeof virtualFaultSchema>;
