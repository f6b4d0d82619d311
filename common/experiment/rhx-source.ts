// The schema of an Intan controller behind RHX as an experiment's source, and which channels it means; used in every process.
import { z } from 'zod';
import { literalIpv4 } from './literal-ipv4.ts';
import { quantity } from './quantity.ts';

/** Words per second above which RHX falls behind and in the end stops; measured with RHX 3.4: about 3 million per processor core of its own. */
export const rhxCapacityWordsPerSecond = 1_500_000;

const port = { unit: '', min: 1024, step: 1, isInteger: true } as const;

export const rhxPorts = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type RhxPort = (typeof rhxPorts)[number];

/** The native name of an amplifier channel: A-007. @param index from 0 */
export function rhxChannelName(letter: RhxPort, index: number): string {
  return `${letter}-${String(index).padStart(3, '0')}`;
}

export const rhxSource = z.strictObject({
  kind: z.literal('intan-rhx').meta({ label: 'An Intan controller behind the program RHX, for recording' }),
  host: z
    .string()
    .regex(literalIpv4, 'four numbers such as 127.0.0.1: given a name, RHX listens to the whole network')
    .meta({ label: 'Address of the computer that runs RHX', note: 'Four numbers, never a name' })
    .default('127.0.0.1'),
  commandPort: quantity({
    label: 'Port of the commands',
    note: 'As Network → Remote TCP Control shows it',
    ...port,
    max: 65_535,
  }).default(5000),
  waveformPort: quantity({
    label: 'Port of the waveforms',
    note: 'It is set in RHX; left out, the one that RHX has is used',
    ...port,
    // RHX refuses larger ones.
    max: 9999,
  }).optional(),
  controller: z.enum(['rhd', 'rhs']).meta({
    label: 'Kind of controller',
    note: 'rhd records, rhs is a Stim/Recording Controller; it is compared with what RHX says',
  }),
  sampleRateHz: quantity({
    label: 'Sample rate',
    note: 'As it was chosen when RHX was started; it is compared with what RHX says',
    unit: 'Hz',
    min: 1000,
    max: 30_000,
    step: 1000,
    isInteger: true,
  }),
  channels: z
    .array(z.string().regex(/^[A-H]-\d{3}$/, 'a channel as RHX names it, such as A-007'))
    .meta({
      label: 'Single channels',
      note: 'By the names that RHX gives them, such as A-007; in this order they are electrodes 0, 1, …',
    })
    .default([]),
  ports: z
    .array(
      z.strictObject({
        port: z.enum(rhxPorts).meta({ label: 'Port of the controller' }),
        channels: quantity({
          label: 'Channels of its headstages',
          note: 'It is compared with what RHX sees there',
          unit: '',
          min: 1,
          max: 128,
          step: 1,
          isInteger: true,
        }),
      }),
    )
    .meta({ label: 'Whole ports', note: 'Their channels are further electrodes, after the single ones' })
    .default([]),
  band: z
    .enum(['wide', 'low', 'high'])
    .meta({ label: 'Band of RHX', note: 'wide is what the amplifiers give; low and high are as filtered by RHX' })
    .default('wide'),
  blocksPerWrite: quantity({
    label: 'Blocks of 128 samples that RHX sends at once',
    note: '1 gives the least delay; 5 at 20 kHz and 8 at 30 kHz the smoothest stream',
    unit: '',
    min: 1,
    max: 100,
    step: 1,
    isInteger: true,
  }).default(1),
});

export type RhxSource = z.infer<typeof rhxSource>;

/** Of the newest sample of a write, from the controller to the socket of RHX; an estimate, no stream tells. */
export const rhxDelayMilliseconds = 5;

/** How old the newest sample is at least when it is believed: RHX waits for a block more than it writes. */
export function rhxNewestMilliseconds(sampleRateHz: number, blocksPerWrite: number): number {
  return rhxDelayMilliseconds + (1000 * 128 * (blocksPerWrite + 1)) / sampleRateHz;
}

/** What of a source decides its channels; parts may be missing where a file is wrong. */
interface ChannelChoice {
  readonly channels?: readonly (string | undefined)[] | undefined;
  readonly ports?:
    | readonly ({ readonly port?: RhxPort | undefined; readonly channels?: number | undefined } | undefined)[]
    | undefined;
}

/** @returns the native name of each electrode: single channels in their order, then those of whole ports */
export function rhxElectrodes({ channels = [], ports = [] }: ChannelChoice): string[] {
  const single = channels.filter((channel) => channel !== undefined);
  const ofPorts = ports.flatMap((each) =>
    each?.port === undefined || each.channels === undefined ? [] : namesOf(each.port, each.channels),
  );
  return [...single, ...ofPorts];
}

function namesOf(letter: RhxPort, count: number): string[] {
  return Array.from({ length: count }, (_, index) => rhxChannelName(letter, index));
}
