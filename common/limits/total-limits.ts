// The limits over all electrodes and of the whole session; used in every process.
import { byProfile, type LimitDeclaration, type LimitValues } from './limit-declaration.ts';

export const totalLimits = {
  rateMaxMillihertz: {
    fileKey: 'rateMaxHz',
    label: 'Largest rate over all electrodes',
    unit: 'Hz',
    sense: 'max',
    perUnit: 1000,
    defaults: byProfile(3200, 3200, 800, 400),
    step: 1,
  },
  pulsesPerSessionMax: {
    fileKey: 'pulsesPerSessionMax',
    label: 'Most pulses in one session',
    note: 'Since the rig was connected',
    unit: '',
    sense: 'max',
    perUnit: 1,
    defaults: byProfile(2_000_000, 2_000_000, 1_400_000, 2_000_000),
    step: 1,
    isInteger: true,
  },
  simultaneousElectrodesMax: {
    fileKey: 'simultaneousElectrodesMax',
    label: 'Most electrodes stimulating at once',
    unit: '',
    sense: 'max',
    perUnit: 1,
    defaults: byProfile(16, 16, 8, 4),
    step: 1,
    isInteger: true,
  },
  currentMaxNanoamps: {
    fileKey: 'currentMaxMicroamps',
    label: 'Largest current over all electrodes at once',
    unit: 'µA',
    sense: 'max',
    perUnit: 1000,
    defaults: byProfile(200, 48, 200, 5000),
    step: 1,
  },
  temperatureRiseMaxMillikelvins: {
    fileKey: 'temperatureRiseMaxMillikelvins',
    label: 'Largest predicted temperature rise',
    note: 'By the mean power of the last 10 s, 1 mm from the electrodes, all of them taken as one source; right to the order of magnitude',
    unit: 'mK',
    sense: 'max',
    perUnit: 1,
    defaults: byProfile(1000, 1000, 1000, 1000),
    step: 1,
    isInteger: true,
  },
} as const satisfies Record<string, LimitDeclaration>;

export type TotalLimitName = keyof typeof totalLimits;
export type TotalLimits = LimitValues<typeof totalLimits>;
