// The schema of a limit-profile file: what the interlock allows, electrode by electrode and over time.
import { z } from 'zod';
import { name } from './name.ts';
import { quantity } from './quantity.ts';

const electrode = quantity({ label: 'Electrode', unit: '', min: 0, max: 4095, step: 1, isInteger: true });

/** Limits of one group of electrodes. An electrode that no group names may not be stimulated. */
const electrodeGroup = z.strictObject({
  electrodes: z
    .array(electrode)
    .min(1)
    .meta({ label: 'Electrodes', note: 'An electrode that no group names may not be stimulated' }),
  amplitudeMaxMicroamps: quantity({ label: 'Largest amplitude', unit: 'µA', min: 0, max: 100, step: 0.1 }),
  phaseMinMicroseconds: quantity({ label: 'Shortest phase', unit: 'µs', min: 20, max: 1000, step: 1, isInteger: true }),
  phaseMaxMicroseconds: quantity({ label: 'Longest phase', unit: 'µs', min: 20, max: 1000, step: 1, isInteger: true }),
  interphaseMaxMicroseconds: quantity({
    label: 'Longest interphase gap',
    unit: 'µs',
    min: 0,
    max: 100,
    step: 1,
    isInteger: true,
  }),
  chargePerPhaseMaxNanocoulombs: quantity({
    label: 'Largest charge per phase',
    unit: 'nC',
    min: 0,
    max: 20,
    step: 0.01,
  }),
  rateMaxHz: quantity({
    label: 'Largest pulse rate',
    note: 'Of each electrode',
    unit: 'Hz',
    min: 0.01,
    max: 500,
    step: 1,
  }),
});

const total = z.strictObject({
  rateMaxHz: quantity({ label: 'Largest rate over all electrodes', unit: 'Hz', min: 0.01, max: 3200, step: 1 }),
  pulsesPerSessionMax: quantity({
    label: 'Most pulses in one session',
    unit: '',
    min: 1,
    max: 2_000_000,
    step: 1,
    isInteger: true,
  }),
});

const timing = z.strictObject({
  dataAgeMaxMilliseconds: quantity({
    label: 'Oldest data that may stimulate',
    note: 'A request whose newest sample is older is refused as late',
    unit: 'ms',
    min: 1,
    max: 50,
    step: 0.5,
  }),
  lateTicksToTrip: quantity({
    label: 'Late ticks that trip',
    note: 'This many late ticks among the last `lateTicksWindow` trip the interlock',
    unit: '',
    min: 1,
    max: 10_000,
    step: 1,
    isInteger: true,
  }),
  lateTicksWindow: quantity({
    label: 'Ticks among which late ones are counted',
    note: 'At least as many as `lateTicksToTrip`',
    unit: '',
    min: 1,
    max: 10_000,
    step: 100,
    isInteger: true,
  }),
  dataAgeToTripMilliseconds: quantity({
    label: 'Data age that trips',
    note: 'One tick older than this trips the interlock',
    unit: 'ms',
    min: 1,
    max: 1000,
    step: 1,
  }),
  leaseMilliseconds: quantity({
    label: 'Lease',
    note: 'The device turns itself off when its lease is not renewed for this long',
    unit: 'ms',
    min: 20,
    max: 1000,
    step: 10,
    isInteger: true,
  }),
  beatMaxMilliseconds: quantity({
    label: 'Longest pause of the rig thread',
    note: 'The watchdog stops stimulation when the rig thread has completed no work for this long',
    unit: 'ms',
    min: 10,
    max: 1000,
    step: 10,
  }),
  refusalsInTenSecondsToTrip: quantity({
    label: 'Refusals in 10 s that trip',
    note: 'This many unexpected refusals within ten seconds trip the interlock',
    unit: '',
    min: 1,
    max: 1000,
    step: 1,
    isInteger: true,
  }),
  gapToTripMilliseconds: quantity({
    label: 'Gap in the data that trips',
    note: 'Lost samples in a row, as time',
    unit: 'ms',
    min: 1,
    max: 1000,
    step: 1,
  }),
});

export const limitProfileSchema = z.strictObject({
  exocortex: z.literal('limit-profile/1').meta({ label: 'Kind and version of the file' }),
  name: name.meta({ label: 'Name' }),
  title: z.string().min(1).meta({ label: 'Title' }),
  preparation: z
    .enum(['bench', 'mea'])
    .meta({ label: 'Preparation', note: 'bench is no living tissue, mea is a planar array in vitro' }),
  electrodeGroups: z.array(electrodeGroup).min(1).meta({ label: 'Electrodes with the same limits' }),
  total: total.meta({ label: 'Limits over all electrodes' }),
  timing: timing.meta({ label: 'Limits of time' }),
});

export type LimitProfile = z.infer<typeof limitProfileSchema>;
export type ElectrodeGroupLimits = z.infer<typeof electrodeGroup>;
