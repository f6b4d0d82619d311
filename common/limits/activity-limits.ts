// The limits of the tissue's own activity; used in every process.
import {
  byProfile,
  isAtLeastAsTight,
  type LimitDeclaration,
  type LimitValues,
  toWholeUnits,
} from './limit-declaration.ts';
import type { ProfileName } from './profile-name.ts';

/** The same for all tissue; the bench, where nothing is harmed, starts from the same numbers and may go further. */
const benchAnd = (bench: number, tissue: number) => byProfile(bench, tissue, tissue, tissue);

export const activityLimits = {
  elevatedAboveMilliSigmas: {
    fileKey: 'elevatedAboveSigmas',
    label: 'Line length above which a channel is elevated',
    note: 'Robust standard deviations above the channel’s own baseline',
    unit: 'σ',
    sense: 'max',
    perUnit: 1000,
    defaults: benchAnd(5, 5),
    ceilings: benchAnd(100, 8),
    step: 0.5,
  },
  elevatedChannelsPermille: {
    fileKey: 'elevatedChannelsPercent',
    label: 'Channels that make activity seizure-like',
    note: 'This share of the channels or more, all of them elevated at once',
    unit: '%',
    sense: 'max',
    perUnit: 10,
    defaults: benchAnd(30, 30),
    ceilings: benchAnd(100, 60),
    step: 1,
  },
  elevatedMaxMilliseconds: {
    fileKey: 'elevatedMaxSeconds',
    label: 'Elevation that trips',
    note: 'Without interruption',
    unit: 's',
    sense: 'max',
    perUnit: 1000,
    defaults: benchAnd(2, 2),
    ceilings: benchAnd(60, 10),
    step: 0.25,
  },
  afterDischargeMaxMilliseconds: {
    fileKey: 'afterDischargeMaxSeconds',
    label: 'Longest elevation after the last pulse of a train',
    unit: 's',
    sense: 'max',
    perUnit: 1000,
    defaults: benchAnd(1, 1),
    ceilings: benchAnd(60, 5),
    step: 0.25,
  },
  burstRateMaxPermille: {
    fileKey: 'burstRateMaxPercent',
    label: 'Largest rate of network bursts',
    note: 'Of the rate over the last ten minutes',
    unit: '%',
    sense: 'max',
    perUnit: 10,
    defaults: benchAnd(300, 300),
    ceilings: benchAnd(10_000, 1000),
    step: 10,
  },
  burstRateMaxMilliseconds: {
    fileKey: 'burstRateMaxSeconds',
    label: 'How long the rate of network bursts may be above its largest',
    unit: 's',
    sense: 'max',
    perUnit: 1000,
    defaults: benchAnd(30, 30),
    ceilings: benchAnd(300, 120),
    step: 10,
  },
  lockedPulsesMax: {
    fileKey: 'lockedPulsesMax',
    label: 'Pulses in a row that may be read as spikes',
    note: 'A pulse counts when spikes follow its blanking within a millisecond on the share of channels above',
    unit: '',
    sense: 'max',
    perUnit: 1,
    defaults: benchAnd(20, 20),
    ceilings: benchAnd(10_000, 100),
    step: 1,
    isInteger: true,
  },
  holdOffMilliseconds: {
    fileKey: 'holdOffMinutes',
    label: 'Pause after such activity',
    note: 'From its end on; until then the rig cannot be armed',
    unit: 'min',
    sense: 'min',
    perUnit: 60_000,
    defaults: benchAnd(0, 5),
    ceilings: benchAnd(0, 5),
    step: 1,
  },
} as const satisfies Record<string, LimitDeclaration>;

export type ActivityLimitName = keyof typeof activityLimits;
export type ActivityLimits = LimitValues<typeof activityLimits>;

const declarations = Object.entries(activityLimits) as [ActivityLimitName, LimitDeclaration][];

export function defaultActivityLimits(profile: ProfileName): ActivityLimits {
  const values = declarations.map(([name, declaration]) => [
    name,
    toWholeUnits(declaration, declaration.defaults[profile]),
  ]);
  return Object.freeze(Object.fromEntries(values) as Record<ActivityLimitName, number>);
}

/** Whether a watch with `a` lets no activity pass that one with `b` reports. NaN lets nothing be said: false. */
export function isAtLeastAsSensitive(a: ActivityLimits, b: ActivityLimits): boolean {
  return declarations.every(
    ([name, declaration]) => !Number.isNaN(a[name]) && isAtLeastAsTight(declaration, a[name], b[name]),
  );
}
