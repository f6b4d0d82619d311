// The digital inputs that a session recorded, by their names; pure; analysis process.
import type { DigitalInput } from '../../common/experiment/digital-inputs.ts';
import type { SessionOpening } from '../../common/journal/session-documents.ts';

/** @returns none for sessions of earlier versions, which name none */
export function digitalInputsOf({ checked }: SessionOpening): readonly DigitalInput[] {
  return (checked.experiment as { digitalInputs?: readonly DigitalInput[] }).digitalInputs ?? [];
}
