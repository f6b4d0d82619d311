// What is connected to this computer or can be reached from it, what is wrong with it and what to do; used in every process.

export const deviceKinds = [
  'virtual-rig',
  'hid-rig',
  'serial-stimulator',
  'intan-rhx',
  'open-ephys',
  'stop-input',
] as const;
export type DeviceKind = (typeof deviceKinds)[number];

/**
 * How a stimulator protects the tissue when this program is gone; declared by its driver. L3: a lease and limits in the device. L2: no lease, but
 * every command ends by itself, and no more than 100 ms of stimulation is sent ahead. L1: neither of them with certainty: single pulses under a
 * held dead-man.
 */
export type CapabilityClass = 'L3' | 'L2' | 'L1';

/** What each class allows; the loop is the simulation and the protocol's schedule. */
export const capabilityRules = {
  L3: { mayCloseTheLoop: true, leastMillisecondsApart: 0 },
  L2: { mayCloseTheLoop: true, leastMillisecondsApart: 0 },
  L1: { mayCloseTheLoop: false, leastMillisecondsApart: 1000 },
} as const satisfies Record<CapabilityClass, { mayCloseTheLoop: boolean; leastMillisecondsApart: number }>;

/** Whether a loop may be closed over a stimulator of this class; over others only a hand gives pulses. */
export function mayCloseTheLoop(capability: CapabilityClass): boolean {
  return capabilityRules[capability].mayCloseTheLoop;
}

/** How long ago the dead-man of a class L1 may have been seen held at a pulse, ms: pages tell twice a second, pedals faster; one let go is told at once. */
export const deadManMaxMilliseconds = 1000;

/** Something that is wrong: what, and what a person has to do about it. Both are sentences. */
export interface DeviceProblem {
  what: string;
  toDo: string;
}

export interface FoundDevice {
  kind: DeviceKind;
  /** Its name for itself, or what it may be. */
  name: string;
  /** Where it is: a device file, a port or an address; '' where this program starts it itself. */
  path: string;
  /** Absent: it has none, or the system shows none. */
  serialNumber?: string;
  vendorId?: number;
  productId?: number;
  /** Absent: it does not stimulate. */
  capability?: CapabilityClass;
  /** 'not-asked': whether it is there is not known before it is connected. 'absent': it was looked for and is not there. The first problem says why. */
  condition: 'ready' | 'not-asked' | 'absent' | 'unusable';
  problems: DeviceProblem[];
}

export const listingFaultCodes = [
  /** Devices of this kind cannot be used on this system. */
  'unsupported',
  'enumeration-failed',
  /** The system has not answered in time. */
  'enumeration-stalled',
  /** They are not listed while the rig may stimulate. */
  'not-now',
  /** `station.json` cannot be read, or says something impossible. */
  'settings',
] as const;
export type ListingFaultCode = (typeof listingFaultCodes)[number];

/** Why the devices of a kind cannot be listed. */
export interface ListingFault {
  kind: DeviceKind;
  code: ListingFaultCode;
  message: string;
  toDo: string;
}

export interface DeviceListing {
  devices: FoundDevice[];
  faults: ListingFault[];
}
