// Gives an event to the reducer and does what it says, as the interlock's driver and the output's control do; for the model check.
import type { InterlockEvent } from '../../main/rig/interlock/interlock-event.ts';
import { send } from './channel.ts';
import { makeMessage } from './message.ts';
import { noStop } from './observer.ts';
import { hazardCause, normalRecord, otherCause } from './rig-model.ts';
import type { Draft, Setting } from './state.ts';

export const orderToStop: InterlockEvent = { kind: 'stop', nowNs: 0 };
export const otherFault: InterlockEvent = { kind: 'fault', fault: otherCause, nowNs: 0 };
export const hazardFault: InterlockEvent = { kind: 'fault', fault: hazardCause, nowNs: 0 };

/** Off, through both handles: the rig's own STOP names the session of its last ENABLE, the watchdog is woken by the stop word. */
export function stopOutput(next: Draft, { configuration }: Setting): void {
  const { rig } = next;
  const message = makeMessage('stop', rig.enabledSession);
  next.rigChannel = send(next.rigChannel, message, configuration.rigMessagesMax);
  next.words = { ...next.words, isLeaseWanted: false, isStopAsked: next.watchdog.isAlive };
  const enabling = rig.enabling === 'asked' || rig.enabling === 'overtaken' ? 'overtaken' : 'no';
  next.rig = { ...rig, isStopping: true, isConfirmed: false, enabling };
}

/** The watchdog is asked to guard the new session; ENABLE follows when it does. The rig looks at everything anew in this tick. */
function beginEnabling(next: Draft): void {
  const { record } = next.rig;
  const { world, observer } = next;
  next.rig = { ...next.rig, hasWorked: false, isStopping: false, isConfirmed: false, enabling: 'asked', sequence: 0 };
  next.words = { ...next.words, isLeaseWanted: true };
  const frozenNormal = world.areLimitsNormal ? world.frozenNormal | (1 << record.session) : world.frozenNormal;
  next.world = { ...world, sessions: record.session, frozenNormal };
  next.observer = { ...observer, stop: noStop };
}

/** Gives an event, at the time 0 as every one, to the reducer. @returns whether it meant anything. */
export function happen(next: Draft, event: InterlockEvent, setting: Setting): boolean {
  const { protocol } = setting;
  const before = next.rig.record;
  const { record: after, action } = protocol.reduce(before, event, protocol.interlockTiming);
  next.reductions = [...next.reductions, { before, event, after, action }];
  if (after !== before) next.rig = { ...next.rig, record: normalRecord(after) };
  // The self-test goes on when its attempt is stopped or cancelled.
  const isLeft = before.state === 'check' && after.state !== 'check' && !event.kind.startsWith('checks-');
  if (isLeft && setting.configuration.hasSelfTest) next.rig = { ...next.rig, hasEarlierTest: true };
  if (action === 'stop-output') stopOutput(next, setting);
  if (action === 'enable-output') beginEnabling(next);
  return after !== before || action !== 'none';
}
