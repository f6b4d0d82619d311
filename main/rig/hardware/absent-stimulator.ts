// Stands where an experiment has no stimulator: an output that is off, stays off and says so; runs in the rig thread.
import { Defect } from '../../../common/base/assert.ts';
import type { Clock } from '../../../common/base/clock.ts';
import { Emitter } from '../../../common/base/event.ts';
import { neverEnabled, sessionMax } from '../../../common/device-protocol/device-status.ts';
import type {
  Acknowledgement,
  DeviceClosed,
  DeviceWriter,
  HeardStatus,
  RejectedMessage,
  StimulatorIdentity,
} from './device.ts';
import { hostClock } from './host-clock.ts';

const identity: StimulatorIdentity = {
  serial: 'none',
  firmware: 'none',
  description: 'no stimulator',
  // No electrode, so that no limit in force lets anything through.
  channels: 0,
  sampleRateHz: 0,
  microvoltsPerBit: 0,
  samplesPerBlock: 0,
  canStimulate: false,
  limits: {
    amplitudeMaxNanoamps: 0,
    chargePerPhaseMaxFemtocoulombs: 0,
    phaseMaxMicroseconds: 0,
    interphaseMaxMicroseconds: 0,
    rateMaxHz: 0,
    leaseMaxMilliseconds: 0,
    complianceMillivolts: 0,
    simultaneousElectrodesMax: 0,
    totalRateMaxHz: 0,
  },
  electrodePitchMicrometres: null,
  pacing: 'real-time',
  bootNumber: neverEnabled.bootNumber,
};

const refusal = () => Promise.reject(new Error('no stimulator is connected'));

export class AbsentStimulator implements DeviceWriter {
  /** Nothing is given, so nothing can outlive a lease. */
  readonly capability = 'L3';
  readonly identity = identity;
  readonly refusedFrames = 0;
  readonly #clock: Clock;
  readonly #statuses = new Emitter<HeardStatus>();
  readonly onStatus = this.#statuses.event;
  readonly onAcknowledgement = new Emitter<Acknowledgement>().event;
  readonly onBadFrame = new Emitter<string>().event;
  readonly onRejected = new Emitter<RejectedMessage>().event;
  readonly onClosed = new Emitter<DeviceClosed>().event;
  readonly configure = refusal;
  readonly setDigitalOutputs = refusal;
  readonly selfTest = refusal;
  readonly enable = refusal;

  constructor(clock: Clock = hostClock) {
    this.#clock = clock;
  }

  get newestPair() {
    const hostNs = this.#clock.nowNs();
    return { deviceMicroseconds: hostNs / 1000, hostNs };
  }

  get status(): HeardStatus {
    const { deviceMicroseconds, hostNs } = this.newestPair;
    return {
      ...neverEnabled,
      deviceMicroseconds,
      // Whatever session is stopped, it can never drive anything.
      burnedSession: sessionMax,
      receivedNs: hostNs,
    };
  }

  /** Confirmed at once, never before this returns. */
  stop(): void {
    queueMicrotask(() => this.#statuses.fire(this.status));
  }

  /** The gate sends nothing while nothing is armed, and without a stimulator nothing can be. */
  pulse(): never {
    throw new Defect('a pulse was sent, and there is no stimulator');
  }

  injectFault(): void {}

  dispose(): void {
    this.#statuses.dispose();
  }
}
