// The schema of the Open Ephys GUI as an experiment's source; used in every process.
import { z } from 'zod';
import { literalIpv4 } from './literal-ipv4.ts';
import { quantity } from './quantity.ts';

/** 400 channels at 30 kHz: a third of a core for the reader, which takes some 36 million values per second without its socket. */
export const openEphysCapacityValuesPerSecond = 12_000_000;

const port = { unit: '', min: 1024, step: 1, isInteger: true } as const;

export const openEphysSource = z.strictObject({
  kind: z.literal('open-ephys').meta({ label: 'The Open Ephys GUI with its plugin ZMQ Interface, for recording' }),
  host: z
    .string()
    .regex(literalIpv4, 'four numbers such as 127.0.0.1')
    .meta({ label: 'Address of the computer that runs the GUI', note: 'Four numbers, never a name' })
    .default('127.0.0.1'),
  dataPort: quantity({
    label: 'Data port of the ZMQ Interface',
    note: 'As its editor shows it; the port behind it takes heartbeats',
    ...port,
    max: 65_534,
  }).default(5556),
  httpPort: quantity({ label: "Port of the GUI's HTTP server", ...port, max: 65_535 }).default(37_497),
  stream: z
    .string()
    .min(1)
    .max(200)
    .meta({ label: 'Name of the stream', note: 'It is compared with what the GUI sends; left out, any is taken' })
    .optional(),
  channels: quantity({
    label: 'Channels that are sent',
    note: 'They are electrodes 0, 1, … in the order in which they are sent; their number is compared with what the GUI sends',
    unit: '',
    min: 1,
    max: 1024,
    step: 1,
    isInteger: true,
  }),
  sampleRateHz: quantity({
    label: 'Sample rate',
    note: 'It is compared with what the GUI says',
    unit: 'Hz',
    min: 100,
    max: 100_000,
    step: 100,
  }),
  microvoltsPerBit: quantity({
    label: 'Resolution of the recording',
    note: 'The GUI sends fractions; 0.195 is what Intan chips have, and holds values up to 6.4 mV',
    unit: 'µV',
    min: 0.001,
    max: 1000,
    step: 0.001,
  }).default(0.195),
});

export type OpenEphysSource = z.infer<typeof openEphysSource>;
