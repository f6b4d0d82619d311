// The files of a session's review index: names, levels and rows, as docs/session-format.md describes them; analysis process.
import { struct } from '../../common/base/struct.ts';

/** Folder of the index inside a session's folder. It can be deleted at any time: it is made again from the journal. */
export const reviewFolderName = 'review';
/** An index of another format is made again. */
export const reviewFormat = 'exocortex-review/3';
/** Written last: an index without it is not there. */
export const reviewHeadName = 'head.json';

/** Samples per bin of the finest level, and how many bins of a level make one of the next. */
export const finestBinSamples = 32;
export const levelFactor = 4;
export const levelCount = 10;
/** The finest level with counts: single spikes and ticks are kept apart, so that nothing finer is needed. */
export const firstCountLevel = 2;

/** Samples per bin of a level, from 0 on. */
export function binSamples(level: number): number {
  return finestBinSamples * levelFactor ** level;
}

const twoDigits = (level: number) => String(level).padStart(2, '0');
/** Rows of channels × (minimum int16, maximum int16), bits. A bin without a sample has its minimum above its maximum. */
export const traceLevelName = (level: number) => `traces-${twoDigits(level)}.bin`;
/** Rows of `CountColumns`. */
export const countLevelName = (level: number) => `counts-${twoDigits(level)}.bin`;

/** `at` is a sample, counted from the session's first. Rows are in order of `at` but for at most `disorderSeconds`. */
export const disorderSeconds = 2;

export const spikeRow = struct({ at: 'f64', amplitudeMicrovolts: 'f32', channel: 'u32' });
/** A spike of a simulated neuron: `at` is right behind the newest sample of its tick. These rows are in order of `at`. */
export const simulatedRow = struct({ at: 'f64', neuron: 'u32' });
/** `at`: right behind the tick's newest sample. `handling` indexes `lateHandlings`. */
export const tickRow = struct({ at: 'f64', latencyMilliseconds: 'f32', handling: 'u16', isLate: 'u16' });
/**
 * One per request for a stimulus. `at`: where its pulse began, else the newest sample when it was asked for. `fate` indexes
 * `requestFates` of the contract; `code` a refusal of the interlock or an outcome of the device. Charges as measured; 0 where nothing was.
 */
export const requestRow = struct({
  at: 'f64',
  request: 'f64',
  firstFemtocoulombs: 'f64',
  secondFemtocoulombs: 'f64',
  askedNanoamps: 'i32',
  deliveredNanoamps: 'i32',
  phaseMicroseconds: 'u32',
  electrode: 'u16',
  code: 'u16',
  fate: 'u8',
  origin: 'u8',
  isCathodicFirst: 'u8',
  spare: 'u8',
  spareToo: 'u32',
});
/**
 * A digital input has become known, or changed (`isEdge`); `line` from 1. `high` (the line is high then), `known` (it has become known) and
 * `risen` (it has had a rising edge) have a bit for each line, line 1 the lowest. These rows are in order of `at`.
 */
export const inputRow = struct({
  at: 'f64',
  line: 'u16',
  isEdge: 'u16',
  high: 'u16',
  known: 'u16',
  risen: 'u16',
  spare: 'u16',
  spareToo: 'u32',
});
/** `place` is the byte of the journal at which the record's frame begins; `value` is the table's own. */
export const eventRow = struct({ at: 'f64', place: 'f64', value: 'f64' });
/** Where the frame of a block begins whose first sample is `at`; about one per `placeEveryBytes` of the journal. */
export const placeRow = struct({ at: 'f64', place: 'f64' });
export const placeEveryBytes = 256 * 1024;

/** Of the simulated spikes in order of time, a level holds those whose number is a multiple of 16 to the level's number. */
export const simulatedLevels = ['simulated-00', 'simulated-01', 'simulated-02', 'simulated-03'] as const;
export const simulatedFactor = 16;

export const tableRows = {
  spikes: spikeRow,
  'simulated-00': simulatedRow,
  'simulated-01': simulatedRow,
  'simulated-02': simulatedRow,
  'simulated-03': simulatedRow,
  ticks: tickRow,
  requests: requestRow,
  inputs: inputRow,
  /** `value` indexes `interlockStates`: the state that begins. */
  states: eventRow,
  /** `value` is 1 for the first cause of a trip. */
  faults: eventRow,
  marks: eventRow,
  /** `value` is 1 where requests may stimulate. */
  phases: eventRow,
  /** `value`: samples lost. */
  gaps: eventRow,
  places: placeRow,
} as const;
export type TableName = keyof typeof tableRows;
export const tableNames = Object.keys(tableRows) as TableName[];
export const eventTables = ['states', 'faults', 'marks', 'phases', 'gaps'] as const satisfies readonly TableName[];
export type EventTable = (typeof eventTables)[number];
export const tableFileName = (table: TableName) => `${table}.bin`;

/** The content of head.json. */
export interface ReviewHead {
  format: typeof reviewFormat;
  session: string;
  /** What the index was made from. */
  journal: { bytes: number; crc32: number };
  channels: number;
  populations: number;
  digitalInputs: number;
  /** Sample index, as the device counts, that `at` 0 stands for. */
  firstSample: number;
  /** Samples per channel from the first to the last, lost ones included. */
  samples: number;
  framesLost: number;
  tornBytes: number;
  /** Rows of each file by name: whoever reads believes no more than these. */
  rows: Record<string, number>;
}

/** Where the parts of a row of counts lie, in words of four bytes. */
export class CountColumns {
  readonly channels: number;
  readonly populations: number;
  readonly inputs: number;

  constructor(channels: number, populations: number, inputs: number) {
    this.channels = channels;
    this.populations = populations;
    this.inputs = inputs;
  }

  /** u32 spikes of each electrode begin at word 0, u32 spikes of each population here. */
  get population(): number {
    return this.channels;
  }
  /** u32 rising edges of each digital input, then falling ones. */
  get rises(): number {
    return this.channels + this.populations;
  }
  get falls(): number {
    return this.rises + this.inputs;
  }
  /** u32 ticks, late ticks, delivered and refused pulses. */
  get ticks(): number {
    return this.falls + this.inputs;
  }
  get lateTicks(): number {
    return this.ticks + 1;
  }
  get delivered(): number {
    return this.ticks + 2;
  }
  get refused(): number {
    return this.ticks + 3;
  }
  /** u32 results of the simulation. */
  get results(): number {
    return this.ticks + 4;
  }
  /** f32 lowest, highest and summed latency of the ticks, ms. */
  get lowestLatency(): number {
    return this.ticks + 5;
  }
  get highestLatency(): number {
    return this.ticks + 6;
  }
  get summedLatency(): number {
    return this.ticks + 7;
  }
  /** f32 sum over the results of the mean plastic weight, mV. */
  get summedWeight(): number {
    return this.ticks + 8;
  }
  get words(): number {
    return this.ticks + 9;
  }
  get bytes(): number {
    return 4 * this.words;
  }
}

/** Words of one or more rows of counts, seen as both kinds of number. */
export interface CountWords {
  counts: Uint32Array;
  numbers: Float32Array;
}

export function countWords(bytes: Uint8Array): CountWords {
  const { buffer, byteOffset, length } = bytes;
  return {
    counts: new Uint32Array(buffer, byteOffset, length / 4),
    numbers: new Float32Array(buffer, byteOffset, length / 4),
  };
}

/** Adds the row at word `from` of one array to the row at word `to` of another. */
export function addCounts(columns: CountColumns, into: CountWords, to: number, of: CountWords, from: number): void {
  const { ticks, lowestLatency, highestLatency, summedLatency, summedWeight } = columns;
  const hadTicks = into.counts[to + ticks]! > 0;
  if (of.counts[from + ticks]! > 0) {
    const lowest = of.numbers[from + lowestLatency]!;
    const highest = of.numbers[from + highestLatency]!;
    const low = to + lowestLatency;
    const high = to + highestLatency;
    into.numbers[low] = hadTicks ? Math.min(into.numbers[low]!, lowest) : lowest;
    into.numbers[high] = hadTicks ? Math.max(into.numbers[high]!, highest) : highest;
    into.numbers[to + summedLatency]! += of.numbers[from + summedLatency]!;
  }
  into.numbers[to + summedWeight]! += of.numbers[from + summedWeight]!;
  for (let word = 0; word < lowestLatency; word++) into.counts[to + word]! += of.counts[from + word]!;
}
