// One simulated laboratory: the real rig, watchdog and device code in virtual time, with hands on everything that can break.
import { type ControlBlock, controlWord, createControlBlock, requestStop } from '../../common/base/control-block.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import { virtualRigOptionsSchema } from '../../common/device-protocol/virtual-rig-options.ts';
import { ConnectedRig } from '../../main/rig/connected-rig.ts';
import { DeviceHistory } from '../../main/rig/device-history.ts';
import { DoseLedger } from '../../main/rig/dose-ledger.ts';
import { connectKeepAliveOver } from '../../main/rig/hardware/keep-alive.ts';
import { connectReadingHalfOver } from '../../main/rig/hardware/reading-half.ts';
import { connectWritingHalfOver } from '../../main/rig/hardware/writing-half.ts';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import { JournalWriter } from '../../main/rig/journal/journal-writer.ts';
import { LimitsKeeper } from '../../main/rig/limits-keeper.ts';
import { WatchdogCore } from '../../main/rig/supervision/watchdog-core.ts';
import type { WatchdogListener } from '../../main/rig/supervision/watchdog-line.ts';
import { deviceSeals } from '../../main/virtual-rig/seals.ts';
import { VirtualDevice } from '../../main/virtual-rig/virtual-device.ts';
import { virtualIdentity } from '../../main/virtual-rig/virtual-identity.ts';
import { ComputerClock, Domain } from './domain.ts';
import { PulseWatch } from './pulse-watch.ts';
import { QuietElectrodes } from './quiet-electrodes.ts';
import type { RunningProgram } from './running-program.ts';
import { Dice } from './seeded.ts';
import { type DiskFaults, SimulatedRecorder, SimulatedRing, SimulatedStation, StationDisk } from './simulated-disk.ts';
import { simulatedExperiment } from './simulated-experiment.ts';
import { SimulatedSimulator } from './simulated-simulator.ts';
import { leftCause } from './station-entries.ts';
import { type CableFaults, connectCable, soundCable } from './virtual-cable.ts';
import { VirtualTime } from './virtual-time.ts';

const token = 'simulated';
const startNs = 1e12;
const pollNs = 2e6;
const lookNs = 1e6;
const watchdogRoundMilliseconds = 5;

export class World {
  readonly time = new VirtualTime(startNs);
  readonly clock = new ComputerClock(this.time);
  readonly dice: Dice;
  readonly disk: DiskFaults = { isStuck: false, isFull: false };
  readonly station = new StationDisk();
  readonly cables: Record<'data' | 'control' | 'watchdog', CableFaults> = {
    data: soundCable(),
    control: soundCable(),
    watchdog: soundCable(),
  };
  readonly device: VirtualDevice;
  readonly watch: PulseWatch;
  readonly faults: Fault[] = [];
  /** Unplugged: nobody can connect any more. */
  isDeviceGone = false;
  program: RunningProgram | undefined;

  constructor(seed: number) {
    this.dice = new Dice(seed, 0xfa17);
    this.watch = new PulseWatch(() => this.program);
    const options = virtualRigOptionsSchema.parse({
      address: 'simulated',
      pacing: 'real-time',
      seed: 1,
      tickMilliseconds: simulatedExperiment.experiment.tickMilliseconds,
      source: simulatedExperiment.experiment.source,
    });
    const electrodes = new QuietElectrodes();
    this.device = new VirtualDevice({
      identity: virtualIdentity(options, electrodes, 1),
      electrodes,
      impedancesOhms: Array.from({ length: electrodes.channels }, () => 50_000),
      // The device has a clock of its own: what happens to the computer's does not concern it.
      clock: { nowNs: () => this.time.nowNs },
      clockOffsetMicroseconds: options.clockOffsetMicroseconds,
      seals: deviceSeals(token),
      isToken: () => true,
      faults: [],
      onOutput: (event) => this.watch.note(event, this.time.nowNs),
    });
    const poll = () => {
      this.work();
      this.time.at(this.time.nowNs + pollNs, poll);
    };
    poll();
  }

  /** Lets the device do what is due. */
  work(): void {
    while (this.device.poll());
  }

  /** Starts the program and connects it. */
  async start(): Promise<RunningProgram> {
    const { time, clock } = this;
    const rigThread = new Domain(time, clock);
    const watchdogThread = new Domain(time, clock);
    const control = createControlBlock();
    const cable = (client: Domain, faults: CableFaults) =>
      connectCable({ time, client, device: this.device, onDeviceWork: () => this.work(), faults });
    const ends = {
      data: cable(rigThread, this.cables.data),
      control: cable(rigThread, this.cables.control),
      watchdog: cable(watchdogThread, this.cables.watchdog),
    };
    const connect = async <T>(opening: Promise<T>): Promise<T> => {
      const pending = opening;
      await time.runUntil(time.nowNs + 2e6);
      return pending;
    };
    const options = { clock };
    const reader = await connect(connectReadingHalfOver(ends.data, token, options));
    const writer = await connect(connectWritingHalfOver(ends.control, token, options));
    const alive = await connect(connectKeepAliveOver(ends.watchdog, token, options));

    let listener: WatchdogListener | undefined;
    const toRig = (act: (heard: WatchdogListener) => void) =>
      rigThread.run(() => {
        if (listener !== undefined) act(listener);
      });
    const core = new WatchdogCore(control, {
      onStopped: (cause, silent) => toRig((heard) => heard.onStopped(cause, silent)),
    });
    core.attach(alive, simulatedExperiment.limits.timing.beatMaxMilliseconds);
    alive.onStatus((status) => toRig((heard) => heard.onStatus(status)));
    alive.onClosed(({ message }) => toRig((heard) => heard.onLost({ message })));
    watchdogThread.every(watchdogRoundMilliseconds, () => {
      core.isRigGone = rigThread.isDead;
      core.round(clock.nowNs());
      beat(control);
    });
    const watchdog = {
      listen: (heard: WatchdogListener | undefined) => void (listener = heard),
      guard: (session: number) =>
        new Promise<void>((resolve) => {
          watchdogThread.after(1, () => {
            core.setSession(session, clock.nowNs());
            rigThread.run(resolve);
          });
        }),
    };

    const ring = new SimulatedRing(this.disk);
    const journal = new JournalWriter(
      ring,
      () => clock.nowNs(),
      () => {},
    );
    const recorder = new SimulatedRecorder(this.disk);
    rigThread.every(20, () => void ring.drain());
    const station = new SimulatedStation(this.station);
    const simulator = new SimulatedSimulator(rigThread, this.dice);
    const limits = new LimitsKeeper(simulatedExperiment, writer.identity);
    const dose = new DoseLedger(
      [],
      station,
      () => limits.inForce,
      (fault) => program.rig.raise(fault),
    );
    const simulation = {
      backend: 'simulated',
      neurons: 1,
      synapses: 0,
      plasticSynapses: 0,
      populations: [],
      projections: [],
    };
    const content = {
      checked: simulatedExperiment,
      connections: { reader, writer, link: simulator, simulation },
      limits,
      dose,
      history: new DeviceHistory({ impedancesOhms: [], isEmergencyStopTried: false }, { noteDevice: () => {} }),
      carried: this.carried,
      restSeconds: 0,
    };
    const owner = new DisposableStore();
    owner.add(reader);
    owner.add(writer);
    const around = {
      control,
      journal,
      recorder,
      watchdog,
      station,
      kernels: undefined,
      time: rigThread,
      random: () => this.dice.uniform(),
    };
    const nothing = () => {};
    const rig = new ConnectedRig(content, owner, around, {
      onBlock: nothing,
      onPopulation: nothing,
      onDelivery: nothing,
      onTickEnd: nothing,
      onNetwork: nothing,
      onFault: (fault) => void this.faults.push(fault),
      onRecording: nothing,
      onMessage: nothing,
      onRecordingEnd: nothing,
    });
    simulator.onResult = (result) => rig.chain.loop.takeResult(result);
    const program: RunningProgram = {
      rig,
      control,
      rigThread,
      watchdogThread,
      simulator,
      recorder,
      ring,
      cut: () => Object.values(ends).forEach((end) => end.cut()),
    };
    this.program = program;
    rig.start();
    return program;
  }

  /** What the station's log says of the last start. */
  get carried(): CarriedCause | undefined {
    return leftCause(this.station.entries);
  }

  /** Kills the whole program. */
  kill(): void {
    const { program } = this;
    if (program === undefined) return;
    program.rigThread.kill();
    program.watchdogThread.kill();
    program.cut();
    this.program = undefined;
  }

  /** Anybody stops, from any thread. */
  stopWord(): void {
    if (this.program !== undefined) requestStop(this.program.control);
  }

  async pass(milliseconds: number): Promise<void> {
    const endNs = this.time.nowNs + milliseconds * 1e6;
    while (this.time.nowNs < endNs) {
      await this.time.runUntil(Math.min(endNs, this.time.nowNs + lookNs));
      this.watch.look(this.time.nowNs);
    }
  }

  dispose(): void {
    this.kill();
  }
}

/** Watchdog and recorder are alive. */
function beat(control: ControlBlock): void {
  Atomics.add(control, controlWord.watchdogBeat, 1);
  Atomics.add(control, controlWord.recorderBeat, 1);
}

/** The first record of a simulated session. */
export function simulatedOpening(rig: ConnectedRig): SessionOpening {
  const { identity } = rig.connections.reader;
  return {
    format: 'exocortex-session/1',
    session: 'simulated',
    exocortexVersion: '0',
    startedAt: '2026-01-01T00:00:00Z',
    startedNs: 0,
    checked: simulatedExperiment,
    device: { kind: identity.kind, serial: identity.serial, firmware: identity.firmware, description: '' },
    channels: identity.channels,
    sampleRateHz: identity.sampleRateHz,
    microvoltsPerBit: identity.microvoltsPerBit,
    samplesPerTick: identity.samplesPerBlock,
    simulation: { backend: 'simulated', neurons: 1, synapses: 0, plasticSynapses: 0, populations: [] },
    kernels: { kernel: 'typescript' },
    isArmed: true,
    limits: rig.limits.record,
    operator: 'simulated',
  };
}
