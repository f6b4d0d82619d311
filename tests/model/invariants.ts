// What must hold on every step, numbered as in the safety analysis: I1 to I12, I19, I20, and four of the model's own; for the model check.
import type { InterlockState } from '../../common/contract/interlock-states.ts';
import { isLive } from '../../main/rig/interlock/reduce.ts';
import { isDriving } from './device-model.ts';
import { noStop, notWrong } from './observer.ts';
import { heardForPulseTicks, interlockTicks, leaseTicks, silentMaxTicks, watchdogTicks } from './scale.ts';
import { type Draft, hasRig, isRunning, type ModelState, type SeenReduction } from './state.ts';
import { carriedBy } from './world.ts';

export interface Invariant {
  readonly name: string;
  readonly states: string;
  holds(before: ModelState, after: Draft): boolean;
}

/** Something that has to hold for each call of the reducer on the way. */
const eachReduction =
  (holds: (reduction: SeenReduction, before: ModelState, draft: Draft) => boolean): Invariant['holds'] =>
  (before, draft) => {
    for (const reduction of draft.reductions) if (!holds(reduction, before, draft)) return false;
    return true;
  };

const entersFrom = ({ before, after }: SeenReduction, state: InterlockState, from: InterlockState) =>
  after.state !== state || before.state === state || before.state === from;

const enters = ({ before, after }: SeenReduction, state: InterlockState) =>
  after.state === state && before.state !== state;

const isUnderWay = (state: InterlockState) => isLive(state) || state === 'check' || state === 'prearmed';
/** States in which the device has confirmed that its output is off. */
const isConfirmedOff = (state: InterlockState) =>
  state === 'safe' || state === 'check' || state === 'prearmed' || state === 'tripped';

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

const latch: Invariant = {
  name: 'I3 LATCH',
  states: 'nothing is stimulated with a latched cause',
  holds: (_, { rig }) => rig.record.state !== 'stimulating' || rig.record.firstCause === undefined,
};

const first: Invariant = {
  name: 'I4 FIRST',
  states: 'the first cause changes by a reset alone; what follows is appended',
  holds: eachReduction(({ before, happening, after }) => {
    if (before.firstCause === undefined || happening.kind === 'reset') return true;
    const { furtherCauses } = after;
    if (after.firstCause !== before.firstCause) return false;
    if (happening.kind !== 'fault' && happening.kind !== 'integrity-lost') return true;
    return furtherCauses.length === 1 && furtherCauses[0] === happening.fault;
  }),
};

const acknowledged: Invariant = {
  name: 'I5 ACK',
  states: 'a trip ends only acknowledged, checked, after the quiet time, with the output off',
  holds: eachReduction(({ before, happening, after }, now) => {
    if (before.firstCause === undefined || after.firstCause !== undefined) return true;
    return (
      happening.kind === 'reset' &&
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
    ({ before, happening, after }) =>
      before.isAcknowledged ||
      !after.isAcknowledged ||
      (happening.kind === 'acknowledge' && happening.cause === before.firstCause?.code),
  ),
};

const order: Invariant = {
  name: 'I6 ORDER',
  states: 'stimulating only from armed, armed from prearmed, prearmed from check, of the same attempt',
  holds: eachReduction(
    (reduction, _, { event }) =>
      entersFrom(reduction, 'stimulating', 'armed') &&
      entersFrom(reduction, 'armed', 'prearmed') &&
      entersFrom(reduction, 'prearmed', 'check') &&
      entersFrom(reduction, 'check', 'safe') &&
      !(enters(reduction, 'prearmed') && event === 'earlier-self-test'),
  ),
};

const started: Invariant = {
  name: 'I6 STARTED',
  states: 'a run stimulates only when it is recorded and the device has confirmed the session',
  holds: eachReduction((reduction, { rig }) => {
    const { happening } = reduction;
    if (!enters(reduction, 'stimulating')) return true;
    return happening.kind === 'run-started' && happening.isRecorded && rig.isConfirmed;
  }),
};

const inTime: Invariant = {
  name: 'I6 IN-TIME',
  states:
    'the second control comes while the first one counts, each arming has a new session, and neither waits for ever',
  holds: eachReduction((reduction) => {
    const { before, happening, after } = reduction;
    const inStateTicks = -before.enteredNs;
    const bound = { prearmed: interlockTicks.confirmWithinNs, armed: interlockTicks.armedIdleNs };
    const waits = before.state === 'prearmed' || before.state === 'armed' ? bound[before.state] : Infinity;
    if (happening.kind === 'time' && inStateTicks >= waits && after.state === before.state) return false;
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
      const { happening, before: record } = reduction;
      if (!enters(reduction, 'armed')) return true;
      return happening.kind === 'arm-confirmed' && happening.limitsHash === record.limitsHash;
    })(before, draft);
  },
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
    return eachReduction(({ before: record, happening, after }) => {
      const isLeft = record.state === 'stopping' && after.state !== 'stopping' && after.state !== 'fault';
      if (!isLeft) return true;
      const isHeardOff = happening.kind === 'device-heard' && !happening.isOutputOn;
      return (
        isHeardOff && before.device.burned >= record.session && (after.state === 'safe' || after.state === 'tripped')
      );
    })(before, draft);
  },
};

const journal: Invariant = {
  name: 'I11 JOURNAL',
  states:
    'armed is durable before ENABLE; a start after an unclean end begins as a stop with the cause that is on disk',
  holds: (before, { event, rig, world, reductions }) => {
    const isEnabling = rig.enabling === 'asked' && before.rig.enabling !== 'asked';
    if (isEnabling && world.journal === 'clean') return false;
    for (const { before: record, after } of reductions)
      if (record.state === 'stopping' && record.firstCause !== undefined && after.state === 'safe') return false;
    if (event !== 'start' || !before.world.mustTrip) return true;
    const { state, firstCause } = rig.record;
    return (
      state === 'stopping' && firstCause !== undefined && firstCause === carriedBy(before.world.journal)?.firstCause
    );
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
      ({ happening, after, action }) =>
        happening.kind !== 'stop' || (action === 'stop-output' && !isUnderWay(after.state)),
    )(before, draft);
  },
};

const noAuto: Invariant = {
  name: 'I19 NO-AUTO',
  states: 'the rig is armed by two acts of a person, the second one held, and by nothing else',
  holds: eachReduction((reduction, _, { event }) => {
    const { happening } = reduction;
    if (enters(reduction, 'check') && happening.kind !== 'arm-requested') return false;
    if (!enters(reduction, 'armed')) return event !== 'start' || !isUnderWay(reduction.after.state);
    return happening.kind === 'arm-confirmed' && happening.heldMilliseconds >= interlockTicks.holdMilliseconds;
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
  holds: eachReduction(({ before, happening, after }) => {
    if (before.state === 'fault') return after.state === 'fault';
    const isUnconfirmed = before.state === 'stopping' && -before.enteredNs >= interlockTicks.stopConfirmWithinNs;
    return !(isUnconfirmed && happening.kind === 'time') || after.state === 'fault';
  }),
};

const unexpected: Invariant = {
  name: 'FAULT UNEXPECTED',
  states: 'an output that is heard on where it must be off is not taken calmly',
  holds: eachReduction(({ before, happening, after, action }) => {
    if (happening.kind !== 'device-heard' || !happening.isOutputOn || happening.isDry) return true;
    return !isConfirmedOff(before.state) || (action === 'stop-output' && !isConfirmedOff(after.state));
  }),
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

/** In the order in which they are looked at: the first that does not hold is named. */
export const invariants: readonly Invariant[] = [
  bound,
  out,
  latch,
  first,
  acknowledged,
  named,
  order,
  started,
  inTime,
  tighten,
  limit,
  once,
  burn,
  journal,
  stopTotal,
  noAuto,
  unknown,
  faultStays,
  unexpected,
  watchdog,
  stranger,
];
