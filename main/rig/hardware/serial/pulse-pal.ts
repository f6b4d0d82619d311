// Pulse Pal 2 over its USB serial port: voltages, which a stimulus isolator turns into currents; runs in the main thread of a program of its own.
// Source of every byte: sanworks/PulsePal, Firmware/PulsePal_2_0_1 (firmware number 21).
import type { ExactPulse } from './exact-pulse.ts';
import type { Reading, SerialLine } from './serial-line.ts';
import {
  channelCount,
  codesPerStep,
  cycleMicroseconds,
  fileByteCount,
  firstDifference,
  programBytes,
} from './pulse-pal-program.ts';
import type { PulseReport, StimulatorProtocol } from './stimulator-protocol.ts';

/** Each command begins with it. */
const menu = 213;
const op = { handshake: 72, program: 73, trigger: 77, abort: 80, loop: 82, readFile: 85, settingsFile: 90 } as const;
const acknowledged = 1;
const handshakeAnswer = 75;
/** 20 is firmware 2.0.0; below it are boards of the first generation, with other commands. */
const knownFirmware = 21;
const saveSettings = 1;
/** On the device's card, beside the laboratory's own. */
const settingsFileName = Buffer.from('exocortx.pps', 'latin1');

/** 20 V in 12 bits. */
const voltsPerStep = (20 * codesPerStep) / 65_536;

export interface PulsePalOptions {
  /** Of the isolator that is connected, whose output is positive where its input is. Nobody but the operator can know it. */
  readonly microampsPerVolt: number;
}

export class PulsePal implements StimulatorProtocol {
  readonly name = 'Pulse Pal 2';
  readonly firmware = `2.0.1 (number ${knownFirmware})`;
  readonly range;
  readonly stop = Uint8Array.of(menu, op.abort);

  /** @throws RangeError when the isolator's gain is no positive number */
  constructor({ microampsPerVolt }: PulsePalOptions) {
    if (!(microampsPerVolt > 0 && microampsPerVolt < Infinity))
      throw new RangeError(`the gain of the isolator is a number of µA per V above 0, not ${microampsPerVolt}`);
    this.range = {
      channels: channelCount,
      stepMicroamps: voltsPerStep * microampsPerVolt,
      stepsMin: 1,
      stepsMinReason: 'one step of the converter',
      stepsMax: 2047,
      gridMicroseconds: cycleMicroseconds,
      phaseMicrosecondsMin: 100,
    };
  }

  async identify(line: SerialLine): Promise<void> {
    const firmware = await line.ask(Uint8Array.of(menu, op.handshake), readHandshake);
    if (firmware !== knownFirmware)
      throw line.end('wrong-device', `the Pulse Pal has firmware number ${firmware}, not ${knownFirmware}`);
  }

  async clear(line: SerialLine): Promise<void> {
    for (let channel = 1; channel <= channelCount; channel++) await endLoop(line, channel);
    await this.upload(line, []);
  }

  async upload(line: SerialLine, prepared: readonly ExactPulse[]): Promise<void> {
    // Whole in one write: what does not come within 500 ms the firmware takes for zeros, and it waits for somebody to click its joystick.
    await line.ask(Uint8Array.of(menu, op.program, ...programBytes(prepared)), readAcknowledgement);
  }

  /** There is no command that reads parameters: the device saves them to its card, and sends that file. */
  difference(line: SerialLine, prepared: readonly ExactPulse[]): Promise<string | undefined> {
    const save = [menu, op.settingsFile, saveSettings, settingsFileName.length, ...settingsFileName];
    return line.ask(Uint8Array.of(...save, menu, op.readFile), (bytes) =>
      whole(bytes, fileByteCount, () => ({ answer: firstDifference(prepared, bytes) })),
    );
  }

  /** Somebody may have turned looping on at the device; that is no parameter and cannot be read. */
  async settle(line: SerialLine, { channel }: ExactPulse): Promise<void> {
    await endLoop(line, channel);
  }

  /** The device says nothing about a pulse. It answers the handshake that follows, so it has read the trigger. */
  async fire(line: SerialLine, { channel }: ExactPulse): Promise<PulseReport> {
    await line.ask(Uint8Array.of(menu, op.trigger, 1 << (channel - 1), menu, op.handshake), readHandshake);
    return { measuredMicroamps: undefined };
  }
}

/** Ends what the channel plays, and playing for ever. */
async function endLoop(line: SerialLine, channel: number): Promise<void> {
  await line.ask(Uint8Array.of(menu, op.loop, channel, 0), readAcknowledgement);
}

function whole<T>(bytes: Uint8Array, length: number, read: () => Reading<T>): Reading<T> {
  if (bytes.length < length) return 'incomplete';
  return bytes.length > length ? 'wrong' : read();
}

/** @returns the number of the firmware */
export function readHandshake(bytes: Uint8Array): Reading<number> {
  if (bytes.length > 0 && bytes[0] !== handshakeAnswer) return 'wrong';
  return whole(bytes, 5, () => ({ answer: new DataView(bytes.buffer, bytes.byteOffset).getUint32(1, true) }));
}

export function readAcknowledgement(bytes: Uint8Array): Reading<true> {
  return whole(bytes, 1, () => (bytes[0] === acknowledged ? { answer: true } : 'wrong'));
}
