// What must hold of the interlock's states, causes and limits; for the model check.
import { eachReduction, enters, entersFrom, type Invariant, isConfirmedOff, isUnderWay } from './invariant.ts';
import { isDriving } from './device-model.ts';
import { isLive } from './rig-model.ts';
import { heardForPulseTicks, interlockTicks, silentMaxTicks } from './scale.ts';
import { hasRig, isRunning } from './state.ts';
import { carriedBy } from './world.ts';

const latch: Invariant = {
  name: 'I3 LATCH',
  states: 'nothing is stimulated with a latched cause',
  holds: (_, { rig }) => rig.record.state !== 'stimulating' || rig.record.firstCause === undefined,
};

const first: Invariant = {
  name: 'I4 FIRST',
  states: 'the first cause changes by a reset alone; what follows is appended, each code once',
  holds: eachReduction(({ before, event, after }) => {
    if (before.firstCause === undefined || event.kind === 'reset') return true;
    const { furtherCauses } = after;
    if (after.firstCause !== before.firstCause) return false;
    if (event.kind !== 'fault' && event.kind !== 'integrity-lost') return true;
    const isNew = event.fault.code !== before.firstCause.code;
    return isNew ? furtherCauses.length === 1 && furtherCauses[0] === event.fault : furtherCauses.length === 0;
  }),
};

const acknowledged: Invariant = {
  name: 'I5 ACK',
  states: 'a trip ends only acknowledged, checked, after the quiet time, with the output off',
  holds: eachReduction(({ before, event, after }, now) => {
    if (before.firstCause === undefined || after.firstCause !== undefined) return true;
    return (
      event.kind === 'reset' &&
      before.state === 'tripped' &&
      after.state === 'safe' &&
      before.isAcknowledged &&
      before.isTripChecked &&
      now.observer.quiet >= interlockTicks.quietNs &&
      !isDriving(now.device)
    );
  }),
};

const named: Invariant = {
  name: 'I5 NAMED',
  states: 'an acknowledgement names the first cause',
  holds: eachReduction(
    ({ before, event, after }) =>
      before.isAcknowledged ||
      !after.isAcknowledged ||
      (event.kind === 'acknowledge' && event.cause === before.firstCause?.code),
  ),
};

const order: Invariant = {
  name: 'I6 ORDER',
  states: 'stimulating only from armed, armed from prearmed, prearmed from check, of the same attempt',
  holds: eachReduction(
    (reduction, _, { occasion }) =>
      entersFrom(reduction, 'stimulating', 'armed') &&
      entersFrom(reduction, 'armed', 'prearmed') &&
      entersFrom(reduction, 'prearmed', 'check') &&
      entersFrom(reduction, 'check', 'safe') &&
      !(enters(reduction, 'prearmed') && occasion === 'earlier-self-test'),
  ),
};

const started: Invariant = {
  name: 'I6 STARTED',
  states: 'a run stimulates only when it is recorded and the device has confirmed the session',
  holds: eachReduction((reduction, { rig }) => {
    const { event } = reduction;
    if (!enters(reduction, 'stimulating')) return true;
    return event.kind === 'run-started' && event.isRecorded && rig.isConfirmed;
  }),
};

const inTime: Invariant = {
  name: 'I6 IN-TIME',
  states:
    'the second control comes while the first one counts, each arming has a new session, and neither waits for ever',
  holds: eachReduction((reduction) => {
    const { before, event, after } = reduction;
    const inStateTicks = -before.enteredNs;
    const bound = { prearmed: interlockTicks.confirmWithinNs, armed: interlockTicks.armedIdleNs };
    const waits = before.state === 'prearmed' || before.state === 'armed' ? bound[before.state] : Infinity;
    if (event.kind === 'time' && inStateTicks >= waits && after.state === before.state) return false;
    if (!enters(reduction, 'armed')) return true;
    return before.state !== 'prearmed' || (inStateTicks < waits && after.session > before.session);
  }),
};

const tighten: Invariant = {
  name: 'I7 TIGHTEN',
  states: 'limits loosen only in the safe state, and those of the second control are those of the first',
  holds: (before, draft) => {
    const isLoosened = draft.world.areLimitsNormal && !before.world.areLimitsNormal;
    if (isLoosened && hasRig(before) && before.rig.record.state !== 'safe') return false;
    return eachReduction((reduction) => {
      const { event, before: record } = reduction;
      if (!enters(reduction, 'armed')) return true;
      return event.kind === 'arm-confirmed' && event.limitsHash === record.limitsHash;
    })(before, draft);
  },
};

const journal: Invariant = {
  name: 'I11 JOURNAL',
  states:
    'armed is durable before ENABLE; a start after an unclean end begins as a stop with the cause that is on disk',
  holds: (before, { occasion, rig, world, reductions }) => {
    const isEnabling = rig.enabling === 'asked' && before.rig.enabling !== 'asked';
    if (isEnabling && world.journal === 'clean') return false;
    for (const { before: record, after } of reductions)
      if (record.state === 'stopping' && record.firstCause !== undefined && after.state === 'safe') return false;
    if (occasion !== 'start' || !before.world.mustTrip) return true;
    const { state, firstCause } = rig.record;
    return (
      state === 'stopping' && firstCause !== undefined && firstCause === carriedBy(before.world.journal)?.firstCause
    );
  },
};

const noAuto: Invariant = {
  name: 'I19 NO-AUTO',
  states: 'the rig is armed by two acts of a person, the second one held, and by nothing else',
  holds: eachReduction((reduction, _, { occasion }) => {
    const { event } = reduction;
    if (enters(reduction, 'check') && event.kind !== 'arm-requested') return false;
    if (!enters(reduction, 'armed')) return occasion !== 'start' || !isUnderWay(reduction.after.state);
    return event.kind === 'arm-confirmed' && event.heldMilliseconds >= interlockTicks.holdMilliseconds;
  }),
};

const unknown: Invariant = {
  name: 'I20 UNKNOWN',
  states: 'no pulse is sent unheard or unconfirmed, and a silent device is not left armed',
  holds: (before, draft) => {
    const { rig } = draft;
    const isSent = rig.sequence > before.rig.sequence && isLive(rig.record.state);
    if (isSent && (rig.heardTicks > heardForPulseTicks || !rig.isConfirmed)) return false;
    return !(isRunning(draft) && rig.hasWorked && isLive(rig.record.state) && rig.heardTicks > silentMaxTicks);
  },
};

const faultStays: Invariant = {
  name: 'FAULT STAYS',
  states: 'a stop that is not confirmed in time ends in the fault state, which only a new start leaves',
  holds: eachReduction(({ before, event, after }) => {
    if (before.state === 'fault') return after.state === 'fault';
    const isUnconfirmed = before.state === 'stopping' && -before.enteredNs >= interlockTicks.stopConfirmWithinNs;
    return !(isUnconfirmed && event.kind === 'time') || after.state === 'fault';
  }),
};

const unexpected: Invariant = {
  name: 'FAULT UNEXPECTED',
  states: 'an output that is heard on where it must be off is not taken calmly',
  holds: eachReduction(({ before, event, after, action }) => {
    if (event.kind !== 'device-heard' || !event.isOutputOn || event.isDry) return true;
    return !isConfirmedOff(before.state) || (action === 'stop-output' && !isConfirmedOff(after.state));
  }),
};

export const invariantsOfInterlock: readonly Invariant[] = [
  latch,
  first,
  acknowledged,
  named,
  order,
  started,
  inTime,
  tighten,
  journal,
  noAuto,
  unknown,
  faultStays,
  unexpected,
];
