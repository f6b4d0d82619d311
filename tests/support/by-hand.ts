// A session in which the operator's hand gives the pulses, for the integration tests.
import { armPatiently, type Lab } from './lab.ts';

/** Connects, arms and records. @throws TooBusy where this computer is */
export async function recordArmed({ operator }: Lab, file: string): Promise<void> {
  await operator.connect(file, 'real-time');
  await armPatiently(operator);
  await operator.give('run.start', { operator: 'test' });
  await operator.until(({ session }) => session.stage === 'recording', 10, 'the recording');
}

/** The interlock is told at its next look, a few ms later. */
export async function hold({ operator }: Lab, isHeld = true): Promise<void> {
  await operator.give('presence.confirm', { isHeld });
  await operator.until(({ interlock: { presence } }) => presence.isHeld === isHeld, 2, 'the hand');
}

export const fire = ({ operator }: Lab, stimulus: string) => operator.give('stimulus.test', { stimulus });

/** As long as a stimulator without a lease rests between two pulses. */
export const second = () => new Promise((resolve) => setTimeout(resolve, 1050));
