// What may fail: threads and processes hang, freeze and end, the emergency stop is pressed, memory is damaged; for the model check.
import { pressEmergencyStop } from './device-model.ts';
import { happen } from './happen.ts';
import { endedRig, isLive, otherCause } from './rig-model.ts';
import { Draft, type Emit, hasRig, isRunning, type ModelState, type Setting } from './state.ts';
import { deadWatchdog, wordsAtRest } from './watchdog-model.ts';
import { type FaultKind, journalOf } from './world.ts';

/** A hazard comes; the rig has not seen it yet. */
export function withHazard(now: ModelState): Draft {
  const next = new Draft(now);
  next.world = { ...now.world, isHazard: true, isHazardUnseen: true };
  return next;
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

/** With everything written that has to be. */
export function endOrderly(now: ModelState): Draft {
  const next = end(now, 'dead');
  next.world = { ...next.world, journal: journalOf(now.rig.record), mustTrip: true };
  return next;
}

/** Each possible fault takes one from what may still fail. */
export function faultSteps(now: ModelState, setting: Setting, emit: Emit): void {
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
  fail('hazard', 'a hazard comes', !world.isHazard, () => withHazard(now));
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
    happen(next, { kind: 'integrity-lost', fault: otherCause, nowNs: 0 }, setting);
    return next;
  });
}
