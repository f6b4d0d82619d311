// How the connected rig is: what is measured each second, its bounds, and in plain words what is wrong and what to do; used in every process.

export const healthMeasures = [
  'sample-rate',
  'lost-samples',
  'arrival-jitter',
  'device-lag',
  'clock-offset',
  'clock-drift',
  'clock-residual',
  'sync-drift',
  'sync-residual',
  'sync-age',
  'lease',
  'temperature',
  'damaged-messages',
] as const;
export type HealthMeasure = (typeof healthMeasures)[number];

/** Why there is no value. 'soon': the first seconds are not over. 'none': this device has no such thing. 'off': its output is off. 'stepped': samples do not come in real time. */
export type HealthAbsence = 'soon' | 'none' | 'off' | 'stepped';

/** One measure, in the unit of `healthWords`. */
export interface HealthReading {
  measure: HealthMeasure;
  value?: number;
  absent?: HealthAbsence;
  /** Beyond it something is wrong, in the sense of `healthWords`; absent: no value is wrong by itself. */
  bound?: number;
  /** What the device says, where the value is compared with it. */
  stated?: number;
}

/** What is known of the device itself. */
export interface DeviceFacts {
  description: string;
  serial: string;
  firmware: string;
  /** Of the stimulator; absent: none is connected. */
  limits?: {
    amplitudeMaxMicroamps: number;
    chargePerPhaseMaxNanocoulombs: number;
    rateMaxHz: number;
    leaseMaxMilliseconds: number;
  };
}

export interface RigHealthStatus {
  device: DeviceFacts;
  readings: HealthReading[];
  /** Measures that have been beyond their bound for some seconds, and not within it since. */
  found: HealthMeasure[];
}

interface HealthWords {
  /** In a few words, as a row is named. */
  label: string;
  unit: string;
  /** On which side of its bound a value is wrong; 'away': too far from what is stated, on either. */
  wrong: 'above' | 'below' | 'away';
  /** What is wrong, beyond the numbers. */
  means: string;
  toDo: string;
}

export const healthWords: Readonly<Record<HealthMeasure, HealthWords>> = {
  'sample-rate': {
    label: 'Sample rate by this computer’s clock',
    unit: 'Hz',
    wrong: 'away',
    means: 'The device samples at another rate than it says.',
    toDo: 'Check the rate that is set in the device or its program, then connect again.',
  },
  'lost-samples': {
    label: 'Samples lost in the last 10 s',
    unit: '%',
    wrong: 'above',
    means: 'Samples do not arrive.',
    toDo: 'Check the cable and the hub, and close other programs.',
  },
  'arrival-jitter': {
    label: 'Jitter of arrival, p99 of the last seconds',
    unit: 'ms',
    wrong: 'above',
    means: 'Data come in lumps; what is too old when it comes cannot stimulate.',
    toDo: 'Close other programs, switch power saving off, and plug the device into a port of its own.',
  },
  'device-lag': {
    label: 'Age of the samples when they arrive',
    unit: 'ms',
    wrong: 'above',
    means: 'Samples are old when they arrive, and what is too old cannot stimulate.',
    toDo: 'Make the blocks of the device or its program shorter, and close other programs.',
  },
  'clock-offset': {
    label: 'Device clock against this computer’s',
    unit: 's',
    wrong: 'above',
    means: '',
    toDo: '',
  },
  'clock-drift': {
    label: 'Drift of the device clock',
    unit: 'ppm',
    wrong: 'above',
    means: 'The clocks of device and computer run apart.',
    toDo: 'Let the device warm up; if it stays so, its oscillator is broken.',
  },
  'clock-residual': {
    label: 'Largest distance from the clock fit',
    unit: 'ms',
    wrong: 'above',
    means: 'Messages of the device wait on their way, or one of the clocks steps.',
    toDo: 'Switch sleep and power saving off, and close other programs.',
  },
  'sync-drift': {
    label: 'Drift of the source’s clock against the stimulator’s',
    unit: 'ppm',
    wrong: 'above',
    means: 'The clocks of source and stimulator run apart.',
    toDo: 'Check the sample rate of the source; if it is right, one of the two oscillators is broken.',
  },
  'sync-residual': {
    label: 'Distance of the sync pulses from the line between both clocks',
    unit: 'µs',
    wrong: 'above',
    means: 'The source sees the sync pulses at changing times.',
    toDo: 'Check the wire, its ground and the level of the input.',
  },
  'sync-age': {
    label: 'Since the source has seen a sync pulse',
    unit: 's',
    wrong: 'above',
    means: 'The source does not see the sync pulses of the stimulator.',
    toDo: 'Check the wire between the board’s sync output and the source’s input, and stimulator.sync of the experiment.',
  },
  lease: {
    label: 'Least that was left of the lease in the last second',
    unit: 'ms',
    wrong: 'below',
    means: 'The lease is renewed so late that the stimulator may turn itself off.',
    toDo: 'Close other programs; if it stays so, choose a longer lease in the site’s limits.',
  },
  temperature: {
    label: 'Temperature of the stimulator',
    unit: '°C',
    wrong: 'above',
    means: 'The stimulator is too warm.',
    toDo: 'Turn the output off, and let it cool down in free air.',
  },
  'damaged-messages': {
    label: 'Damaged messages in the last 10 s',
    unit: '',
    wrong: 'above',
    means: 'Messages between device and computer are damaged on their way.',
    toDo: 'Check the cable; use a shorter one, without a hub.',
  },
};

/** Whether a value is beyond its bound. What is not known is not. */
export function isBeyond({ measure, value, bound, stated }: HealthReading): boolean {
  if (value === undefined || bound === undefined) return false;
  switch (healthWords[measure].wrong) {
    case 'above':
      return !(Math.abs(value) <= bound);
    case 'below':
      return !(value >= bound);
    case 'away':
      return !(Math.abs(value - (stated ?? Number.NaN)) <= bound);
  }
}

function withUnit(value: number, unit: string): string {
  // Rates are compared to the hertz; everything else has three digits.
  const digits = unit === 'Hz' ? Number(value.toFixed(1)) : Number(value.toPrecision(3));
  return unit === '' ? String(digits) : `${digits} ${unit}`;
}

/** @returns how far a value may go, in words: "at most 10 ms"; '' without a bound */
export function boundWords({ measure, bound, stated }: HealthReading): string {
  if (bound === undefined) return '';
  const { wrong, unit } = healthWords[measure];
  if (wrong === 'away') return `${withUnit(stated ?? Number.NaN, unit)} ± ${withUnit(bound, unit)}`;
  return `${wrong === 'above' ? 'at most' : 'at least'} ${withUnit(bound, unit)}`;
}

/** @returns one sentence with the numbers, for a value that is beyond its bound */
export function findingSentence(reading: HealthReading): string {
  const { means, label, unit } = healthWords[reading.measure];
  const value = withUnit(reading.value ?? Number.NaN, unit);
  return `${means} ${label}: ${value}, and should be ${boundWords(reading)}.`;
}
