// Which channels RHX sends and in which column: the stream does not say, so it follows from what was enabled; pure, every thread of the rig.
import {
  rhxCapacityWordsPerSecond,
  rhxChannelName,
  type RhxPort,
  rhxPorts,
} from '../../../../common/experiment/rhx-source.ts';
import { RhxError } from './rhx-problem.ts';

/** In the order of RHX's columns inside a channel. Spikes have no column, they come on a port of their own. */
export const bands = ['WIDE', 'LOW', 'HIGH', 'DC', 'STIM'] as const;
export type Band = (typeof bands)[number];

/** What the controller has, read from it. */
export interface RhxInventory {
  /** Whether it is an RHS Stim/Recording Controller. */
  readonly isStimulator: boolean;
  /** Amplifier channels of each port; 0 where nothing is plugged in. */
  readonly amplifiers: Readonly<Record<RhxPort, number>>;
}

/** What is to be sent. Names as RHX writes them: A-007, A-AUX1, A-VDD1, ANALOG-IN-1, ANALOG-OUT-1, DIGITAL-IN-01, DIGITAL-OUT-01. */
export interface RhxSelection {
  readonly amplifiers: readonly {
    readonly channel: string;
    readonly bands: readonly Band[];
    readonly hasSpikes: boolean;
  }[];
  readonly others: readonly string[];
}

/** One word of each frame. `band` only of amplifier channels. */
export interface RhxColumn {
  readonly channel: string;
  readonly band?: Band;
}

export const samplesPerBlock = 128;

/** Bytes of a block: magic, then 128 frames of a timestamp and the words. */
export function bytesPerBlock(words: number): number {
  return 4 + samplesPerBlock * (4 + 2 * words);
}

/** All amplifier channels in native order. */
export function amplifierNames({ amplifiers }: RhxInventory): string[] {
  return rhxPorts.flatMap((port) =>
    Array.from({ length: amplifiers[port] }, (_, index) => rhxChannelName(port, index)),
  );
}

/** The commands that enable a band. */
export const bandParameters: Record<Band | 'SPK', string> = {
  WIDE: 'tcpdataoutputenabled',
  LOW: 'tcpdataoutputenabledlow',
  HIGH: 'tcpdataoutputenabledhigh',
  DC: 'tcpdataoutputenableddc',
  STIM: 'tcpdataoutputenabledstim',
  SPK: 'tcpdataoutputenabledspike',
};

const other =
  /^(?:[A-H]-AUX[123]|[A-H]-VDD1|ANALOG-IN-[1-8]|ANALOG-OUT-[1-8]|DIGITAL-IN-(?:0[1-9]|1[0-6])|DIGITAL-OUT-(?:0[1-9]|1[0-6]))$/;

/**
 * @returns the columns in RHX's native order
 * @throws RhxError when a channel or band is not there
 */
export function columnsOf(inventory: RhxInventory, selection: RhxSelection): RhxColumn[] {
  const known = new Set(amplifierNames(inventory));
  const asked = new Map<string, Set<Band>>();
  for (const { channel, bands: wanted } of selection.amplifiers) {
    if (!known.has(channel)) throw new RhxError('unknown-parameter', `the controller has no channel ${channel}`);
    const foreign = wanted.find((band) => (band === 'DC' || band === 'STIM') && !inventory.isStimulator);
    if (foreign !== undefined)
      throw new RhxError('not-a-stimulator', `${channel} has no band ${foreign}: only an RHS controller has it`);
    asked.set(channel, new Set([...(asked.get(channel) ?? []), ...wanted]));
  }
  const others = new Set(selection.others);
  for (const name of others) {
    const isMissing =
      !other.test(name) ||
      (/AUX|VDD/.test(name) ? inventory.isStimulator : name.startsWith('ANALOG-OUT') && !inventory.isStimulator);
    if (isMissing) throw new RhxError('unknown-parameter', `the controller has no channel ${name}`);
  }
  const named = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`).filter((name) => others.has(name));
  const hasLine = (prefix: string) => selection.others.some((name) => name.startsWith(prefix));
  return [
    ...rhxPorts.flatMap((port): RhxColumn[] => [
      ...Array.from({ length: inventory.amplifiers[port] }, (_, index) => rhxChannelName(port, index)).flatMap(
        (channel) => bands.filter((band) => asked.get(channel)?.has(band)).map((band) => ({ channel, band })),
      ),
      ...[...named(`${port}-AUX`, 3), ...named(`${port}-VDD`, 1)].map((channel) => ({ channel })),
    ]),
    ...[...named('ANALOG-IN-', 8), ...named('ANALOG-OUT-', 8)].map((channel) => ({ channel })),
    // All lines come as one word, whichever were asked for.
    ...['DIGITAL-IN', 'DIGITAL-OUT'].filter((prefix) => hasLine(prefix)).map((channel) => ({ channel })),
  ];
}

/** What a word says: physical value = factor × (word − offset). Digital lines are bits, STIM is read by `stimWord`. */
export function scaleOf({ channel, band }: RhxColumn): { factor: number; offset: number; unit: 'µV' | 'V' | '' } {
  if (band === 'DC') return { factor: -0.01923, offset: 512, unit: 'V' };
  if (band === 'STIM' || channel.startsWith('DIGITAL')) return { factor: 1, offset: 0, unit: '' };
  if (band !== undefined) return { factor: 0.195, offset: 32_768, unit: 'µV' };
  if (channel.includes('AUX')) return { factor: 37.4e-6, offset: 0, unit: 'V' };
  if (channel.includes('VDD')) return { factor: 74.8e-6, offset: 0, unit: 'V' };
  return { factor: 312.5e-6, offset: 32_768, unit: 'V' };
}

/** The word of a STIM column. */
export function stimWord(word: number, stepMicroamps: number) {
  return {
    microamps: (word & 0xff) * stepMicroamps * ((word & 0x100) === 0 ? 1 : -1),
    isSettling: (word & 0x2000) !== 0,
    isRecoveringCharge: (word & 0x4000) !== 0,
    isAtComplianceLimit: (word & 0x8000) !== 0,
  };
}

/** @throws RhxError when RHX cannot send so much and would stop after some 40 s */
export function checkCapacity(words: number, sampleRateHz: number): void {
  const perSecond = words * sampleRateHz;
  if (perSecond > rhxCapacityWordsPerSecond)
    throw new RhxError(
      'too-many-words',
      `${words} words at ${sampleRateHz} Hz are ${(perSecond / 1e6).toFixed(2)} million words per second; RHX keeps up with ${rhxCapacityWordsPerSecond / 1e6}`,
    );
}
