// What the stimulator does now, as it says itself: known with its age, or unknown. Runs in the page.
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { ago, capitalized, measuredCurrent } from './format.ts';

/** What the device said longer ago is no longer shown as true, ms. */
export const deviceUnknownAfterMs = 1000;

export type Output =
  | { kind: 'nothing-connected' }
  /** `forMs`: since the device was last heard; undefined: it has not been heard at all. */
  | { kind: 'unknown'; forMs: number | undefined }
  /** Of a stimulator without a lease: the switch is this program's, and nothing is measured. */
  | { kind: 'by-hand'; isOn: boolean }
  | { kind: 'known'; isOn: boolean; microamps: number; agoMs: number };

/** @returns how long ago the device spoke, ms. `ageMs` is the age of the status itself. */
export function deviceAgeMs({ interlock }: RigStatus, ageMs: number): number {
  return interlock.outputConfirmedAgoMilliseconds + ageMs;
}

/** @param ageMs age of the status: it adds to the age of what the device said. */
export function readOutput(status: RigStatus, ageMs: number): Output {
  const { isOutputOn, outputMicroamps, state, presence } = status.interlock;
  const isConnected = status.session.stage !== 'idle' && status.session.stage !== 'connecting';
  // A rig that tripped and is not connected may still have a stimulator at the tissue.
  if (!isConnected && isOutputOn === null)
    return state === 'safe' ? { kind: 'nothing-connected' } : { kind: 'unknown', forMs: undefined };
  const agoMs = deviceAgeMs(status, ageMs);
  if (presence.isDeadMan && isOutputOn !== null && agoMs <= deviceUnknownAfterMs)
    return { kind: 'by-hand', isOn: isOutputOn };
  if (isOutputOn === null || outputMicroamps === null || !(agoMs <= deviceUnknownAfterMs))
    return { kind: 'unknown', forMs: agoMs };
  return { kind: 'known', isOn: isOutputOn, microamps: outputMicroamps, agoMs };
}

/** @returns the two lines of the state bar: what the output does, and when the device said so. */
export function outputLines(output: Output): [output: string, confirmation: string] {
  switch (output.kind) {
    case 'nothing-connected':
      return ['nothing connected', 'no output to confirm'];
    case 'unknown':
      return [
        'output UNKNOWN',
        output.forMs === undefined ? 'no stimulator is connected' : `not confirmed for ${ago(output.forMs)}`,
      ];
    case 'by-hand':
      return [`output ${output.isOn ? 'on, by hand only' : 'off'}`, 'switched here, nothing measured'];
    case 'known':
      return [
        `output ${output.isOn ? 'on' : 'off'}, ${measuredCurrent(output.microamps)} measured`,
        `confirmed ${ago(output.agoMs)} ago`,
      ];
  }
}

/** @returns the same as a sentence of the trip card. */
export function outputSentence(output: Output): string {
  switch (output.kind) {
    case 'nothing-connected':
      return 'Nothing connected';
    case 'unknown':
      return output.forMs === undefined
        ? 'UNKNOWN: no stimulator is connected'
        : `UNKNOWN for ${ago(output.forMs)}: the stimulator has not been heard`;
    case 'by-hand':
      return `Output ${output.isOn ? 'ON, by hand only' : 'off'}: switched by this program; the stimulator measures nothing`;
    case 'known':
      return capitalized(
        `${output.isOn ? 'output ON, confirmed' : 'confirmed off'} ${ago(output.agoMs)} ago, ${measuredCurrent(output.microamps)} measured`,
      );
  }
}
