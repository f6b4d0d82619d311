// What the virtual rig's own code answers where the firmware's core answers: its connections and its stimulator, behind HID channels.
import { encodeJson } from '../../common/device-protocol/json-messages.ts';
import {
  acknowledgementLayout,
  encodeStatus,
  type EnableMessage,
  messageTypes,
  outcomeCode,
  type PulseMessage,
  type Role,
} from '../../common/device-protocol/messages.ts';
import type { SelfTestReport } from '../../common/device-protocol/self-test-report.ts';
import { deviceIdentity, selfTestReport } from '../../main/rig/hardware/device-identity.fixture.ts';
import { type ClientDevice, DeviceClient } from '../../main/virtual-rig/device-client.ts';
import { deviceSeals } from '../../main/virtual-rig/seals.ts';
import { StatusSchedule } from '../../main/virtual-rig/status-schedule.ts';
import { Stimulator } from '../../main/virtual-rig/stimulator.ts';
import { virtualLimits } from '../../main/virtual-rig/stimulator-limits.ts';

/** A frame and whom it is for. */
export interface Answer {
  readonly channel: Role;
  readonly connection: number;
  readonly frame: Uint8Array;
}

const channels = 16;

export class ReferenceBoard implements ClientDevice {
  readonly #token: string;
  readonly #stimulator = new Stimulator({ limits: virtualLimits, channels });
  readonly #schedule = new StatusSchedule();
  readonly #clients = new Map<Role, { number: number; client: DeviceClient }>();
  #answers: Answer[] = [];
  #refusedFrames = 0;
  #now = 1_000_000;
  /** The number of whoever is speaking. */
  #speaking = 0;
  readonly isHung = false;

  constructor(token: string) {
    this.#token = token;
  }

  set time(microseconds: number) {
    this.#now = microseconds;
    this.#poll();
  }

  /** A whole frame that came in one report. @returns what it has led to */
  take(channel: Role, number: number, frame: Uint8Array): void {
    const known = this.#clients.get(channel);
    this.#speaking = number;
    const client = known?.number === number ? known.client : this.#stranger(channel, number);
    client.take(frame);
    this.#poll();
  }

  isOpen(role: Role): boolean {
    return this.#clients.has(role);
  }

  takeAnswers(): Answer[] {
    const answers = this.#answers;
    this.#answers = [];
    return answers;
  }

  admit(client: DeviceClient, role: Role, token: Uint8Array): string | undefined {
    if (new TextDecoder().decode(token) !== this.#token) return 'the token is not that of this device';
    // The newest program counts.
    this.#clients.get(role)?.client.gone();
    this.#clients.set(role, { number: this.#speaking, client });
    client.send(messageTypes.identity, encodeJson(deviceIdentity()));
    client.send(messageTypes.status, this.#status());
    return undefined;
  }

  leave(client: DeviceClient): void {
    for (const [role, known] of this.#clients) {
      if (known.client !== client) continue;
      this.#clients.delete(role);
      if (role === 'control') this.stop(0);
    }
  }

  start(): void {}

  requestBlocks(): void {}

  injectFault(): void {}

  enable(message: EnableMessage): void {
    this.#stimulator.enable(message, this.#now);
    this.#sendStatus();
  }

  renew(session: number, leaseExpiry: number): void {
    this.#stimulator.renew(session, leaseExpiry, this.#now);
    this.#sendStatus();
  }

  stop(session: number): void {
    this.#stimulator.stop(session);
    this.#sendStatus();
  }

  pulse(pulse: PulseMessage): void {
    const outcome = this.#stimulator.pulse(pulse, this.#now);
    const { isDry } = this.#stimulator.status(this.#now);
    const isDelivered = outcome === 'delivered';
    const largestNanoamps = Math.max(Math.abs(pulse.firstNanoamps), Math.abs(pulse.secondNanoamps));
    const ohms = isDry ? 10_000 : 50_000 + 1000 * pulse.electrode;
    const body = acknowledgementLayout.encode({
      ...pulse,
      outcome: outcomeCode(outcome),
      amplitudeNanoamps: Math.abs(pulse.firstNanoamps),
      sampleIndex: 0,
      startMicroseconds: this.#now,
      firstFemtocoulombs: isDelivered ? pulse.firstNanoamps * pulse.firstMicroseconds : 0,
      secondFemtocoulombs: isDelivered ? pulse.secondNanoamps * pulse.secondMicroseconds : 0,
      peakMillivolts: isDelivered ? Math.floor((largestNanoamps * ohms) / 1e6) : 0,
      isSaturated: 0,
      residualMillivolts: 0,
    });
    this.#clients.get('control')?.client.send(messageTypes.acknowledgement, body);
  }

  selfTest(): SelfTestReport | undefined {
    return this.#stimulator.status(this.#now).isOutputOn ? undefined : selfTestReport();
  }

  countRefusedFrame(): number {
    this.#refusedFrames++;
    return this.#now;
  }

  takeCorruption(): boolean {
    return false;
  }

  #stranger(channel: Role, connection: number): DeviceClient {
    const link = {
      send: (frame: Uint8Array) => void this.#answers.push({ channel, connection, frame }),
      bufferedBytes: 0,
      close: () => {},
      destroy: () => {},
    };
    return new DeviceClient(this, link, deviceSeals(this.#token));
  }

  #poll(): void {
    this.#stimulator.lapse(this.#now);
    if (this.#schedule.isDue({ ...this.#stimulator.outline, bootNumber: 1 }, this.#now * 1000)) this.#sendStatus();
  }

  #sendStatus(): void {
    this.#schedule.note({ ...this.#stimulator.outline, bootNumber: 1 }, this.#now * 1000);
    for (const role of ['control', 'watchdog'] as const)
      this.#clients.get(role)?.client.send(messageTypes.status, this.#status());
  }

  #status(): Uint8Array {
    return encodeStatus({
      ...this.#stimulator.status(this.#now),
      bootNumber: 1,
      deviceMicroseconds: this.#now,
      acquiredSamples: 0,
      outputNanoamps: 0,
      refusedFrames: this.#refusedFrames,
      temperatureDecidegrees: 280,
    });
  }
}
