// What the watchdog thread does while it runs: its real round, taking a session, hearing the device; for the model check.
import { answerTo } from '../../common/base/control-block.ts';
import type { WatchdogLook } from '../../main/rig/supervision/watchdog-round.ts';
import { send } from './channel.ts';
import { isDriving } from './device-model.ts';
import { makeMessage } from './message.ts';
import { notWrong } from './observer.ts';
import { isLive } from './rig-model.ts';
import { watchdogTicks } from './scale.ts';
import { Draft, type Emit, isWatching, type ModelState, type Setting } from './state.ts';
import { normalMemory } from './watchdog-model.ts';

/** What it sees; its counters begin at 0 in each round. */
function lookOf({ rig, words, watchdog }: ModelState): WatchdogLook {
  return {
    nowNs: 0,
    beat: words.hasBeaten ? 1 : 0,
    answer: words.isAnswered ? answerTo(0) : answerTo(-1),
    isLeaseWanted: words.isLeaseWanted,
    state: rig.record.state,
    stopRequests: words.isStopAsked ? 1 : 0,
    isRigGone: rig.life === 'gone',
    isOutputOn: watchdog.seesOn,
    isDry: watchdog.seesDry,
  };
}

/** Judged apart from the code under test: an output, or a lease that is guarded and wanted, in a state that allows neither. */
function isWrong({ rig, words, watchdog }: ModelState): boolean {
  const { state } = rig.record;
  const mayBeOn = isLive(state) || state === 'stopping' || state === 'fault' || (state === 'check' && watchdog.seesDry);
  return (watchdog.seesOn && !mayBeOn) || (!watchdog.memory.isStopped && words.isLeaseWanted && !isLive(state));
}

function round(now: ModelState, { configuration, protocol }: Setting, emit: Emit): void {
  const { rig, words, watchdog, observer } = now;
  const { memory, doesStop, doesRenew, cause } = protocol.watchRound(watchdog.memory, lookOf(now), watchdogTicks);
  const next = new Draft(now);
  const isTelling = doesStop && cause !== undefined && !watchdog.isTold;
  next.watchdog = { ...watchdog, memory: normalMemory(memory), hasRounded: true, isTold: watchdog.isTold || isTelling };
  next.words = { ...words, hasBeaten: false, isStopAsked: false, isAnswered: words.isAnswered && !doesRenew };
  if (isTelling && rig.life !== 'gone')
    next.rig = { ...rig, report: cause === 'wrong-state' ? 'watchdog-state' : 'watchdog-stop' };
  if (doesStop || doesRenew) {
    const message = makeMessage(doesStop ? 'stop' : 'renew', memory.session);
    next.watchdogChannel = send(now.watchdogChannel, message, configuration.watchdogMessagesMax);
  }
  const wrong = isWrong(now) ? (observer.wrong === notWrong ? 0 : observer.wrong) : notWrong;
  next.observer = { ...observer, wrong };
  emit(doesStop ? 'the watchdog stops' : doesRenew ? 'the watchdog renews' : 'the watchdog looks', next);
}

export function watchdogSteps(now: ModelState, setting: Setting, emit: Emit): void {
  if (!isWatching(now)) return;
  const { rig, words, watchdog, device } = now;
  round(now, setting, emit);
  if (rig.enabling === 'asked' || rig.enabling === 'overtaken') {
    const next = new Draft(now);
    const memory = setting.protocol.takeSession(watchdog.memory, rig.record.session, 0);
    const isAnswered = words.isAnswered && memory.challenge === watchdog.memory.challenge;
    next.watchdog = { ...watchdog, memory: normalMemory(memory), isTold: false };
    next.words = { ...words, isAnswered };
    next.rig = { ...rig, enabling: rig.enabling === 'asked' ? 'guarded' : 'no' };
    emit('the watchdog guards the session', next);
  }
  if (watchdog.seesOn !== device.isOutputOn || (device.isOutputOn && watchdog.seesDry !== device.isDry)) {
    const next = new Draft(now);
    next.watchdog = { ...watchdog, seesOn: device.isOutputOn, seesDry: device.isOutputOn && !isDriving(device) };
    emit('the watchdog hears the device', next);
  }
}
