// Decides whether a report of an input means rest, a press, or cannot be told. Stop-input thread; pure.
import type { StopInputMapping, StopInputReading } from '../../../common/contract/stop-inputs.ts';

/**
 * Without a mapping only a report of zeros is rest: that is what keyboards, and pedals that behave as one, send when nothing is pressed.
 * Resting reports are not learned, because a pedal that is held while it is plugged in would teach the wrong one.
 */
export function readReport(report: Uint8Array, mapping?: StopInputMapping): StopInputReading {
  if (mapping === undefined) return readUnmapped(report);
  const value = report[mapping.byte];
  if (value === undefined) return 'unknown';
  const isPressed = ((mapping.pressedWhen === 'set' ? value : ~value) & mapping.mask) !== 0;
  return isPressed ? 'pressed' : 'rest';
}

function readUnmapped(report: Uint8Array): StopInputReading {
  for (let index = 1; index < report.length; index++) if (report[index] !== 0) return 'pressed';
  if (report.length === 0) return 'unknown';
  if (report[0] === 0) return 'rest';
  // Zeros behind a first byte that is none: the number of a resting report, or a key such as Ctrl that is held.
  return report.length === 1 ? 'pressed' : 'unknown';
}
