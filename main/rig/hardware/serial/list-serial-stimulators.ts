// Lists the ports that may be serial stimulators, or says why it cannot; runs in the serial-port thread.
import type { SerialFault, SerialStimulatorPort } from '../../../../common/contract/serial-stimulators.ts';
import { serialStimulatorsOf } from './find-serial-stimulator.ts';
import { loadSerialPorts } from './load-serial-ports.ts';
import { SerialError } from './serial-error.ts';

export async function listSerialStimulators(load = loadSerialPorts): Promise<SerialStimulatorPort[] | SerialFault> {
  const ports = await load();
  if ('unsupported' in ports) return new SerialError('unsupported', ports.unsupported).fault;
  try {
    return serialStimulatorsOf(await ports.list());
  } catch (error) {
    return new SerialError('enumeration-failed', `the system does not list its serial ports (${String(error)})`).fault;
  }
}
