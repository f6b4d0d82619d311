// What ends the line to a serial stimulator, as an error of the step that met it, with what to do; runs in the main thread of a program of its own.
import type { SerialFault, SerialFaultCode } from '../../../../common/contract/serial-stimulators.ts';

/** A step that the device or its line made impossible. The line has ended. */
export class SerialError extends Error {
  override readonly name = 'SerialError';
  readonly fault: SerialFault;

  constructor(code: SerialFaultCode, what: string) {
    const message = `${what}: ${serialRemedies[code]}`;
    super(message);
    this.fault = { code, message };
  }
}

const connectAgain = 'check its cable, turn it off and on, and connect again';

/** What a person does about it. */
const serialRemedies: Record<SerialFaultCode, string> = {
  'not-found': 'plug it in, or correct the serial number',
  'ambiguous-identity': 'unplug all but the one that is meant',
  unsupported: 'see docs/serial-stimulators.md for what the system must have',
  'enumeration-failed': 'see docs/serial-stimulators.md for what the system must have',
  'open-failed': 'close other programs that use it, and see docs/serial-stimulators.md for the right to open it',
  unplugged: 'plug it in and connect again',
  'write-failed': connectAgain,
  'no-answer': connectAgain,
  'half-answer': connectAgain,
  'answer-not-understood': connectAgain,
  'unexpected-bytes': 'end other programs that speak to it, such as a modem manager, and connect again',
  'wrong-device': 'choose the port of the stimulator, and load the firmware that docs/serial-stimulators.md names',
  'device-unfit': 'have it repaired',
  'setting-not-taken': 'leave the knobs of the device alone, and connect again',
  'delivered-otherwise': 'look at electrode and wiring: the voltage may not have sufficed; then connect again',
  'not-delivered': connectAgain,
  stopped: 'connect again to go on',
};
