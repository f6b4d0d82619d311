// How the simulation fails; rig thread and simulation process.
import { z } from 'zod';

/**
 * 'network-too-large': it does not fit into memory. 'saturated': a potential, a drive or a trace has left the range of its whole numbers.
 * 'state-unusable': a saved state cannot be gone on from.
 * 'too-many-spikes': more of them in one answer than a message holds. 'gpu-lost': the graphics processor or its driver is gone.
 * 'gpu-out-of-memory': it has no room. 'gpu-kernel-refused': its driver does not take a shader. 'gpu-no-answer': no result came in time.
 * 'gpu-failed': it reports an error. 'protocol': what came is not a message. 'defect': a mistake of the program.
 */
export const simulationFaultCodes = [
  'network-too-large',
  'saturated',
  'state-unusable',
  'too-many-spikes',
  'gpu-lost',
  'gpu-out-of-memory',
  'gpu-kernel-refused',
  'gpu-no-answer',
  'gpu-failed',
  'protocol',
  'defect',
] as const;
export type SimulationFaultCode = (typeof simulationFaultCodes)[number];

export const simulationFaultSchema = z.strictObject({
  code: z.enum(simulationFaultCodes),
  /** What happened, to what, with numbers. */
  text: z.string(),
});

/** The simulation failed and ends; the rig disarms. */
export type SimulationFault = z.output<typeof simulationFaultSchema>;

/** A fault on its way to where it is reported. */
export class SimulationFaultError extends Error implements SimulationFault {
  override readonly name = 'SimulationFaultError';
  readonly code: SimulationFaultCode;

  constructor({ code, text }: SimulationFault) {
    super(text);
    this.code = code;
  }

  get text(): string {
    return this.message;
  }
}
