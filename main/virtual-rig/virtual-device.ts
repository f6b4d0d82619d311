// The virtual device: electrodes, output, faults and connections in one, without sockets or timers of its own; runs in the virtual rig.
import type { Clock } from '../../common/base/clock.ts';
import { Emitter } from '../../common/base/event.ts';
import type { DeviceIdentity } from '../../common/device-protocol/device-identity.ts';
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import type { Seals } from '../../common/device-protocol/envelope.ts';
import { encodeJson } from '../../common/device-protocol/json-messages.ts';
import {
  type EnableMessage,
  encodeStatus,
  messageTypes,
  type PulseMessage,
  type Role,
} from '../../common/device-protocol/messages.ts';
import type { SelfTestReport } from '../../common/device-protocol/self-test-report.ts';
import type { VirtualFault } from '../../common/device-protocol/virtual-fault.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { BlockOutlet } from './block-outlet.ts';
import { BlockStream } from './block-stream.ts';
import { type ClientDevice, DeviceClient, type Link } from './device-client.ts';
import { DeviceClock } from './device-clock.ts';
import { DeviceCondition } from './device-condition.ts';
import type { Electrodes } from './electrodes.ts';
import { type DeviceFault, FaultPlan } from './fault-plan.ts';
import type { OutputEvent } from './output-judge.ts';
import { OutputStage } from './output-stage.ts';
import { selfTestReport } from './self-test.ts';
import { StatusSchedule } from './status-schedule.ts';

export interface VirtualDeviceOptions {
  readonly identity: DeviceIdentity;
  readonly electrodes: Electrodes;
  /** Of each electrode at 1 kHz. */
  readonly impedancesOhms: readonly number[];
  readonly clock: Clock;
  /** Device time at the host's time 0. */
  readonly clockOffsetMicroseconds: number;
  readonly seals: Seals;
  /** @returns whether a client that presents these bytes may connect */
  readonly isToken: (token: Uint8Array) => boolean;
  readonly faults: readonly VirtualFault[];
  /** Hears of everything that happens at the output, before anybody is told of it. */
  readonly onOutput?: ((event: OutputEvent) => void) | undefined;
}

/** The hardware turns the output off when the firmware has processed nothing for so long. */
const hardwareWatchdogMilliseconds = 100;
/** After so many blocks `poll` returns, so that commands are heard in between. */
const blocksPerPoll = 16;

export class VirtualDevice implements ClientDevice {
  readonly #options: VirtualDeviceOptions;
  readonly #started = new Emitter<void>();
  readonly #unplugged = new Emitter<void>();
  readonly #clock: DeviceClock;
  readonly #condition: DeviceCondition;
  readonly #stream: BlockStream;
  readonly #outlet: BlockOutlet;
  readonly #output: OutputStage;
  readonly #acknowledgements: Acknowledgements;
  readonly #plan = new FaultPlan();
  readonly #schedule = new StatusSchedule();
  readonly #connections = new Set<DeviceClient>();
  #bootNumber: number;
  #refusedFrames = 0;
  #isUnplugged = false;
  /** The control connection has ended while the firmware hung. */
  #isControlLost = false;

  /** Acquisition has begun: from now on `poll` is needed at each block. */
  readonly onStarted = this.#started.event;
  /** The device has been unplugged: nobody may connect any more. */
  readonly onUnplugged = this.#unplugged.event;

  constructor(options: VirtualDeviceOptions) {
    const { identity, electrodes, clock } = options;
    this.#options = options;
    this.#bootNumber = identity.bootNumber;
    this.#clock = new DeviceClock(clock, options.clockOffsetMicroseconds);
    this.#condition = new DeviceCondition(options.impedancesOhms, clock);
    this.#stream = new BlockStream({
      electrodes,
      clock,
      samplesPerBlock: identity.samplesPerBlock,
      pacing: identity.pacing,
      onBlock: (firstSample, samples, acquiredNs) => this.#outlet.send(firstSample, samples, acquiredNs),
      onEnded: () => this.#outlet.end(this.#stream.nextSample),
    });
    this.#outlet = new BlockOutlet(identity, this.#clock, () => this.#client('data'));
    this.#output = new OutputStage({
      device: identity,
      clock: this.#clock,
      timer: clock,
      condition: this.#condition,
      onEvent: (event) => options.onOutput?.(event),
    });
    this.#acknowledgements = new Acknowledgements(clock, (body) => {
      if (!this.#condition.isSilent) this.#client('control')?.send(messageTypes.acknowledgement, body);
    });
    for (const fault of options.faults) this.#plan.add(fault);
  }

  get identity(): DeviceIdentity {
    return { ...this.#options.identity, bootNumber: this.#bootNumber };
  }

  get isHung(): boolean {
    return this.#condition.isHung;
  }

  get isOutputOn(): boolean {
    return this.#output.isOn;
  }

  /** Takes a new connection. */
  connect(link: Link): DeviceClient {
    const client = new DeviceClient(this, link, this.#options.seals);
    this.#connections.add(client);
    if (this.#isUnplugged) client.cut();
    return client;
  }

  /**
   * Does what is due: lease, faults, blocks, slow acknowledgements, status. To be called at each block in real time, after each
   * message, and at least as often as a lease may be noticed late.
   * @returns whether there is more to do at once
   */
  poll(): boolean {
    if (this.isHung) {
      this.#guardHang();
      return false;
    }
    this.#wake();
    this.#output.lapse();
    const hasMore = this.#produce();
    this.#acknowledgements.sendDue();
    this.#reportStatus();
    return hasMore;
  }

  admit(client: DeviceClient, role: Role, token: Uint8Array): string | undefined {
    if (!this.#options.isToken(token)) return 'the token is not that of this device';
    if (this.#client(role) !== undefined) return `another client is connected for ${role}`;
    client.send(messageTypes.identity, encodeJson(this.identity));
    client.send(messageTypes.status, encodeStatus(this.#status()));
    return undefined;
  }

  start(): void {
    if (this.#stream.start()) this.#started.fire();
    if (this.#stream.isEnded) this.#outlet.end(this.#stream.nextSample);
  }

  requestBlocks(count: number): void {
    this.#stream.request(count);
  }

  enable(message: EnableMessage): void {
    this.#output.enable(message);
    this.#sendStatus(this.#status());
  }

  renew(session: number, leaseExpiryMicroseconds: number): void {
    this.#output.renew(session, leaseExpiryMicroseconds);
    this.#sendStatus(this.#status());
  }

  stop(session: number, by: string): void {
    this.#output.stop(session, by);
    this.#sendStatus(this.#status());
  }

  pulse(pulse: PulseMessage): void {
    const fault = this.#plan.takeForPulse();
    const sampleIndex = this.#stream.pulseSample;
    const start = (sampleIndex * 1e6) / this.#options.identity.sampleRateHz;
    const result = this.#output.pulse(pulse, start, fault);
    if (result.measured !== undefined && !result.isDry) this.#stream.stimulate(result.measured.applied);
    this.#acknowledgements.acknowledge(pulse, result, sampleIndex, fault);
  }

  selfTest(): SelfTestReport | undefined {
    this.#output.lapse();
    return this.isOutputOn ? undefined : selfTestReport(this.identity, this.#condition);
  }

  injectFault(fault: VirtualFault): void {
    this.#plan.add(fault);
    this.#applyDueFaults();
  }

  leave(client: DeviceClient): void {
    this.#connections.delete(client);
    if (client.role !== 'control') return;
    if (this.isHung) this.#isControlLost = true;
    else this.stop(0, 'the end of the connection for control');
  }

  countRefusedFrame(): number {
    this.#refusedFrames++;
    return this.#clock.now();
  }

  takeCorruption(): boolean {
    return this.#condition.takeCorruption();
  }

  /** Nobody but the hardware is left to turn the output off. */
  #guardHang(): void {
    if (this.#condition.hungMilliseconds >= hardwareWatchdogMilliseconds && this.isOutputOn)
      this.#output.stop(0, 'the hardware watchdog');
  }

  /** What happened while the firmware hung is dealt with in order. */
  #wake(): void {
    if (this.#isControlLost) this.stop(0, 'the end of the connection for control');
    this.#isControlLost = false;
    for (const client of [...this.#connections]) client.resume();
  }

  /** @returns whether there may be more blocks to produce at once */
  #produce(): boolean {
    for (let block = 0; block < blocksPerPoll; block++) {
      this.#applyDueFaults();
      if (this.#outlet.mustWait() || !this.#stream.produceNext()) return false;
    }
    return true;
  }

  #applyDueFaults(): void {
    for (const fault of this.#plan.takeDue(this.#stream.nextSample)) this.#apply(fault);
  }

  #apply(fault: DeviceFault): void {
    switch (fault.fault) {
      case 'lost-samples':
        return this.#stream.lose(fault.blocks);
      case 'stall':
        return this.#stream.stall(fault.milliseconds);
      case 'freeze':
        return this.#stream.freeze(fault.blocks);
      case 'emergency-stop':
        this.#output.pressEmergencyStop(fault.isPressed);
        return this.#sendStatus(this.#status());
      case 'clock-step':
        return this.#clock.step(fault.milliseconds);
      case 'clock-drift':
        return this.#clock.drift(fault.partsPerMillion);
      case 'reboot':
        return this.#restart();
      case 'unplug':
        this.#isUnplugged = true;
        for (const client of [...this.#connections]) client.cut();
        return this.#unplugged.fire();
      case 'open-electrode':
      case 'polarised-electrode':
      case 'firmware-hang':
      case 'stuck-output':
      case 'silent-status':
      case 'safety-disabled':
      case 'over-temperature':
      case 'step-size':
      case 'corrupt-frames':
        return this.#condition.apply(fault);
    }
  }

  /** The connections outlive it: their other end is the interface, which keeps its power. */
  #restart(): void {
    this.#output.restart();
    this.#clock.restart();
    this.#bootNumber++;
    this.#refusedFrames = 0;
    this.#sendStatus(this.#status());
  }

  #reportStatus(): void {
    const outline = { ...this.#output.outline, bootNumber: this.#bootNumber };
    if (this.#schedule.isDue(outline, this.#options.clock.nowNs())) this.#sendStatus(this.#status());
  }

  #sendStatus(status: DeviceStatus): void {
    if (this.#condition.isSilent) return;
    this.#schedule.note(status, this.#options.clock.nowNs());
    const body = encodeStatus(status);
    this.#client('control')?.send(messageTypes.status, body);
    this.#client('watchdog')?.send(messageTypes.status, body);
  }

  #status(): DeviceStatus {
    return {
      ...this.#output.status(),
      bootNumber: this.#bootNumber,
      deviceMicroseconds: this.#clock.now(),
      acquiredSamples: this.#stream.nextSample,
      refusedFrames: this.#refusedFrames,
      temperatureDecidegrees: this.#condition.temperatureDecidegrees,
    };
  }

  #client(role: Role): DeviceClient | undefined {
    for (const client of this.#connections) if (client.role === role) return client;
    return undefined;
  }
}
