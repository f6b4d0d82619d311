// What happens to everybody: time, hazards, statuses, the journal on disk, recoveries and a new start of the program; for the model check.
import { initialRecord } from '../../main/rig/interlock/interlock-record.ts';
import { delayed, isOverdue } from './channel.ts';
import { passDeviceTime, pressEmergencyStop, reportKey, reportOf } from './device-model.ts';
import { endOrderly, faultSteps, withHazard } from './fault-steps.ts';
import { stopOutput } from './happen.ts';
import { notWrong, passObserverTime } from './observer.ts';
import { passRigTime, startedRig } from './rig-model.ts';
import { silentMaxTicks } from './scale.ts';
import { Draft, type Emit, hasRig, isRunning, isWatching, type ModelState, type Setting } from './state.ts';
import { passWatchdogTime, startedWatchdog, wordsAtRest } from './watchdog-model.ts';
import { carriedBy, journalOf } from './world.ts';

/** Whoever runs has had a turn in this tick and has taken what waits for it; no message is overdue. */
function mayTimePass(now: ModelState, delayMax: number): boolean {
  const { rig, words, watchdog, world } = now;
  const isRigDone =
    rig.hasWorked && !rig.isStopOrdered && rig.report === 'none' && rig.enabling !== 'guarded' && !world.isHazardUnseen;
  const isWatchdogDone =
    watchdog.hasRounded && !words.isStopAsked && rig.enabling !== 'asked' && rig.enabling !== 'overtaken';
  if ((isRunning(now) && !isRigDone) || (isWatching(now) && !isWatchdogDone)) return false;
  return !isOverdue(now.rigChannel, delayMax) && !isOverdue(now.watchdogChannel, delayMax);
}

function passTime(now: ModelState, { configuration, protocol }: Setting, emit: Emit): void {
  const { delayMax } = configuration;
  if (!mayTimePass(now, delayMax)) return;
  const next = new Draft(now);
  const { life } = now.rig;
  const beatsOn = life === 'beating' && now.watchdog.isAlive;
  const answersOn = life === 'answering' && now.watchdog.isAlive;
  if ((beatsOn || answersOn) && !now.world.isFrozen)
    next.words = beatsOn ? { ...now.words, hasBeaten: true } : { ...now.words, isAnswered: true };
  next.rig = passRigTime(now.rig, configuration.hasSilence ? silentMaxTicks + 1 : 0);
  next.watchdog = passWatchdogTime(now.watchdog);
  next.device = passDeviceTime(now.device, protocol.device);
  next.rigChannel = delayed(now.rigChannel);
  next.watchdogChannel = delayed(now.watchdogChannel);
  next.recorded = delayed(now.recorded);
  next.observer = passObserverTime(now.observer);
  emit('time passes', next);
}

/** A start of the program finds the output unknown, and what the last one has left on disk. */
function start(now: ModelState, setting: Setting, emit: Emit): void {
  const { world } = now;
  const { host } = setting.protocol;
  const next = new Draft(now);
  const carried = host.keepsCause ? carriedBy(world.journal) : undefined;
  next.rig = startedRig(initialRecord(0, carried));
  next.words = wordsAtRest;
  next.watchdog = startedWatchdog;
  next.observer = { ...now.observer, work: 0, wrong: notWrong };
  next.world = { ...world, mustTrip: false, isHazardUnseen: world.isHazard };
  if (next.rig.record.state === 'stopping') stopOutput(next, setting);
  next.occasion = 'start';
  emit('the program starts', next);
}

function recoveries(now: ModelState, setting: Setting, emit: Emit): void {
  const { rig, world, device } = now;
  const { life } = rig;
  if (life === 'hung' || life === 'beating' || life === 'answering') {
    const next = new Draft(now);
    next.rig = { ...rig, life: 'running' };
    emit('the rig goes on', next);
  }
  if (world.isFrozen) {
    const next = new Draft(now);
    next.world = { ...world, isFrozen: false };
    emit('the process goes on', next);
  }
  if (world.isHazard) {
    const next = new Draft(now);
    next.world = { ...world, isHazard: false, isHazardUnseen: false };
    emit('the hazard goes', next);
  }
  if (device.isEmergencyStopPressed) {
    const next = new Draft(now);
    next.device = pressEmergencyStop(device, false, setting.protocol.device);
    emit('the emergency stop is released', next);
  }
  if (life === 'dead' || (life === 'gone' && !world.isFrozen)) start(now, setting, emit);
  // Out of the fault state there is no other way than an orderly end, which writes the journal.
  if (isRunning(now) && rig.record.state === 'fault') emit('the operator ends the program', endOrderly(now));
}

/** What the recorder and the device send on their own. */
function reports(now: ModelState, emit: Emit): void {
  const { rig, world, device, status } = now;
  const journal = journalOf(rig.record);
  if (hasRig(now) && !world.isFrozen && journal !== world.journal) {
    const next = new Draft(now);
    next.world = { ...world, journal };
    emit('the journal is written', next);
  }
  const report = reportOf(device);
  if (reportKey(report) === reportKey(status)) return;
  const next = new Draft(now);
  next.status = report;
  emit('the device sends its status', next);
}

export function worldSteps(now: ModelState, setting: Setting, emit: Emit): void {
  passTime(now, setting, emit);
  if (setting.configuration.hasHazard && !now.world.isHazard) emit('a hazard comes', withHazard(now));
  faultSteps(now, setting, emit);
  recoveries(now, setting, emit);
  reports(now, emit);
}
