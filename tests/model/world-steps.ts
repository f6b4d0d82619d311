// What happens to everybody: time, hazards, faults of threads and processes, the emergency stop, statuses, the journal on disk, a new start; for the model check.
import { initialRecord } from '../../main/rig/interlock/interlock-record.ts';
import { isLive } from '../../main/rig/interlock/reduce.ts';
import { delayed, isOverdue } from './channel.ts';
import { passDeviceTime, pressEmergencyStop, reportKey, reportOf } from './device-model.ts';
import { happen, stopOutput } from './happen.ts';
import { notWrong, passObserverTime } from './observer.ts';
import { endedRig, otherCause, passRigTime, startedRig } from './rig-model.ts';
import { silentMaxTicks } from './scale.ts';
import { Draft, type Emit, hasRig, isRunning, isWatching, type ModelState, type Setting } from './state.ts';
import { deadWatchdog, passWatchdogTime, startedWatchdog, wordsAtRest } from './watchdog-model.ts';
import { carriedBy, type FaultKind, journalOf } from './world.ts';

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

function hazard(now: ModelState, emit: Emit): void {
  const { world } = now;
  const next = new Draft(now);
  next.world = { ...world, isHazard: !world.isHazard, isHazardUnseen: !world.isHazard };
  emit(world.isHazard ? 'the hazard goes' : 'a hazard comes', next);
}

/** A start of the program finds the output unknown and the journal as it is. */
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
  next.event = 'start';
  emit('the program starts', next);
}

function end(now: ModelState, life: 'gone' | 'dead'): Draft {
  const next = new Draft(now);
  const { record } = now.rig;
  next.rig = endedRig(now.rig, life);
  next.world = { ...now.world, mustTrip: isLive(record.state) || now.world.journal !== 'clean', isFrozen: false };
  if (life === 'dead') {
    next.words = wordsAtRest;
    next.watchdog = deadWatchdog;
  }
  return next;
}

/** Each possible fault takes one from what may still fail. */
function faults(now: ModelState, setting: Setting, emit: Emit): void {
  const { rig, watchdog, world, device } = now;
  const { faultKinds } = setting.configuration;
  if (world.faultsLeft === 0) return;
  const fail = (kind: FaultKind, label: string, isPossible: boolean, draft: () => Draft) => {
    if (!isPossible || !faultKinds.includes(kind)) return;
    const next = draft();
    next.world = { ...next.world, faultsLeft: world.faultsLeft - 1 };
    emit(label, next);
  };
  const withLife = (life: 'hung' | 'beating' | 'answering') => () => {
    const next = new Draft(now);
    next.rig = { ...rig, life, hasWorked: false };
    return next;
  };
  fail('hang', 'the rig hangs', rig.life === 'running', withLife('hung'));
  fail('hollow-beat', 'the rig hangs, its beat goes on', rig.life === 'running', withLife('beating'));
  fail('hollow-answer', 'the rig hangs, its answers go on', rig.life === 'running', withLife('answering'));
  fail('freeze', 'the process is frozen', !world.isFrozen && rig.life !== 'dead', () => {
    const next = new Draft(now);
    next.world = { ...world, isFrozen: true };
    return next;
  });
  fail('kill', 'the process is killed', rig.life !== 'dead', () => end(now, 'dead'));
  fail('thread-end', 'the rig thread ends', hasRig(now) && !world.isFrozen, () => end(now, 'gone'));
  fail('watchdog-end', 'the watchdog thread ends', watchdog.isAlive, () => {
    const next = new Draft(now);
    next.watchdog = deadWatchdog;
    next.words = { ...wordsAtRest, isLeaseWanted: now.words.isLeaseWanted };
    return next;
  });
  fail('emergency-stop', 'the emergency stop is pressed', !device.isEmergencyStopPressed, () => {
    const next = new Draft(now);
    next.device = pressEmergencyStop(device, true, setting.protocol.device);
    return next;
  });
  fail('integrity', 'the limits in memory are found changed', isRunning(now), () => {
    const next = new Draft(now);
    happen(next, { kind: 'integrity-lost', fault: otherCause }, setting);
    return next;
  });
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
  if (device.isEmergencyStopPressed) {
    const next = new Draft(now);
    next.device = pressEmergencyStop(device, false, setting.protocol.device);
    emit('the emergency stop is released', next);
  }
  // Out of the fault state there is no other way.
  if (life === 'dead' || (!world.isFrozen && (life === 'gone' || rig.record.state === 'fault')))
    start(now, setting, emit);
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
  if (setting.configuration.hasHazard) hazard(now, emit);
  faults(now, setting, emit);
  recoveries(now, setting, emit);
  reports(now, emit);
}
