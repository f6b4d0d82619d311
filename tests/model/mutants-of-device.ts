// Devices that do not obey; for the model check.
import { device, mutant, type Mutant } from './mutant.ts';

export const mutantsOfDevice: readonly Mutant[] = [
  mutant('no lease', device({ leaseLapses: false }), { faults: 1, faultKinds: ['kill'] }),
  mutant('lease relative to its arrival, bounded delay', device({ leaseIsAbsolute: false })),
  mutant('lease relative to its arrival, unbounded delay', device({ leaseIsAbsolute: false }), { delayMax: Infinity }),
  mutant('no session number', device({ checksSession: false }), { sessionsMax: 2 }),
  mutant('no sequence number', device({ checksSequence: false }), { hasDoubles: true }),
  mutant('expired pulses are executed', device({ checksExpiry: false }), { delayMax: Infinity }),
  mutant('stop without burn', device({ refusesBurned: false })),
  mutant('emergency stop ignored by the device', device({ obeysEmergencyStop: false }), {
    faults: 1,
    faultKinds: ['emergency-stop'],
  }),
  mutant('hash of the limits ignored by the device', device({ checksLimits: false }), {
    faults: 1,
    faultKinds: ['foreign-limits'],
  }),
  mutant('dry relay not opened', device({ opensRelay: false }), { hasSelfTest: true, sessionsMax: 2 }),
  mutant('a stranger burns any session', device({ ignoresStrangersNumber: false })),
];
