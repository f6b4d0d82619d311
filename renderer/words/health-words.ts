// Readings of the rig's health as they are shown. Runs in the page.
import { type HealthReading, healthWords } from '../../common/contract/rig-health.ts';
import { impedanceClass, type JudgedImpedances } from '../../common/contract/source-impedances.ts';
import { count, quantity, unknownNumber, withPrefix } from './format.ts';

const absenceWords = {
  soon: 'after some seconds',
  none: 'this device has none',
  off: 'output off',
  stepped: 'not in real time',
} as const;

export function readingWords({ measure, value, absent }: HealthReading): string {
  if (value === undefined) return absent === undefined ? unknownNumber : absenceWords[absent];
  const { unit } = healthWords[measure];
  // Rates are compared to a hertz.
  return unit === 'Hz'
    ? `${value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}\u00a0Hz`
    : quantity(value, unit);
}

export const impedanceClassWords = {
  short: 'too low: a short circuit?',
  good: 'good',
  high: 'too high',
  open: 'open: a broken wire or connector?',
} as const;

type Electrode = JudgedImpedances['electrodes'][number];

/** "E9: 45.3 kΩ, good (0.100 kΩ to 10.0 MΩ)". */
export function impedanceSentence(each: Electrode): string {
  const { channel, electrode, ohms, degrees, minOhms, maxOhms } = each;
  const name = channel === `E${electrode}` ? channel : `E${electrode} (${channel})`;
  const phase = degrees === undefined ? '' : ` ∠ ${Math.round(degrees)}°`;
  const bounds = `${withPrefix(minOhms, 'Ω')} to ${withPrefix(maxOhms, 'Ω')}`;
  return `${name}: ${withPrefix(ohms, 'Ω')}${phase}, ${impedanceClassWords[impedanceClass(each)]} (should be ${bounds})`;
}

/** How many electrodes are of each kind, the worst first; only kinds that there are. */
export function impedanceCounts(electrodes: readonly Electrode[]): string {
  const counts = new Map<string, number>();
  for (const each of electrodes) counts.set(impedanceClass(each), (counts.get(impedanceClass(each)) ?? 0) + 1);
  return ['open', 'short', 'high', 'good']
    .flatMap((name) =>
      counts.has(name) ? [`${count(counts.get(name) ?? 0)} ${name === 'short' ? 'too low' : name}`] : [],
    )
    .join(' · ');
}

/** The table that is saved: one row for each electrode, Ω. */
export function impedanceTable({ frequencyHz, electrodes }: JudgedImpedances): string[] {
  const rows = electrodes.map((each) =>
    [
      each.electrode,
      each.channel,
      Math.round(each.ohms),
      each.degrees ?? '',
      frequencyHz,
      impedanceClass(each),
      each.minOhms,
      each.maxOhms,
    ].join(','),
  );
  return [`${['electrode,channel,ohms,degrees,frequency_hz,judgement,min_ohms,max_ohms', ...rows].join('\n')}\n`];
}
