// Everything that is watched while a rig is connected, and what is raised when something is wrong. Rig thread.
import { type ControlBlock, controlWord, stopInputState } from '../../common/base/control-block.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { InterlockState } from '../../common/contract/interlock-states.ts';
import type { Chain } from './build-chain.ts';
import type { DeviceHistory } from './device-history.ts';
import type { ClockSync } from './hardware/clock-sync/clock-sync.ts';
import type { HeardStatus } from './hardware/device.ts';
import type { InterlockDriver } from './interlock-driver.ts';
import type { OutputControl } from './output-control.ts';
import type { RigHealth } from './rig-health.ts';
import { BeatWatch } from './supervision/beat-watch.ts';
import type { DeviceWatch } from './supervision/device-watch.ts';
import type { OperatorWatch } from './supervision/operator-watch.ts';
import type { WatchdogCause } from './supervision/watchdog-round.ts';

export interface WatchParts {
  chain: Chain;
  driver: InterlockDriver;
  output: OutputControl;
  device: DeviceWatch;
  history: DeviceHistory;
  operator: OperatorWatch;
  health: RigHealth;
  control: ControlBlock;
  isRealTime: boolean;
  /** A stop input was pressed, in whatever state. */
  onPress(): void;
  /** Of two devices; undefined: source and stimulator are one. */
  sync?: Pick<ClockSync, 'look' | 'fault'> | undefined;
}

const watchdogWords: Record<WatchdogCause, string> = {
  'beat-late': 'no tick of the loop was completed',
  'not-answered': 'the rig thread did not answer',
  'wrong-state': 'output or lease did not fit the state of the rig',
  'rig-gone': 'the rig thread was gone',
};

/** Between two movements of the presence counter while an input is held. */
const heldWithinNs = 100e6;
const stopInputSilentMaxNs = 1e9;

const pressed: Fault = { code: 'emergency-stop', message: 'A stop pedal or key was pressed.' };
/** States that a pressed stop input ends with a cause; in the others nothing is going on, or it is being stopped. */
const underWay: ReadonlySet<InterlockState> = new Set(['check', 'prearmed', 'armed', 'stimulating']);

export class RigWatch {
  readonly #parts: WatchParts;
  #presenceWord = 0;
  #presenceMovedNs = -Infinity;
  #emergencyStops = 0;
  readonly #stopInputBeat = new BeatWatch();

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#presenceWord = Atomics.load(parts.control, controlWord.presence);
    this.#emergencyStops = Atomics.load(parts.control, controlWord.emergencyStops);
  }

  /** The device speaks through two handles; what the slower one says late is no news. */
  hearDevice(status: HeardStatus): void {
    const { output, driver, device, history, chain } = this.#parts;
    if (status.deviceMicroseconds < output.status.deviceMicroseconds && status.bootNumber === output.status.bootNumber)
      return;
    output.hear(status);
    history.hear(status);
    chain.requests.surroundings.heardNs = status.receivedNs;
    const { isOutputOn, isDry, burnedSession } = status;
    driver.apply({ kind: 'device-heard', isOutputOn, isDry, burnedSession });
    if (chain.requests.surroundings.confirmedSession > 0 && !isOutputOn) this.#lostOutput(status);
    for (const fault of device.hear(status, status.receivedNs)) driver.raiseLasting(fault);
    const fault = chain.clock.note(status.deviceMicroseconds, status.receivedNs);
    if (fault !== undefined) driver.raise(fault);
  }

  /** The watchdog stopped of its own accord. */
  hearWatchdog(cause: WatchdogCause, silentMilliseconds: number): void {
    const bound = this.#parts.chain.interlock.limits.timing.beatMaxMilliseconds;
    const message = `The watchdog stopped stimulation: ${watchdogWords[cause]} (last completed work ${silentMilliseconds.toFixed(0)} ms ago).`;
    this.#parts.driver.raise(
      cause === 'wrong-state'
        ? { code: 'watchdog-state', message }
        : { code: 'watchdog-stop', message, value: silentMilliseconds, bound, unit: 'ms' },
    );
  }

  /** A message of the device was damaged and dropped. */
  hearBadFrame(nowNs: number): void {
    const fault = this.#parts.device.noteBadFrame(nowNs);
    if (fault !== undefined) this.#parts.driver.raiseLasting(fault);
  }

  /** Between ticks. @param newestAcquiredNs when the newest sample was acquired; undefined: the source is gone, which has been raised. */
  look(nowNs: number, newestAcquiredNs: number | undefined, isRecording: boolean): void {
    const { chain, driver, output, health, isRealTime, sync } = this.#parts;
    chain.loop.takeTime(nowNs);
    output.repeatStop(nowNs);
    driver.apply({ kind: 'time' });
    driver.finishTripCheck();
    if (newestAcquiredNs !== undefined && isRealTime) {
      const stall = health.checkSource(nowNs, newestAcquiredNs);
      if (stall !== undefined) driver.raise(stall);
    }
    const { timing } = chain.interlock.limits;
    sync?.look(nowNs);
    for (const fault of health.checkThreads(nowNs, isRecording, timing)) driver.raiseLasting(fault);
    this.#takePresence(nowNs);
    if (this.#takePress()) {
      this.#parts.onPress();
      if (underWay.has(chain.interlock.state)) driver.raise(pressed);
    }
    const stopInput = this.#checkStopInputs(nowNs);
    if (!chain.interlock.isLive) return;
    for (const fault of this.#checkLive(nowNs, newestAcquiredNs !== undefined)) driver.raise(fault);
    if (stopInput !== undefined) driver.raise(stopInput);
  }

  /** What must hold while current may flow. */
  #checkLive(nowNs: number, isSourceThere: boolean): Fault[] {
    const { chain, operator, device, sync } = this.#parts;
    const faults = operator.check(nowNs, chain.interlock.limits.timing);
    const lost = sync?.fault(nowNs);
    if (lost !== undefined) faults.push(lost);
    const silence = isSourceThere ? device.checkSilence(nowNs) : undefined;
    return silence === undefined ? faults : [...faults, silence];
  }

  /** @returns whether a stop input was pressed since the last look; in every state, so that no later arming is taken to be meant. */
  #takePress(): boolean {
    const presses = Atomics.load(this.#parts.control, controlWord.emergencyStops);
    const isPressed = presses !== this.#emergencyStops;
    this.#emergencyStops = presses;
    return isPressed;
  }

  #checkStopInputs(nowNs: number): Fault | undefined {
    const { control } = this.#parts;
    const silentNs = this.#stopInputBeat.silentNs(Atomics.load(control, controlWord.stopInputBeat), nowNs);
    const state = Atomics.load(control, controlWord.stopInputState);
    if (state === stopInputState.none) return undefined;
    if (state === stopInputState.missing)
      return { code: 'stop-input-lost', message: 'A configured stop input is gone.' };
    if (silentNs <= stopInputSilentMaxNs) return undefined;
    const value = silentNs / 1e6;
    const message = `The thread of the stop inputs has been silent for ${value.toFixed(0)} ms.`;
    return { code: 'stop-input-lost', message, value, bound: stopInputSilentMaxNs / 1e6, unit: 'ms' };
  }

  /** The pedal or key of presence is counted by its own thread. */
  #takePresence(nowNs: number): void {
    const { operator, control, chain } = this.#parts;
    const word = Atomics.load(control, controlWord.presence);
    if (word !== this.#presenceWord) {
      // The counter moves once at a press and every 50 ms while the input is held.
      if (nowNs - this.#presenceMovedNs <= heldWithinNs) operator.noteHeld(nowNs);
      else operator.noteSign(nowNs);
      this.#presenceMovedNs = nowNs;
      this.#presenceWord = word;
    }
    chain.requests.surroundings.presentNs = operator.presentNs;
    chain.requests.surroundings.heldNs = operator.heldNs;
  }

  #lostOutput({ isEmergencyStopPressed }: HeardStatus): void {
    const { driver, output } = this.#parts;
    if (isEmergencyStopPressed) return;
    // Somebody else in this program has stopped it: a stop input, or the order or the watchdog's report is on its way.
    if (output.isStoppedElsewhere) {
      if (this.#takePress()) driver.raise(pressed);
      else driver.apply({ kind: 'stop' });
    } else
      driver.raise({
        code: 'lease-lost',
        message: 'The stimulator turned its output off although nobody stopped it: its lease was not renewed in time.',
      });
  }
}
