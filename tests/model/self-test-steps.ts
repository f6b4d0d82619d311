// The self-test of arming: its outcome, and its output with the relay open; for the model check.
import { hasRoom, send } from './channel.ts';
import { happen } from './happen.ts';
import { makeMessage } from './message.ts';
import { Draft, type Emit, isRunning, type ModelState, type Setting } from './state.ts';

function end(now: ModelState, setting: Setting, emit: Emit): void {
  for (const kind of ['checks-passed', 'checks-failed'] as const) {
    const next = new Draft(now);
    if (happen(next, { kind, nowNs: 0 }, setting))
      emit(kind === 'checks-passed' ? 'the self-test passes' : 'the self-test fails', next);
  }
}

/** The outcome of a test whose attempt is over meets whatever has begun since. */
function endEarlier(now: ModelState, setting: Setting, emit: Emit): void {
  if (!now.rig.hasEarlierTest) return;
  const next = new Draft(now);
  next.rig = { ...now.rig, hasEarlierTest: false };
  next.occasion = 'earlier-self-test';
  if (!setting.protocol.host.knowsOwnSelfTest) happen(next, { kind: 'checks-passed', nowNs: 0 }, setting);
  emit('the self-test of an earlier attempt passes', next);
}

/** Dry output on, with a session number of its own; its lease is not renewed. Pulses beyond every limit go into the reference load. */
function drive(now: ModelState, { configuration }: Setting, emit: Emit): void {
  const { rig, world, rigChannel } = now;
  // The last number is left to the arming that follows.
  if (world.sessions < configuration.sessionsMax - 1) {
    const session = world.sessions + 1;
    const next = new Draft(now);
    const message = makeMessage('enable', session, { isDry: true });
    next.rigChannel = send(rigChannel, message, configuration.rigMessagesMax);
    next.rig = { ...rig, isStopping: false, enabledSession: session, sequence: 0 };
    next.world = { ...world, sessions: session };
    emit('the self-test sends a dry ENABLE', next);
  }
  const { isOutputOn, isDry } = now.status;
  if (
    isOutputOn &&
    isDry &&
    hasRoom(rigChannel, configuration.rigMessagesMax) &&
    rig.sequence < configuration.pulsesMax
  ) {
    const sequence = rig.sequence + 1;
    const next = new Draft(now);
    const message = makeMessage('pulse', rig.enabledSession, { sequence, isHigh: true });
    next.rigChannel = send(rigChannel, message, configuration.rigMessagesMax);
    next.rig = { ...rig, sequence };
    emit('the self-test sends a pulse', next);
  }
}

export function selfTestSteps(now: ModelState, setting: Setting, emit: Emit): void {
  if (!isRunning(now)) return;
  end(now, setting, emit);
  endEarlier(now, setting, emit);
  if (setting.configuration.hasSelfTest && now.rig.record.state === 'check') drive(now, setting, emit);
}
