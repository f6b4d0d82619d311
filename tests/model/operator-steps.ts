// What the operator can do in any state, and the limits under their hands; for the model check.
import type { InterlockEvent } from '../../main/rig/interlock/interlock-event.ts';
import { happen } from './happen.ts';
import { limitNames } from './message.ts';
import { hazardCause, otherCause } from './rig-model.ts';
import { interlockTicks } from './scale.ts';
import { Draft, type Emit, isRunning, type ModelState, type Setting } from './state.ts';

const cancel: InterlockEvent = { kind: 'arm-cancelled', nowNs: 0 };
const end: InterlockEvent = { kind: 'run-ended', nowNs: 0 };
const reset: InterlockEvent = { kind: 'reset', nowNs: 0 };

/** A command reaches the reducer whatever the state is: its guards decide. What means nothing leads nowhere. */
function command(now: ModelState, setting: Setting, emit: Emit, label: string, event: InterlockEvent): void {
  const { reduce, interlockTiming } = setting.protocol;
  const { record, action } = reduce(now.rig.record, event, interlockTiming);
  if (record === now.rig.record && action === 'none') return;
  const next = new Draft(now);
  happen(next, event, setting);
  emit(label, next);
}

/** The note of it is durable before the reducer decides. */
function confirmArming(now: ModelState, setting: Setting, emit: Emit, heldMilliseconds: number): void {
  const { world } = now;
  const { host } = setting.protocol;
  if (world.sessions >= setting.configuration.sessionsMax) return;
  const next = new Draft(now);
  if (host.recordsBeforeArming && world.journal === 'clean') next.world = { ...world, journal: 'unclean' };
  const limitsHash = limitNames[world.areLimitsNormal ? 1 : 0]!;
  const session = world.sessions + 1;
  const event = { kind: 'arm-confirmed', session, limitsHash, heldMilliseconds, nowNs: 0 } as const;
  if (!happen(next, event, setting)) return;
  const isLongEnough = heldMilliseconds >= interlockTicks.holdMilliseconds;
  emit(isLongEnough ? 'the operator holds the second control' : 'the operator touches the second control', next);
}

function changeLimits(now: ModelState, { configuration, protocol }: Setting, emit: Emit): void {
  const { world, rig } = now;
  if (!configuration.canTighten) return;
  const isAllowed = world.areLimitsNormal || rig.record.state === 'safe' || !protocol.host.loosensOnlyWhenSafe;
  if (!isAllowed) return;
  const next = new Draft(now);
  next.world = { ...world, areLimitsNormal: !world.areLimitsNormal };
  emit(world.areLimitsNormal ? 'the limits are tightened' : 'the limits are loosened', next);
}

/** The stop word wakes the watchdog; the order goes to the rig thread. Both happen however the rig thread is. */
function stop(now: ModelState, emit: Emit): void {
  const { rig, words, world } = now;
  if (rig.life === 'dead' || world.isFrozen) return;
  const next = new Draft(now);
  next.words = { ...words, isStopAsked: now.watchdog.isAlive };
  if (rig.life !== 'gone') next.rig = { ...rig, isStopOrdered: true };
  next.observer = { ...now.observer, stop: 0 };
  emit('the operator stops', next);
}

export function operatorSteps(now: ModelState, setting: Setting, emit: Emit): void {
  stop(now, emit);
  if (!isRunning(now)) return;
  const { rig, world } = now;
  const { firstCause } = rig.record;
  const act = (label: string, event: InterlockEvent) => command(now, setting, emit, label, event);
  changeLimits(now, setting, emit);
  // Orders are carried out in the order in which they were given.
  if (rig.isStopOrdered) return;
  act('the operator asks to arm', {
    kind: 'arm-requested',
    limitsHash: limitNames[world.areLimitsNormal ? 1 : 0]!,
    nowNs: 0,
  });
  confirmArming(now, setting, emit, interlockTicks.holdMilliseconds);
  confirmArming(now, setting, emit, interlockTicks.holdMilliseconds - 1);
  act('the operator cancels arming', cancel);
  act('the operator starts the run', { kind: 'run-started', isRecorded: true, isConfirmed: rig.isConfirmed, nowNs: 0 });
  act('the operator starts a run that is not recorded', {
    kind: 'run-started',
    isRecorded: false,
    isConfirmed: rig.isConfirmed,
    nowNs: 0,
  });
  act('the run ends', end);
  for (const cause of [hazardCause, otherCause]) {
    const label = cause === firstCause ? 'the operator names the cause' : 'the operator names another cause';
    act(label, { kind: 'acknowledge', cause: cause.code, nowNs: 0 });
  }
  act('the operator resets', reset);
}
