// A connected rig as far as arming looks at it: gate, output control and limits are real, the stimulator obeys or fails as told.
import { controlWord, createControlBlock } from '../../common/base/control-block.ts';
import type { DisposableStore } from '../../common/base/disposable.ts';
import type { CapabilityClass } from '../../common/contract/devices.ts';
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import type { SelfTestReport } from '../../common/device-protocol/self-test-report.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import type { ArmingContext } from './arming-context.ts';
import { checkedExperiment } from './checked-experiment.fixture.ts';
import type { ConnectedRig } from './connected-rig.ts';
import { deliveredAcknowledgement } from './hardware/acknowledgement.fixture.ts';
import type { Acknowledgement, DeviceWriter, EnableOrder, PulseCommand } from './hardware/device.ts';
import { deviceIdentity, selfTestReport } from './hardware/device-identity.fixture.ts';
import { heardAt, offStatus, onStatus } from './hardware/device-status.fixture.ts';
import { DeviceHistory } from './device-history.ts';
import type { RememberedDevice } from '../../common/limits/remembered-device.ts';
import { LimitsKeeper } from './limits-keeper.ts';
import { OutputControl } from './output-control.ts';
import { FakeTime } from './rig-time.fixture.ts';
import { LatencyRecord } from './session/latency-record.ts';
import { Gate } from './stimulation/gate.ts';

const answerMilliseconds = 2;
const statusMilliseconds = 20;
const roundMilliseconds = 5;

/** What a stimulator does wrong. */
export interface DeviceFailings {
  capability?: CapabilityClass;
  report?: Partial<SelfTestReport> | Error;
  /** What the station knows of it. */
  remembered?: RememberedDevice;
  /** Why it does not turn on. */
  refusesToTurnOn?: DeviceStatus['enableOutcome'] | Error;
  /** Its relay is closed. */
  isWet?: boolean;
  /** When its lease ends, ms; Infinity: never. */
  leaseMilliseconds?: number;
  /** Measured charge against what was asked. */
  scale?: number;
  /** What it answers; undefined: nothing. */
  outcome?: (command: PulseCommand) => Acknowledgement['outcome'] | undefined;
  /** After how long it obeys a stop of each handle, ms; Infinity: never. */
  obeysAfterMilliseconds?: number;
  obeysWatchdogAfterMilliseconds?: number;
  /** It turns off and leaves the session as it was. */
  burnsNothing?: boolean;
}

export interface ArmingBench {
  rig: ConnectedRig;
  context: ArmingContext;
  time: FakeTime;
  /** What the device was asked. */
  orders: EnableOrder[];
  pulses: PulseCommand[];
  /** Threads whose beat moves. */
  beating: Set<'watchdogBeat' | 'recorderBeat'>;
}

/** The device's side of the output: one dry session at a time. */
class DryDevice {
  readonly orders: EnableOrder[] = [];
  readonly pulses: PulseCommand[] = [];
  readonly #time: FakeTime;
  readonly #failings: DeviceFailings;
  #now = offStatus();
  onStatus: (status: DeviceStatus) => void = () => {};
  onAcknowledgement: (acknowledgement: Acknowledgement) => void = () => {};

  constructor(time: FakeTime, failings: DeviceFailings) {
    this.#time = time;
    this.#failings = failings;
  }

  get status(): DeviceStatus {
    return { ...this.#now, deviceMicroseconds: this.#time.nowNs() / 1000 };
  }

  say(): void {
    this.onStatus(this.status);
  }

  async enable(order: EnableOrder) {
    this.orders.push(order);
    const { refusesToTurnOn: refusal, isWet = false, leaseMilliseconds = order.leaseMilliseconds } = this.#failings;
    if (refusal instanceof Error) throw refusal;
    const { session, isDry } = order;
    if (refusal === undefined) {
      this.#now = onStatus(session, { isDry: isDry && !isWet });
      if (Number.isFinite(leaseMilliseconds)) this.#time.after(leaseMilliseconds, () => this.#turnOff(session));
    } else this.#now = offStatus({ ...this.#now, enableSession: session, enableOutcome: refusal });
    return heardAt(this.#time.nowNs(), this.status);
  }

  pulse(command: PulseCommand): void {
    this.pulses.push(command);
    const { scale = 1, outcome: answer } = this.#failings;
    const isTooLarge = command.amplitudeNanoamps > deviceIdentity().limits.amplitudeMaxNanoamps;
    const outcome = answer === undefined ? (isTooLarge ? 'amplitude' : 'delivered') : answer(command);
    if (outcome === undefined) return;
    const charge = command.amplitudeNanoamps * command.phaseMicroseconds * scale;
    const firstFemtocoulombs = command.leadingPhase === 'cathodic' ? -charge : charge;
    const { sequence, electrode, amplitudeNanoamps } = command;
    const measured = { firstFemtocoulombs, secondFemtocoulombs: -firstFemtocoulombs };
    this.#time.after(answerMilliseconds, () =>
      this.onAcknowledgement(
        deliveredAcknowledgement({ sequence, electrode, amplitudeNanoamps, outcome, ...measured }),
      ),
    );
  }

  stop(afterMilliseconds: number): void {
    const { session } = this.#now;
    if (Number.isFinite(afterMilliseconds)) this.#time.after(afterMilliseconds, () => this.#turnOff(session));
  }

  #turnOff(session: number): void {
    if (!this.#now.isOutputOn || this.#now.session !== session) return;
    const { burnedSession } = this.#now;
    this.#now = offStatus({ session, burnedSession: this.#failings.burnsNothing === true ? burnedSession : session });
    this.say();
  }
}

/** Of a rig of which nothing is wrong but what the test says. @param owner ends its threads, so that time comes to rest. */
export function armingBench(
  owner: DisposableStore,
  failings: DeviceFailings = {},
  checked: CheckedExperiment = checkedExperiment(),
): ArmingBench {
  const time = new FakeTime(1e9);
  const nowNs = () => time.nowNs();
  const control = createControlBlock();
  const device = new DryDevice(time, failings);
  const identity = deviceIdentity();
  const { obeysAfterMilliseconds = answerMilliseconds, obeysWatchdogAfterMilliseconds = answerMilliseconds } = failings;
  const { capability = 'L3', report = {}, remembered = { impedancesOhms: [], isEmergencyStopTried: true } } = failings;
  const writer = {
    capability,
    identity,
    get status() {
      return device.status;
    },
    enable: (order: EnableOrder) => device.enable(order),
    pulse: (command: PulseCommand) => device.pulse(command),
    stop: () => device.stop(obeysAfterMilliseconds),
    selfTest: () => (report instanceof Error ? Promise.reject(report) : Promise.resolve(selfTestReport(report))),
  } satisfies Partial<DeviceWriter> as Partial<DeviceWriter> as DeviceWriter;
  const output = new OutputControl(writer, { guard: () => Promise.resolve() }, control, nowNs);
  const latency = new LatencyRecord();
  for (let tick = 0; tick < 100; tick++) latency.add(2, 0);
  const rig = {
    checked,
    connections: { writer, simulation: { neurons: 100, backend: 'reference' } },
    limits: new LimitsKeeper(checked, identity),
    history: new DeviceHistory(remembered, { noteDevice: () => {} }),
    output,
    chain: {
      interlock: {
        record: { session: 0 },
        latency: { lateTicks: 0, lateTicksWindow: 100, lateTicksToTrip: 3 },
      },
      gate: new Gate(writer, { isOpen: false, permit() {}, waitUntilWritten: () => false }, nowNs),
      requests: { surroundings: { impedancesOhms: [], amplitudeStepNanoamps: 1 } },
      monitor: { samplesLost: 0 },
      detector: { isNoiseReady: true },
      activity: { isReady: true, holdOffSeconds: 0 },
      latency,
    },
    isSimulationAlive: true,
    sourceClosedReason: undefined,
    onTestAcknowledgement: undefined,
  } as unknown as ConnectedRig;
  device.onStatus = (status) => output.hear(status);
  device.onAcknowledgement = (acknowledgement) => rig.onTestAcknowledgement?.(acknowledgement);
  owner.add(time.every(statusMilliseconds, () => device.say()));
  const beating = new Set(['watchdogBeat', 'recorderBeat'] as const);
  let stopRequests = 0;
  owner.add(
    time.every(roundMilliseconds, () => {
      for (const word of beating) Atomics.add(control, controlWord[word], 1);
      const asked = Atomics.load(control, controlWord.stopRequests);
      if (asked !== stopRequests) device.stop(obeysWatchdogAfterMilliseconds);
      stopRequests = asked;
    }),
  );
  const context: ArmingContext = {
    control,
    time,
    random: () => 0,
    probe: undefined,
    siteProblem: undefined,
    auditProblem: undefined,
  };
  return { rig, context, time, orders: device.orders, pulses: device.pulses, beating };
}
