// A stimulator whose outputs are wired to electrodes that another device records from: it speaks of that device's electrodes and samples. Rig thread.
import type { Disposable } from '../../../common/base/disposable.ts';
import { Emitter } from '../../../common/base/event.ts';
import type { LimitsHash } from '../../../common/device-protocol/limits-hash.ts';
import type { AcquisitionSettings } from '../../../common/device-protocol/messages.ts';
import type { SelfTestReport } from '../../../common/device-protocol/self-test-report.ts';
import type { VirtualFaultRequest } from '../../../common/device-protocol/virtual-fault.ts';
import type { WiredBoard } from '../../../common/experiment/stimulator.ts';
import { notSent } from './decode-acknowledgement.ts';
import type { Acknowledgement, DeviceWriter, EnableOrder, PulseCommand, StimulatorIdentity } from './device.ts';
import { hostClock } from './host-clock.ts';

/** Where no output leads, the stimulator meets air. */
export const unwiredOhms = 1e9;
/** An acknowledgement of an output that is wired to nothing is of no electrode. */
const noElectrode = 0xffff;

export interface WiredStimulatorOptions {
  /** The device itself; belongs to its owner. */
  readonly device: DeviceWriter;
  readonly electrodes: WiredBoard['electrodes'];
  /** Electrodes of the source. */
  readonly channels: number;
  /** @returns the source's sample at a moment of the device's clock, µs; undefined: not known */
  readonly sampleAt: (deviceMicroseconds: number) => number | undefined;
}

export class WiredStimulator implements DeviceWriter {
  readonly capability = 'L3';
  readonly identity: StimulatorIdentity;
  readonly #device: DeviceWriter;
  readonly #sampleAt: WiredStimulatorOptions['sampleAt'];
  readonly #outputs: ReadonlyMap<number, number>;
  readonly #electrodes: ReadonlyMap<number, number>;
  readonly #acknowledgements = new Emitter<Acknowledgement>();
  readonly #subscription: Disposable;
  readonly onAcknowledgement = this.#acknowledgements.event;
  #limitsHash: LimitsHash = { high: 0, low: 0 };

  constructor({ device, electrodes, channels, sampleAt }: WiredStimulatorOptions) {
    this.#device = device;
    this.#sampleAt = sampleAt;
    this.#outputs = new Map(electrodes.map(({ output, electrode }) => [electrode, output]));
    this.#electrodes = new Map(electrodes.map(({ output, electrode }) => [output, electrode]));
    // Limits are of the source's electrodes; which of them can be reached, the experiment says.
    // How far they lie apart, the device cannot know.
    this.identity = { ...device.identity, channels, electrodePitchMicrometres: null };
    this.#subscription = device.onAcknowledgement((acknowledgement) =>
      this.#acknowledgements.fire(this.#translate(acknowledgement)),
    );
  }

  get status() {
    return this.#device.status;
  }
  get newestPair() {
    return this.#device.newestPair;
  }
  get refusedFrames() {
    return this.#device.refusedFrames;
  }
  get onStatus() {
    return this.#device.onStatus;
  }
  get onBadFrame() {
    return this.#device.onBadFrame;
  }
  get onRejected() {
    return this.#device.onRejected;
  }
  get onClosed() {
    return this.#device.onClosed;
  }

  enable(order: EnableOrder) {
    this.#limitsHash = order.limitsHash;
    return this.#device.enable(order);
  }

  /** On an electrode without an output it is answered as the device answers for an electrode that it has not. */
  pulse(command: PulseCommand): void {
    const output = this.#outputs.get(command.electrode);
    if (output !== undefined) return this.#device.pulse({ ...command, electrode: output });
    const answer = notSent(command, 'no-such-electrode', this.#limitsHash, hostClock.nowNs());
    queueMicrotask(() => this.#acknowledgements.fire(answer));
  }

  stop(): void {
    this.#device.stop();
  }

  async selfTest(): Promise<SelfTestReport> {
    const report = await this.#device.selfTest();
    const impedancesOhms = Array.from({ length: this.identity.channels }, (_, electrode) => {
      const output = this.#outputs.get(electrode);
      return output === undefined ? unwiredOhms : (report.impedancesOhms[output] ?? unwiredOhms);
    });
    return { ...report, impedancesOhms };
  }

  configure(settings: AcquisitionSettings) {
    return this.#device.configure(settings);
  }

  setDigitalOutputs(digitalOutputs: number) {
    return this.#device.setDigitalOutputs(digitalOutputs);
  }

  injectFault(fault: VirtualFaultRequest): void {
    this.#device.injectFault(fault);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#acknowledgements.dispose();
  }

  #translate(acknowledgement: Acknowledgement): Acknowledgement {
    const electrode = this.#electrodes.get(acknowledgement.electrode) ?? noElectrode;
    if (acknowledgement.outcome !== 'delivered') return { ...acknowledgement, electrode };
    const sampleIndex = this.#sampleAt(acknowledgement.startMicroseconds) ?? -1;
    return { ...acknowledgement, electrode, sampleIndex };
  }
}
