// The stimulator as a small machine of ticks: session, burned sessions, absolute lease, sequence numbers, limits' hash, relay, emergency stop; for the model check.
import {
  ageOf,
  isDryOrder,
  isHighPulse,
  kindOf,
  type LimitName,
  limitsOf,
  type Message,
  sequenceOf,
  sessionOf,
  ticksLeft,
} from './message.ts';
import { leaseTicks } from './scale.ts';

export interface Device {
  readonly isOutputOn: boolean;
  /** Its relay is open: pulses go into the reference load. */
  readonly isDry: boolean;
  /** Enabled last; 0 before the first. */
  readonly session: number;
  readonly burned: number;
  readonly leaseTicks: number;
  /** Last sequence number of the session. */
  readonly sequence: number;
  readonly limits: LimitName;
  readonly isEmergencyStopPressed: boolean;
  /** Sequence numbers that the session has executed, one bit each: what the invariants judge by. */
  readonly executed: number;
}

/** What a device does that obeys; a mutant lacks one of these. */
export interface DeviceRules {
  readonly leaseLapses: boolean;
  /** Otherwise the lease begins anew when a message arrives. */
  readonly leaseIsAbsolute: boolean;
  readonly checksSession: boolean;
  readonly checksSequence: boolean;
  readonly checksExpiry: boolean;
  readonly refusesBurned: boolean;
  readonly checksLimits: boolean;
  readonly opensRelay: boolean;
  readonly obeysEmergencyStop: boolean;
  /** A stranger's STOP burns the current session and no other. */
  readonly ignoresStrangersNumber: boolean;
}

export const obedient: DeviceRules = {
  leaseLapses: true,
  leaseIsAbsolute: true,
  checksSession: true,
  checksSequence: true,
  checksExpiry: true,
  refusesBurned: true,
  checksLimits: true,
  opensRelay: true,
  obeysEmergencyStop: true,
  ignoresStrangersNumber: true,
};

/** A pulse that began. */
export interface ExecutedPulse {
  readonly session: number;
  readonly sequence: number;
  readonly isHigh: boolean;
  readonly limits: LimitName;
  /** Into an electrode, not into the reference load. */
  readonly isDriving: boolean;
  readonly isRepeated: boolean;
  /** Its time was over. */
  readonly isLate: boolean;
}

export interface Reception {
  readonly device: Device;
  readonly pulse: ExecutedPulse | undefined;
}

export const deviceAtRest: Device = {
  isOutputOn: false,
  isDry: false,
  session: 0,
  burned: 0,
  leaseTicks: 0,
  sequence: 0,
  limits: 'tight',
  isEmergencyStopPressed: false,
  executed: 0,
};

export const isDriving = ({ isOutputOn, isDry }: Device): boolean => isOutputOn && !isDry;

/** Output off and the session burned; what only a session that is on has is forgotten. @param session burned too; 0: none */
export function turnOff(device: Device, session: number): Device {
  const { session: current, burned, isEmergencyStopPressed } = device;
  return {
    ...deviceAtRest,
    session: current,
    burned: Math.max(burned, current, session),
    isEmergencyStopPressed,
  };
}

function enable(device: Device, message: Message, rules: DeviceRules): Device {
  const session = sessionOf(message);
  if (device.isEmergencyStopPressed && rules.obeysEmergencyStop) return device;
  if (!(session > device.session && (session > device.burned || !rules.refusesBurned))) return device;
  const left = rules.leaseIsAbsolute ? ticksLeft(message) : leaseTicks;
  if (!(left > 0)) return device;
  return {
    ...device,
    isOutputOn: true,
    isDry: isDryOrder(message) && rules.opensRelay,
    session,
    burned: Math.max(device.burned, device.session),
    leaseTicks: left,
    sequence: 0,
    limits: limitsOf(message),
    executed: 0,
  };
}

function renew(device: Device, message: Message, rules: DeviceRules): Device {
  if (!device.isOutputOn || (sessionOf(message) !== device.session && rules.checksSession)) return device;
  const left = rules.leaseIsAbsolute ? ticksLeft(message) : leaseTicks;
  return left > device.leaseTicks ? { ...device, leaseTicks: left } : device;
}

function pulse(device: Device, message: Message, rules: DeviceRules): Reception {
  const [session, sequence] = [sessionOf(message), sequenceOf(message)];
  const refused = { device, pulse: undefined };
  if (!device.isOutputOn || (session !== device.session && rules.checksSession)) return refused;
  if (!(sequence > device.sequence) && rules.checksSequence) return refused;
  const noted = { ...device, sequence: Math.max(device.sequence, sequence) };
  if (limitsOf(message) !== device.limits && rules.checksLimits) return { device: noted, pulse: undefined };
  // A pulse is still good at the very end of its time, a lease is not.
  if (!(ageOf(message) <= leaseTicks) && rules.checksExpiry) return { device: noted, pulse: undefined };
  const bit = 1 << sequence;
  return {
    device: { ...noted, executed: device.executed | bit },
    pulse: {
      session,
      sequence,
      isHigh: isHighPulse(message),
      limits: limitsOf(message),
      isDriving: !device.isDry,
      isRepeated: (device.executed & bit) !== 0,
      isLate: ageOf(message) > leaseTicks,
    },
  };
}

/** A message of one of the program's own handles arrives. */
export function receive(device: Device, message: Message, rules: DeviceRules): Reception {
  switch (kindOf(message)) {
    case 'enable':
      return { device: enable(device, message, rules), pulse: undefined };
    case 'renew':
      return { device: renew(device, message, rules), pulse: undefined };
    case 'pulse':
      return pulse(device, message, rules);
    case 'stop':
      return { device: turnOff(device, sessionOf(message)), pulse: undefined };
  }
}

/**
 * Whether a message can be forgotten, since it changes nothing whatever else arrives before it: its session is burned, or it has expired
 * as an ENABLE or a renewal, and this device looks at that; or it is a STOP that names no session that is still to come, which does what
 * a stranger's does, who may send one at any time. An expired pulse is not dead: its number still counts.
 */
export function isDead({ session, burned }: Device, message: Message, rules: DeviceRules): boolean {
  const kind = kindOf(message);
  if (kind === 'stop') return sessionOf(message) <= Math.max(session, burned);
  const isBurned = sessionOf(message) <= burned && rules.refusesBurned && rules.checksSession;
  return isBurned || (kind !== 'pulse' && rules.leaseIsAbsolute && ticksLeft(message) === 0);
}

/** Anybody may send STOP with any number. */
export function stopByStranger(device: Device, session: number, rules: DeviceRules): Device {
  return turnOff(device, rules.ignoresStrangersNumber ? 0 : session);
}

export function pressEmergencyStop(device: Device, isPressed: boolean, rules: DeviceRules): Device {
  const off = isPressed && rules.obeysEmergencyStop ? turnOff(device, 0) : device;
  return { ...off, isEmergencyStopPressed: isPressed };
}

/** One tick later. */
export function passDeviceTime(device: Device, rules: DeviceRules): Device {
  if (!device.isOutputOn || !rules.leaseLapses) return device;
  const left = device.leaseTicks - 1;
  return left > 0 ? { ...device, leaseTicks: left } : turnOff(device, 0);
}

/** What a status says. */
export interface DeviceReport {
  readonly isOutputOn: boolean;
  readonly isDry: boolean;
  readonly session: number;
  readonly burned: number;
  readonly isEmergencyStopPressed: boolean;
}

export function reportOf({ isOutputOn, isDry, session, burned, isEmergencyStopPressed }: Device): DeviceReport {
  return { isOutputOn, isDry, session, burned, isEmergencyStopPressed };
}

const bits = (...flags: readonly boolean[]) => flags.reduce((sum, flag) => sum * 2 + (flag ? 1 : 0), 0);

export function deviceKey(device: Device): number {
  const { isOutputOn, isDry, session, burned, sequence, limits, isEmergencyStopPressed, executed } = device;
  const flags = bits(isOutputOn, isDry, limits === 'normal', isEmergencyStopPressed);
  return flags | (session << 4) | (burned << 7) | (device.leaseTicks << 10) | (sequence << 12) | (executed << 14);
}

export function reportKey({ isOutputOn, isDry, session, burned, isEmergencyStopPressed }: DeviceReport): number {
  return bits(isOutputOn, isDry, isEmergencyStopPressed) | (session << 3) | (burned << 6);
}
