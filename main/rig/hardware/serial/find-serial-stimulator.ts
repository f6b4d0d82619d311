// Picks ports that may be stimulators from what the system lists; runs in the serial-port thread and where one is opened. Pure.
import type { SerialProtocol, SerialStimulatorPort } from '../../../../common/contract/serial-stimulators.ts';
import type { ListedPort } from './serial-connection.ts';
import { SerialError } from './serial-error.ts';

/** The boards that the stimulators are built on, and what is spoken there. */
const boards: readonly { vendorId: number; productId: number; protocol: SerialProtocol }[] = [
  // Arduino Due, its native port.
  { vendorId: 0x2341, productId: 0x003e, protocol: 'pulse-pal-2' },
  // Teensy, as a serial port.
  { vendorId: 0x16c0, productId: 0x0483, protocol: 'stimjim' },
];

export function serialStimulatorsOf(ports: readonly ListedPort[]): SerialStimulatorPort[] {
  return ports.flatMap(({ path, serialNumber, vendorId, productId }) => {
    const board = boards.find((it) => it.vendorId === vendorId && it.productId === productId);
    return board === undefined ? [] : { path, ...(serialNumber === undefined ? {} : { serialNumber }), ...board };
  });
}

/** @returns the port with this serial number where `protocol` may be spoken @throws SerialError when there is not exactly one */
export function findSerialStimulator(
  ports: readonly SerialStimulatorPort[],
  protocol: SerialProtocol,
  serialNumber: string,
): SerialStimulatorPort {
  const candidates = ports.filter((port) => port.protocol === protocol);
  const meant = candidates.filter((port) => port.serialNumber === serialNumber);
  const [port] = meant;
  if (port === undefined) {
    const others = candidates.map((each) => each.serialNumber ?? 'one without a serial number').join(', ');
    const there = candidates.length === 0 ? 'none is connected' : `connected: ${others}`;
    throw new SerialError('not-found', `there is no ${protocol} with serial number ${serialNumber} (${there})`);
  }
  if (meant.length > 1)
    throw new SerialError('ambiguous-identity', `${meant.length} ports have serial number ${serialNumber}`);
  return port;
}
