// What the rig thread does while it runs: works, hears the device, takes orders and reports, enables, sends pulses, tests itself; for the model check.
import { hasRoom, send } from './channel.ts';
import { happen, hazardFault, orderToStop, otherFault, stopOutput } from './happen.ts';
import { limitNames, makeMessage } from './message.ts';
import { hazardCause, isLive } from './rig-model.ts';
import { heardForPulseTicks, silentMaxTicks } from './scale.ts';
import { Draft, type Emit, isRunning, type ModelState, type Setting } from './state.ts';

/** A turn of the loop: looks at everything that it watches, repeats a stop once a tick, completes a tick's work. */
function work(now: ModelState, setting: Setting, emit: Emit): void {
  const next = new Draft(now);
  const { record, isStopping, hasWorked, heardTicks } = now.rig;
  if (isStopping && !hasWorked) stopOutput(next, setting);
  if (now.world.isHazard) {
    const isKnown = record.firstCause === hazardCause;
    happen(next, isKnown ? { kind: 'fault-persists', nowNs: 0 } : hazardFault, setting);
    next.world = { ...next.world, isHazardUnseen: false };
  }
  if (isLive(next.rig.record.state) && heardTicks > silentMaxTicks) happen(next, otherFault, setting);
  happen(next, { kind: 'time', nowNs: 0 }, setting);
  next.rig = { ...next.rig, hasWorked: true };
  next.words = { ...next.words, hasBeaten: now.watchdog.isAlive, isAnswered: now.watchdog.isAlive };
  next.observer = { ...next.observer, work: 0, quiet: now.world.isHazard ? 0 : next.observer.quiet };
  emit('the rig works', next);
}

/** A status arrives. An output that is off although nobody here stopped it is a lost lease. */
function hear(now: ModelState, setting: Setting, emit: Emit): void {
  const { status, rig } = now;
  const next = new Draft(now);
  const isConfirmedOff = rig.isStopping && !status.isOutputOn && status.burned >= rig.record.session;
  next.rig = { ...rig, heardTicks: 0, isStopping: rig.isStopping && !isConfirmedOff };
  const { isOutputOn, isDry, burned: burnedSession } = status;
  happen(next, { kind: 'device-heard', isOutputOn, isDry, burnedSession, nowNs: 0 }, setting);
  const { record, isConfirmed, enabling, isStopOrdered, report } = next.rig;
  if (isConfirmed && !isOutputOn && !status.isEmergencyStopPressed) {
    const isStoppedElsewhere = isStopOrdered || report !== 'none';
    happen(next, isStoppedElsewhere ? orderToStop : otherFault, setting);
  }
  if (status.isEmergencyStopPressed) happen(next, otherFault, setting);
  const isAnswer = enabling === 'sent' && isOutputOn && !isDry && status.session === record.session;
  if (isAnswer && next.rig.record.state === 'armed') next.rig = { ...next.rig, isConfirmed: true, enabling: 'no' };
  emit('the rig hears the device', next);
}

function takeMessages(now: ModelState, setting: Setting, emit: Emit): void {
  const { rig } = now;
  if (rig.isStopOrdered) {
    const next = new Draft(now);
    next.rig = { ...rig, isStopOrdered: false };
    happen(next, orderToStop, setting);
    emit('the rig takes the order to stop', next);
  }
  if (rig.report !== 'none') {
    const next = new Draft(now);
    next.rig = { ...rig, report: 'none' };
    happen(next, otherFault, setting);
    emit('the rig takes the report of the watchdog', next);
  }
}

/** The watchdog guards the session: ENABLE, unless there was a stop meanwhile. */
function enable(now: ModelState, setting: Setting, emit: Emit): void {
  const { rig, world } = now;
  if (rig.enabling !== 'guarded') return;
  const next = new Draft(now);
  const isStopAsked = setting.protocol.host.looksAtStopWord && (rig.isStopOrdered || rig.report !== 'none');
  if (isStopAsked) {
    next.rig = { ...rig, enabling: 'no' };
    happen(next, orderToStop, setting);
    emit('the rig gives arming up', next);
    return;
  }
  const { session } = rig.record;
  const limits = limitNames[(world.frozenNormal >> session) & 1]!;
  const message = makeMessage('enable', session, { limits });
  next.rigChannel = send(now.rigChannel, message, setting.configuration.rigMessagesMax);
  next.rig = { ...rig, enabling: 'sent', enabledSession: session };
  next.observer = { ...now.observer, work: 0 };
  emit('the rig sends ENABLE', next);
}

/** What the gate lets through. A pulse carries the limits of its session, but for one made under foreign ones. */
function pulse(now: ModelState, setting: Setting, emit: Emit): void {
  const { rig, world, rigChannel } = now;
  const { configuration, protocol } = setting;
  const { host } = protocol;
  const { state, firstCause, session } = rig.record;
  if (state !== 'stimulating' || firstCause !== undefined) return;
  if (!rig.isConfirmed) return;
  if (rig.heardTicks > heardForPulseTicks && host.gateChecksHeard) return;
  // What a pulse rests on is younger than 10 ms: it was worked on in this tick.
  if (!rig.hasWorked && host.gateChecksAge) return;
  if (rig.sequence >= configuration.pulsesMax || !hasRoom(rigChannel, configuration.rigMessagesMax)) return;
  const sequence = rig.sequence + 1;
  const own = (world.frozenNormal >> session) & 1;
  const drive = (label: string, isHigh: boolean, limits: number, faultsLeft: number) => {
    const next = new Draft(now);
    const message = makeMessage('pulse', session, { sequence, isHigh, limits: limitNames[limits]! });
    next.rigChannel = send(rigChannel, message, configuration.rigMessagesMax);
    next.rig = { ...rig, sequence };
    next.world = faultsLeft === world.faultsLeft ? world : { ...world, faultsLeft };
    emit(label, next);
  };
  drive('the gate sends a low pulse', false, own, world.faultsLeft);
  if (world.areLimitsNormal || !host.gateChecksLimits)
    drive('the gate sends a high pulse', true, own, world.faultsLeft);
  if (configuration.faultKinds.includes('foreign-limits') && world.faultsLeft > 0)
    drive('the gate sends a pulse under foreign limits', true, 1 - own, world.faultsLeft - 1);
}

/** The check after a trip: nothing in the model is later than the device allows, so it passes when it is made. */
function checkTrip(now: ModelState, setting: Setting, emit: Emit): void {
  const next = new Draft(now);
  if (happen(next, { kind: 'trip-checked', isPassed: true, nowNs: 0 }, setting))
    emit('the check after the trip passes', next);
}

export function rigSteps(now: ModelState, setting: Setting, emit: Emit): void {
  if (!isRunning(now)) return;
  work(now, setting, emit);
  hear(now, setting, emit);
  takeMessages(now, setting, emit);
  enable(now, setting, emit);
  pulse(now, setting, emit);
  checkTrip(now, setting, emit);
}
