// What must hold of the output: pulses, lease, sessions, and who turns it off; for the model check.
import { isDriving } from './device-model.ts';
import { eachReduction, type Invariant, isConfirmedOff, isUnderWay } from './invariant.ts';
import { noStop, notWrong } from './observer.ts';
import { isLive } from './rig-model.ts';
import { leaseTicks, watchdogTicks } from './scale.ts';
import { hasRig, type ModelState } from './state.ts';

const isNormalIn = ({ world }: ModelState, session: number) => ((world.frozenNormal >> session) & 1) === 1;

const bound: Invariant = {
  name: 'I1 BOUND',
  states: 'a pulse begins in its own time, and within one lease of a moment at which pulses were permitted',
  holds: (_, { pulse, observer }) =>
    pulse === undefined || !pulse.isDriving || (!pulse.isLate && observer.pulsePermission < leaseTicks),
};

const out: Invariant = {
  name: 'I2 OUT',
  states: 'the output is on only within one lease of a moment at which the rig was armed and fresh',
  holds: (_, { device, observer }) => !isDriving(device) || observer.outputPermission < leaseTicks,
};

const limit: Invariant = {
  name: 'I8 LIMIT',
  states: 'a pulse keeps the limits that its own arming froze, and is executed in its own session',
  holds: (before, draft) => {
    const { pulse, device, rig } = draft;
    const isArmed = hasRig(draft) && isLive(rig.record.state);
    if (isArmed && isDriving(device) && device.session !== rig.record.session) return false;
    if (pulse === undefined || !pulse.isDriving) return true;
    const isNormal = isNormalIn(before, pulse.session);
    const isWithin = isNormal || !pulse.isHigh;
    return isWithin && pulse.session === before.device.session && (pulse.limits === 'normal') === isNormal;
  },
};

const once: Invariant = {
  name: 'I9 ONCE',
  states: 'each number of a session is executed once at most, and in order',
  holds: (before, { pulse }) => pulse === undefined || (!pulse.isRepeated && pulse.sequence > before.device.sequence),
};

const burn: Invariant = {
  name: 'I10 BURN',
  states: 'a stop ends only when the device has burned the session, and nothing of the session comes after',
  holds: (before, draft) => {
    const { device, rig } = draft;
    const isOver = hasRig(draft) && isConfirmedOff(rig.record.state) && device.session <= rig.record.session;
    if (isOver && isDriving(device)) return false;
    return eachReduction(({ before: record, event, after }) => {
      const isLeft = record.state === 'stopping' && after.state !== 'stopping' && after.state !== 'fault';
      if (!isLeft) return true;
      const isHeardOff = event.kind === 'device-heard' && !event.isOutputOn;
      return (
        isHeardOff && before.device.burned >= record.session && (after.state === 'safe' || after.state === 'tripped')
      );
    })(before, draft);
  },
};

const stopTotal: Invariant = {
  name: 'I12 STOP-TOTAL',
  states:
    'a stop is obeyed in every state, and the output is off within one lease of it; pressed, the emergency stop keeps it off',
  holds: (before, draft) => {
    const { device, observer } = draft;
    if (isDriving(device) && observer.stop !== noStop && observer.stop >= leaseTicks) return false;
    if (device.isEmergencyStopPressed && device.isOutputOn) return false;
    return eachReduction(
      ({ event, after, action }) => event.kind !== 'stop' || (action === 'stop-output' && !isUnderWay(after.state)),
    )(before, draft);
  },
};

const watchdog: Invariant = {
  name: 'S16 WATCHDOG',
  states: 'the watchdog stops an output or a lease that has not fitted the state for 50 ms',
  holds: (_, { observer, watchdog: { memory, hasRounded } }) => {
    const isLong = observer.wrong !== notWrong && observer.wrong > watchdogTicks.wrongStateMaxNs;
    return !isLong || !hasRounded || memory.lastStopNs === 0;
  },
};

const stranger: Invariant = {
  name: 'STRANGER',
  states: 'nobody burns a session that was never made',
  holds: (_, { device, world }) => device.burned <= world.sessions,
};

export const invariantsOfOutput: readonly Invariant[] = [bound, out, limit, once, burn, stopTotal, watchdog, stranger];
