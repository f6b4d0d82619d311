// Asks for a pulse in the very call that brings a block, one at a time; the output is on with its relay open. Thread of `exocortex bench hid`.
import type { DisposableStore } from '../../../../common/base/disposable.ts';
import { freshSession } from '../../../../common/device-protocol/device-status.ts';
import type { DeviceKeepAlive, DeviceReader, DeviceWriter, PulseCommand } from '../device.ts';
import { PulseTimes } from './bench-pulses.ts';

/** The gate, for tests with an open relay. @returns whether the pulse was sent */
export type AskForTestPulse = (command: PulseCommand) => boolean;

export interface AnsweringParts {
  readonly reader: Pick<DeviceReader, 'onBlock' | 'identity'>;
  readonly writer: Pick<DeviceWriter, 'enable' | 'status' | 'onAcknowledgement'>;
  readonly keepAlive: Pick<DeviceKeepAlive, 'renew' | 'stop'>;
  readonly ask: AskForTestPulse;
  /** The host's monotonic clock. */
  readonly nowNs: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

const leaseMilliseconds = 400;
const renewalMilliseconds = 20;
const pulse = { amplitudeNanoamps: 5000, phaseMicroseconds: 200, interphaseMicroseconds: 50 };

/** @param owner ends it and turns the output off @throws Error when the board does not turn its output on, or closes its relay */
export async function answerBlocks(parts: AnsweringParts, owner: DisposableStore): Promise<PulseTimes> {
  const { reader, writer, keepAlive, ask, nowNs, random } = parts;
  const times = new PulseTimes();
  const session = freshSession(writer.status, random);
  const limitsHash = { high: 0, low: 0 };
  const status = await writer.enable({ session, leaseMilliseconds, limitsHash, isDry: true });
  owner.onDispose(() => keepAlive.stop(session));
  if (!status.isOutputOn) throw new Error(`the board does not turn its output on: ${status.enableOutcome}`);
  if (!status.isDry) throw new Error('the board has closed its relay for a test that asks for an open one');
  const renewals = setInterval(() => keepAlive.renew(session), renewalMilliseconds);
  owner.onDispose(() => clearInterval(renewals));
  let sequence = 0;
  owner.add(writer.onAcknowledgement((acknowledgement) => times.acknowledged(acknowledgement)));
  owner.add(
    reader.onBlock(({ deviceMicroseconds }) => {
      const askedNs = nowNs();
      times.arrived(deviceMicroseconds, askedNs);
      if (times.isWaiting) return;
      sequence++;
      times.asked(deviceMicroseconds, askedNs);
      const electrode = sequence % reader.identity.channels;
      const expiryNs = askedNs + leaseMilliseconds * 1e6;
      if (!ask({ sequence, electrode, ...pulse, leadingPhase: 'cathodic', expiryNs })) times.notSent();
    }),
  );
  return times;
}
