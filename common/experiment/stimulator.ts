// The schema of what stimulates where the source only records: a board beside it, whose clock is aligned with the source's, or stimuli that are prepared on the source's controller or on a serial stimulator and given by hand; used in every process.
import { z } from 'zod';
import { quantity } from './quantity.ts';

/** Data of a source that is another program come in lumps, tens of milliseconds old: no faster loop is closed over it. */
export const slowLoopLeastMilliseconds = 100;

/** Outputs that a HID rig has at most, and its digital lines. */
const outputsMax = 16;

const index = (label: string, note: string, most: number) =>
  quantity({ label, note, unit: '', min: 0, max: most, step: 1, isInteger: true });

/** An input of the source beside its electrodes. */
const wire = {
  channel: z
    .string()
    .regex(
      /^(?:DIGITAL-IN-(?:0[1-9]|1[0-6])|ANALOG-IN-[1-8]|CHANNEL-\d{1,4})$/,
      'an input such as DIGITAL-IN-01, ANALOG-IN-1 or CHANNEL-16',
    )
    .meta({
      label: 'Input of the source that sees them',
      note: 'DIGITAL-IN-01 or ANALOG-IN-1 as RHX names them; for the Open Ephys GUI CHANNEL-16, the channel with this number among those that it sends, from 0 on',
    }),
  levelVolts: quantity({
    label: 'Voltage above which an analogue input counts as high',
    note: 'A digital input needs none',
    unit: 'V',
    min: 0.2,
    max: 5,
    step: 0.1,
  }).default(1.5),
};

/** Where the source sees the board's sync pulses. */
const sync = z.strictObject({
  output: index(
    'Digital output of the board that gives the pulses',
    'From 0; it is wired to the channel of the source, and to nothing else',
    outputsMax - 1,
  ),
  ...wire,
});

/** Where the source sees the pulses themselves. */
const marker = z.strictObject(wire);

const hidRigStimulator = z.strictObject({
  kind: z.literal('hid-rig').meta({ label: 'A HID rig, of which only the outputs are used' }),
  serialNumber: z
    .string()
    .min(1)
    .max(80)
    .meta({ label: 'Serial number', note: "As 'exocortex devices' lists it; this station's settings hold its token" }),
  electrodes: z
    .array(
      z.strictObject({
        output: index('Electrode of the board', 'From 0, as the board numbers its outputs', outputsMax - 1),
        electrode: index('Electrode of the source', 'The same piece of metal, as the source numbers it', 4095),
      }),
    )
    .min(1)
    .meta({
      label: 'Which output is which electrode',
      note: 'Stimuli, limits and the recording name electrodes of the source; one that is not listed cannot be stimulated',
    }),
  sync: sync.meta({
    label: 'How the clocks of board and source are aligned',
    note: 'The board gives pulses at random intervals, and the source sees them',
  }),
});

/** Electrodes that RHX can be told to stimulate: as many as it has trigger keys, F1 to F8. */
export const preparedElectrodesMax = 8;

/** Of what does not measure while the source samples. */
const impedanceKiloohms = quantity({
  label: 'Impedance at 1 kHz',
  note: 'As it was measured before the session: what gives single pulses by hand does not measure it',
  unit: 'kΩ',
  min: 0.1,
  max: 100_000,
  step: 1,
});

const hasRelayBox = z
  .boolean()
  .meta({
    label: 'A relay box with a watchdog of its own stands between stimulator and tissue',
    note: 'The stimulator has no lease: on animals it is needed',
  })
  .default(false);

const preparedStimuli = z.strictObject({
  kind: z.literal('intan-rhs').meta({ label: 'Prepared stimuli on the RHS controller that records' }),
  electrodes: z
    .array(z.strictObject({ electrode: index('Electrode', 'As the source numbers it', 4095), impedanceKiloohms }))
    .min(1)
    .max(preparedElectrodesMax)
    .meta({
      label: 'Electrodes that are stimulated',
      note: 'One stimulus on each is uploaded before the session; none that is not listed can be stimulated',
    }),
  hasRelayBox,
});

/** What the two stimulators on serial ports have in common. @param outputs that it has */
const serial = (outputs: number) => ({
  serialNumber: z
    .string()
    .min(1)
    .max(80)
    .meta({ label: 'Serial number', note: "Of its USB board, as 'exocortex devices' lists it" }),
  electrodes: z
    .array(
      z.strictObject({
        output: quantity({
          label: 'Output of the stimulator',
          note: 'From 1 on; the commands of a StimJim count from 0',
          unit: '',
          min: 1,
          max: outputs,
          step: 1,
          isInteger: true,
        }),
        electrode: index('Electrode of the source', 'The same piece of metal, as the source numbers it', 4095),
        impedanceKiloohms,
      }),
    )
    .min(1)
    .max(outputs)
    .meta({
      label: 'Which output is which electrode',
      note: 'One stimulus on each is uploaded before the session; none that is not listed can be stimulated',
    }),
  complianceVolts: quantity({
    label: 'Largest voltage at the electrode',
    note: 'Of the current source, as its maker says; no program can read it',
    unit: 'V',
    min: 0.5,
    max: 200,
    step: 0.1,
  }),
  marker: marker.meta({
    label: 'Where the source sees each pulse',
    note: 'A pulse is acknowledged by the edge that it makes there, and one that nobody has asked for trips',
  }),
  hasRelayBox,
});

/** Outputs of each make. */
export const serialOutputs = { 'pulse-pal-2': 4, stimjim: 2 } as const;

/** Of a Pulse Pal's outputs, V. */
export const pulsePalVoltsMax = 10;

const pulsePal = z.strictObject({
  kind: z.literal('pulse-pal-2').meta({ label: 'A Pulse Pal 2 with a stimulus isolator, for single pulses by hand' }),
  ...serial(serialOutputs['pulse-pal-2']),
  microampsPerVolt: quantity({
    label: 'Gain of the stimulus isolator',
    note: 'Of every output that is named; its output is positive where its input is. No program can check it',
    unit: 'µA/V',
    min: 0.1,
    max: 10_000,
    step: 0.1,
  }),
});

const stimJim = z.strictObject({
  kind: z.literal('stimjim').meta({ label: 'A StimJim as current source, for single pulses by hand' }),
  ...serial(serialOutputs.stimjim),
});

export const stimulatorSchema = z.discriminatedUnion('kind', [hidRigStimulator, preparedStimuli, pulsePal, stimJim]);

export type Stimulator = z.infer<typeof stimulatorSchema>;
/** A board whose outputs are wired to electrodes of the source. */
export type WiredBoard = z.infer<typeof hidRigStimulator>;
/** Pulses that the source's own controller holds, given by hand. */
export type PreparedStimuli = z.infer<typeof preparedStimuli>;
export type PulsePalStimuli = z.infer<typeof pulsePal>;
export type StimJimStimuli = z.infer<typeof stimJim>;
/** Pulses that a stimulator on a serial port holds, given by hand. */
export type SerialStimuli = PulsePalStimuli | StimJimStimuli;
/** An input of the source that sees pulses. */
export type SyncWire = z.infer<typeof marker>;

/** Whether a stimulator of this kind gives nothing but single pulses by the operator's hand. */
export function isByHand(kind: Stimulator['kind']): kind is Exclude<Stimulator['kind'], 'hid-rig'> {
  return kind !== 'hid-rig';
}

/** Whether the input of a wire holds voltages, and not the states of a line. */
export function isAnalogue({ channel }: Pick<SyncWire, 'channel'>): boolean {
  return !channel.startsWith('DIGITAL');
}
