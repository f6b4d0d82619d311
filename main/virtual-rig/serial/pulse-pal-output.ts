// One output of an emulated Pulse Pal: the cycles of a train of pulses after a trigger, as firmware 2.0.1 plays it, without bursts and custom trains.
import type { Waveform } from './virtual-serial-device.ts';

export interface PulsePalOutput {
  /** Cycles of 50 µs: phase 1, gap, phase 2, between pulses, burst, between bursts, train, delay. */
  readonly times: readonly number[];
  /** Codes of the converter: phase 1, phase 2, resting. */
  readonly volts: readonly number[];
  /** Biphasic, custom train, its target, its loop. */
  readonly modes: readonly number[];
}

/** A train that does not end is played for so many cycles. */
const cyclesMax = 200_000;

type State = 'between' | 'phase 1' | 'gap' | 'phase 2';

/**
 * The firmware compares its clock with the one moment at which the state changes next: a duration of 0 is missed and lasts for ever. The
 * end of a train cuts what is being played.
 */
export function playTrain({ times, volts, modes }: PulsePalOutput, isLooping: boolean): Waveform {
  const [phase1 = 0, gap = 0, phase2 = 0, between = 0, , , train = 0] = times;
  const [first = 0, second = 0, resting = 0] = volts;
  const isBiphasic = modes[0] === 1;
  const waveform: { level: number; duration: number }[] = [];
  let state: State = 'between';
  let nextChange = 0;
  let level = resting;
  for (let cycle = 0; cycle < cyclesMax; cycle++) {
    if (cycle === nextChange) {
      const enter = (next: State, newLevel: number, duration: number) => {
        [state, level, nextChange] = [next, newLevel, cycle + duration];
      };
      // From the end of a pulse at once into the next one, where nothing lies between.
      const endPulse = () => (between === 0 ? enter('phase 1', first, phase1) : enter('between', resting, between));
      if (state === 'between') enter('phase 1', first, phase1);
      else if (state === 'phase 1' && !isBiphasic) endPulse();
      else if (state === 'phase 1' && gap > 0) enter('gap', resting, gap);
      else if (state === 'phase 1' || state === 'gap') enter('phase 2', second, phase2);
      else endPulse();
    }
    if (cycle === train && !isLooping) break;
    const last = waveform.at(-1);
    if (last?.level === level) last.duration++;
    else waveform.push({ level, duration: 1 });
  }
  return waveform;
}
