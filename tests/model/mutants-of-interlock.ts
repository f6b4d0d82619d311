// Interlocks that forget a guard; for the model check.
import { reduce } from '../../main/rig/interlock/reduce.ts';
import { blindOn, mutant, type Mutant, patientOn, reducer } from './mutant.ts';
import { realProtocol } from './protocol.ts';

export const mutantsOfInterlock: readonly Mutant[] = [
  mutant('leaves stopping without confirmation of the burn', blindOn('device-heard', { session: 0 })),
  mutant(
    'leaves stopping while the output is on',
    reducer((record, event, timing) =>
      event.kind === 'device-heard' && record.state === 'stopping'
        ? reduce(record, { ...event, isOutputOn: false }, timing)
        : undefined,
    ),
    { faults: 1, faultKinds: ['kill'] },
  ),
  mutant(
    'first cause overwritten',
    reducer((record, event, timing) => {
      if (event.kind !== 'fault') return undefined;
      const { record: after, action } = reduce(record, event, timing);
      return { record: { ...after, firstCause: event.fault }, action };
    }),
    { hasHazard: true },
  ),
  mutant(
    'later causes lost',
    reducer((record, event, timing) => {
      const { record: after, action } = reduce(record, event, timing);
      return { record: { ...after, furtherCauses: [] }, action };
    }),
    { hasHazard: true },
  ),
  mutant(
    'a fault does not stop',
    reducer((record, event, timing) => {
      if (event.kind !== 'fault' || record.state !== 'stimulating') return undefined;
      const { record: after } = reduce(record, event, timing);
      return { record: { ...after, state: 'stimulating' }, action: 'none' };
    }),
    { hasHazard: true },
  ),
  mutant('reset without acknowledgement', blindOn('reset', { isAcknowledged: true }), { hasHazard: true }),
  mutant('reset with the cause present', blindOn('reset', { lastFaultNs: -Infinity }), { hasHazard: true }),
  mutant('reset without the check after the trip', blindOn('reset', { isTripChecked: true }), { hasHazard: true }),
  mutant(
    'reset sooner than a lease ends',
    { interlockTiming: { ...realProtocol.interlockTiming, quietNs: 1 } },
    {
      sessionsMax: 2,
      faults: 1,
      faultKinds: ['kill'],
      pulsesMax: 0,
    },
  ),
  mutant(
    'acknowledged by any name',
    reducer((record, event, timing) =>
      event.kind === 'acknowledge' && record.firstCause !== undefined
        ? reduce(record, { ...event, cause: record.firstCause.code }, timing)
        : undefined,
    ),
    { hasHazard: true },
  ),
  mutant(
    'automatic re-arm',
    reducer((record, event, timing) => {
      const { record: after, action } = reduce(record, event, timing);
      const isReset = event.kind === 'reset' && after !== record;
      return isReset ? { record: { ...after, state: 'armed' }, action: 'enable-output' } : { record: after, action };
    }),
    { hasHazard: true },
  ),
  mutant(
    'stop disabled while stimulating',
    reducer((record, event) =>
      event.kind === 'stop' && record.state === 'stimulating' ? { record, action: 'none' } : undefined,
    ),
  ),
  mutant('second control not held', patientOn('arm-confirmed', { holdMilliseconds: 0 })),
  mutant('second control at any time', blindOn('arm-confirmed', { enteredNs: 0 })),
  mutant(
    'armed without a self-test',
    reducer((record, event, timing) =>
      event.kind === 'arm-confirmed' && record.state === 'check'
        ? reduce({ ...record, state: 'prearmed' }, event, timing)
        : undefined,
    ),
  ),
  mutant(
    'first control skips the check',
    reducer((record, event, timing) => {
      const { record: after, action } = reduce(record, event, timing);
      return after.state === 'check' && record.state === 'safe'
        ? { record: { ...after, state: 'prearmed' }, action }
        : undefined;
    }),
  ),
  mutant(
    'limits changed between the two controls',
    reducer((record, event, timing) =>
      event.kind === 'arm-confirmed' ? reduce({ ...record, limitsHash: event.limitsHash }, event, timing) : undefined,
    ),
    { canTighten: true },
  ),
  mutant(
    'armed with a cause latched',
    reducer((record, event, timing) =>
      event.kind === 'arm-requested' && record.state === 'tripped'
        ? reduce({ ...record, state: 'safe', firstCause: undefined }, event, timing)
        : undefined,
    ),
    { hasHazard: true },
  ),
  mutant(
    'run started unconfirmed',
    reducer((record, event, timing) =>
      event.kind === 'run-started' ? reduce(record, { ...event, isConfirmed: true }, timing) : undefined,
    ),
  ),
  mutant(
    'run started unrecorded',
    reducer((record, event, timing) =>
      event.kind === 'run-started' ? reduce(record, { ...event, isRecorded: true }, timing) : undefined,
    ),
  ),
  mutant(
    'armed for ever',
    reducer((record, event) =>
      event.kind === 'time' && record.state === 'armed' ? { record, action: 'none' } : undefined,
    ),
  ),
  mutant('stop never given up', patientOn('time', { stopConfirmWithinNs: Infinity })),
  mutant(
    'fault left by a reset',
    reducer((record, event, timing) =>
      event.kind === 'reset' && record.state === 'fault'
        ? reduce({ ...record, state: 'tripped', isTripChecked: true, lastFaultNs: -Infinity }, event, timing)
        : undefined,
    ),
  ),
  mutant(
    'unexpected output taken calmly',
    reducer((record, event) =>
      event.kind === 'device-heard' && record.state !== 'stopping' ? { record, action: 'none' } : undefined,
    ),
    { faults: 1, faultKinds: ['kill'] },
  ),
];
