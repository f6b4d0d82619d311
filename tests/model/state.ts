// A state of the whole model, its first one, and a draft of the next one with everything that happens on the way; for the model check.
import { initialRecord, type InterlockRecord } from '../../main/rig/interlock/interlock-record.ts';
import type { InterlockAction } from '../../main/rig/interlock/reduce.ts';
import type { InterlockEvent } from '../../main/rig/interlock/interlock-event.ts';
import { type Channel, emptyChannel } from './channel.ts';
import type { Configuration } from './configuration.ts';
import {
  type Device,
  deviceAtRest,
  type DeviceReport,
  type DeviceRules,
  type ExecutedPulse,
  isDead,
  reportOf,
} from './device-model.ts';
import { noStop, observed, type Observer, observerAtRest, permissionMax } from './observer.ts';
import type { Protocol } from './protocol.ts';
import { isLive, type Rig, startedRig } from './rig-model.ts';
import { freshTicks } from './scale.ts';
import { startedWatchdog, type Watchdog, type Words, wordsAtRest } from './watchdog-model.ts';
import type { World } from './world.ts';

/** Every part is immutable: states share what they have in common. */
export interface ModelState {
  readonly rig: Rig;
  readonly words: Words;
  readonly watchdog: Watchdog;
  readonly device: Device;
  /** The status that is on its way to the rig: always one that was true once, never one older than the rig has heard. */
  readonly status: DeviceReport;
  readonly rigChannel: Channel;
  readonly watchdogChannel: Channel;
  /** What a listener has kept. */
  readonly recorded: Channel;
  readonly world: World;
  readonly observer: Observer;
}

/** What a search is about. */
export interface Setting {
  readonly configuration: Configuration;
  readonly protocol: Protocol;
}

/** One call of the reducer, with what it really returned. */
export interface SeenReduction {
  readonly before: InterlockRecord;
  readonly event: InterlockEvent;
  readonly after: InterlockRecord;
  readonly action: InterlockAction;
}

export function firstState({ faults, recordings }: Configuration): ModelState {
  return {
    rig: startedRig(initialRecord(0)),
    words: wordsAtRest,
    watchdog: startedWatchdog,
    device: deviceAtRest,
    status: reportOf(deviceAtRest),
    rigChannel: emptyChannel,
    watchdogChannel: emptyChannel,
    recorded: emptyChannel,
    world: {
      areLimitsNormal: true,
      frozenNormal: 0,
      sessions: 0,
      isHazard: false,
      isHazardUnseen: false,
      isFrozen: false,
      journal: 'clean',
      mustTrip: false,
      faultsLeft: faults,
      recordingsLeft: recordings,
    },
    observer: observerAtRest,
  };
}

/** The rig thread can act. */
export const isRunning = ({ rig, world }: ModelState): boolean => rig.life === 'running' && !world.isFrozen;
export const isWatching = ({ watchdog, world }: ModelState): boolean => watchdog.isAlive && !world.isFrozen;
/** The rig thread exists, whether or not it acts. */
export const hasRig = ({ rig }: ModelState): boolean => rig.life !== 'gone' && rig.life !== 'dead';

function alive(channel: Channel, device: Device, rules: DeviceRules): Channel {
  return channel.some((message) => isDead(device, message, rules))
    ? channel.filter((message) => !isDead(device, message, rules))
    : channel;
}

const noReductions: readonly SeenReduction[] = [];

/** The next state while it is made. */
export class Draft implements ModelState {
  rig: Rig;
  words: Words;
  watchdog: Watchdog;
  device: Device;
  status: DeviceReport;
  rigChannel: Channel;
  watchdogChannel: Channel;
  recorded: Channel;
  world: World;
  observer: Observer;
  /** What the reducer was asked on the way. */
  reductions: readonly SeenReduction[] = noReductions;
  /** What began on the way: at most one pulse. */
  pulse: ExecutedPulse | undefined;
  /** The program was started, or a self-test of an earlier attempt has ended. */
  occasion: 'start' | 'earlier-self-test' | undefined;

  constructor(from: ModelState) {
    this.rig = from.rig;
    this.words = from.words;
    this.watchdog = from.watchdog;
    this.device = from.device;
    this.status = from.status;
    this.rigChannel = from.rigChannel;
    this.watchdogChannel = from.watchdogChannel;
    this.recorded = from.recorded;
    this.world = from.world;
    this.observer = from.observer;
  }

  /** Drops what is as good as lost. */
  drop(rules: DeviceRules): void {
    this.rigChannel = alive(this.rigChannel, this.device, rules);
    this.watchdogChannel = alive(this.watchdogChannel, this.device, rules);
    this.recorded = alive(this.recorded, this.device, rules);
  }

  /** Lets the observer see what is permitted now. Ends the draft. */
  observe(): void {
    const { rig, world, device, observer } = this;
    const isLiveNow = hasRig(this) && isLive(rig.record.state);
    // Off, and every session burned: what is permitted next is a new arming's.
    const isOver = !isLiveNow && !device.isOutputOn && device.burned >= world.sessions;
    // A rig that runs sees a hazard within the tick; until then it cannot know.
    const isHazardKnown = world.isHazard && !world.isHazardUnseen;
    const isPermitted = isLiveNow && observer.work <= freshTicks && !isHazardKnown;
    const isPulsePermitted = isPermitted && rig.record.state === 'stimulating';
    const ended = isOver ? permissionMax : undefined;
    this.observer = observed(observer, {
      work: isLiveNow ? observer.work : 0,
      pulsePermission: isPulsePermitted ? 0 : (ended ?? observer.pulsePermission),
      outputPermission: isPermitted ? 0 : (ended ?? observer.outputPermission),
      stop: isOver ? noStop : observer.stop,
    });
  }
}

/** Takes a step from a state, with what it is called. */
export type Emit = (label: string, next: Draft) => void;
