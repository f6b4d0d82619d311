// The causes that a person chooses from when acknowledging a trip. Runs in the page.
import { type FaultCode, faultCodes } from '../../common/contract/faults.ts';

/** One common fault of each part of the rig, so that a choice is always a choice. */
const common: readonly FaultCode[] = [
  'late-ticks',
  'samples-lost',
  'simulation-closed',
  'recorder-full',
  'no-acknowledgement',
  'refusals',
];
const choices = 5;

/**
 * @param first the cause that tripped the rig.
 * @param further what followed from it; plausible and wrong.
 * @returns the first cause among others, in the order of the contract: place and order give nothing away.
 */
export function causeChoices(first: FaultCode, further: readonly FaultCode[]): FaultCode[] {
  const chosen = new Set<FaultCode>([first]);
  for (const code of [...further, ...common]) if (chosen.size < choices) chosen.add(code);
  return faultCodes.filter((code) => chosen.has(code));
}
