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
  /** The second phase carries so many thousandths more than the first. */
  z.strictObject({ fault: z.literal('imbalance'), atSample, permille: z.int().min(-1000).max(1000), pulses }),
  /** The output stage runs out of voltage. */
  z.strictObject({ fault: z.literal('saturate'), atSample, pulses }),
  /** Both phases have the opposite sign. */
  z.strictObject({ fault: z.literal('wrong-polarity'), atSample, pulses }),
  /** So many thousandths of the amplitude are delivered; the acknowledgement repeats what was asked. */
  z.strictObject({ fault: z.literal('wrong-scale'), atSample, permille: z.int().min(0).max(1_000_000), pulses }),
  /** The emergency stop is pressed or released. */
  z.strictObject({ fault: z.literal('emergency-stop'), atSample, isPressed: z.boolean() }),
  /** An electrode breaks, or is short: its impedance from now on. */
  z.strictObject({
    fault: z.literal('open-electrode'),
    atSample,
    electrode: z.int().min(0),
    ohms: z.int().min(0).max(1_000_000_000),
  }),
  /** An electrode stays at this voltage although it is shorted between pulses, beside what pulses leave on it; 0 ends it. */
  z.strictObject({
    fault: z.literal('polarised-electrode'),
    atSample,
    electrode: z.int().min(0),
    millivolts: z.int().min(-2000).max(2000),
  }),
  /** The device's clock jumps. */
  z.strictObject({ fault: z.literal('clock-step'), atSample, milliseconds: z.int().min(-600_000).max(600_000) }),
  /** The device's clock runs faster or slower from now on. */
  z.strictObject({ fault: z.literal('clock-drift'), atSample, partsPerMillion: z.int().min(-100_000).max(100_000) }),
  /** The device restarts: output off, a new boot number, its clock at 0. What it has burned stays burned. */
  z.strictObject({ fault: z.literal('reboot'), atSample }),
  /** Nothing is processed for so long; the device's hardware watchdog turns its output off. */
  z.strictObject({ fault: z.literal('firmware-hang'), atSample, milliseconds }),
  /** A current is measured although the output is off. */
  z.strictObject({
    fault: z.literal('stuck-output'),
    atSample,
    nanoamps: z.int().min(-100_000).max(100_000),
    milliseconds,
  }),
  /** Neither status nor acknowledgement is sent for so long. */
  z.strictObject({ fault: z.literal('silent-status'), atSample, milliseconds }),
  /** Somebody switches the device's own safety off. */
  z.strictObject({ fault: z.literal('safety-disabled'), atSample }),
  z.strictObject({ fault: z.literal('over-temperature'), atSample, decidegrees: z.int().min(0).max(2000) }),
  /** The converter's step is another one than the device was delivered with. */
  z.strictObject({ fault: z.literal('step-size'), atSample, nanoamps: z.int().min(1).max(100_000) }),
  /** So many outgoing messages have a bit flipped. */
  z.strictObject({ fault: z.literal('corrupt-frames'), atSample, frames: z.int().min(1).max(1000) }),
]);

export type VirtualFault = z.infer<typeof virtualFaultSchema>;
/** A fault as it is written by hand: what has a default may be left out. */
export type VirtualFaultRequest = z.input<typeof virtualFaultSchema>;
