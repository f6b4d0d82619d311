// Which channels a SpikeGLX file holds, in its order, and what one bit of each is; analysis process.
// Scales by the program's own description of its metadata (Metadata_30.md): volts = i × Vmax / Imax / gain.
import { badFile } from '../bad-file.ts';
import { channelsMax } from '../source-limits.ts';
import type { MetaFile } from './meta-file.ts';

const microvoltsPerVolt = 1e6;

/** Kinds of channels of each device in the order of its files; the last ones are words of bits. */
const devices = {
  imec: { kinds: ['AP', 'LF', 'SY'], saved: 'snsApLfSy', acquired: 'acqApLfSy', rate: 'imSampRate' },
  nidq: { kinds: ['MN', 'MA', 'XA', 'XD'], saved: 'snsMnMaXaDw', acquired: 'acqMnMaXaDw', rate: 'niSampRate' },
  obx: { kinds: ['XA', 'XD', 'SY'], saved: 'snsXaDwSy', acquired: 'acqXaDwSy', rate: 'obSampRate' },
} as const;
type Device = keyof typeof devices;

/** Probes (imDatPrb_type) whose gains are set channel by channel, in the probe's table. */
const tableGainProbes = new Set([0, 1020, 1030, 1100, 1120, 1121, 1122, 1123, 1300]);
/** Probes of the second kind, whose gain is fixed. */
const fixedGainProbes = new Set([21, 24]);
const fixedGain = 80;
const tableGainMaxInt = 512;
const fixedGainMaxInt = 8192;
const niMaxInt = 32_768;

export interface SavedChannel {
  name: string;
  /** Undefined for words of bits. */
  microvoltsPerBit: number | undefined;
}

export interface SavedChannels {
  sampleRateHz: number;
  channels: SavedChannel[];
}

/** @throws AnalysisFailure for keys that are missing or do not fit each other. */
export function savedChannels(meta: MetaFile): SavedChannels {
  const type = meta.optional('typeThis');
  if (type === undefined || !Object.hasOwn(devices, type))
    throw badFile(meta.path, 'key typeThis', `imec, nidq or obx belongs here, not ${JSON.stringify(type ?? '')}`);
  const device = type as Device;
  const { kinds, saved, acquired, rate } = devices[device];
  const counts = meta.counts(saved, kinds.length);
  const total = meta.positive('nSavedChans');
  const sum = counts.reduce((all, count) => all + count, 0);
  if (total !== sum || total > channelsMax)
    throw badFile(
      meta.path,
      'key nSavedChans',
      `${total} channels are announced, and ${saved} adds up to ${sum} of at most ${channelsMax}`,
    );
  const places = placesOf(
    meta,
    meta.optional(acquired) === undefined ? counts : meta.counts(acquired, kinds.length),
    counts,
  );
  const channels = places.map(({ kind, index }) => {
    const word = kinds[kind] ?? '';
    const isBits = word === 'SY' || word === 'XD';
    return { name: `${word}${index}`, microvoltsPerBit: isBits ? undefined : scaleOf(meta, device, word, index) };
  });
  return { sampleRateHz: meta.positive(rate), channels };
}

/** Of each saved channel its kind, and its number among the acquired channels of that kind. */
function placesOf(
  meta: MetaFile,
  acquired: readonly number[],
  saved: readonly number[],
): { kind: number; index: number }[] {
  const inOrder = saved.flatMap((count, kind) => Array.from({ length: count }, (_, index) => ({ kind, index })));
  const subset = meta.optional('snsSaveChanSubset') ?? 'all';
  const named = subset === 'all' ? [] : expand(subset, channelsMax * 2);
  const places = named.map((id) => {
    let index = id;
    const kind = acquired.findIndex((count) => {
      if (index < count) return true;
      index -= count;
      return false;
    });
    return { kind, index };
  });
  const doFit = saved.every((count, kind) => places.filter((place) => place.kind === kind).length === count);
  return doFit && places.length === inOrder.length ? places : inOrder;
}

/** "0:3,768" as numbers; empty for anything else. */
function expand(text: string, most: number): number[] {
  const numbers: number[] = [];
  for (const part of text.split(',')) {
    const [, from, to = from] = /^(\d{1,6})(?::(\d{1,6}))?$/.exec(part.trim()) ?? [];
    if (from === undefined || Number(to) - Number(from) + numbers.length > most) return [];
    for (let number = Number(from); number <= Number(to); number++) numbers.push(number);
  }
  return numbers;
}

function scaleOf(meta: MetaFile, device: Device, kind: string, index: number): number {
  if (device === 'imec') return imecScale(meta, kind, index);
  if (device === 'obx') return (meta.positive('obAiRangeMax') / meta.positive('obMaxInt')) * microvoltsPerVolt;
  const maxInt = meta.optional('niMaxInt') === undefined ? niMaxInt : meta.positive('niMaxInt');
  const gain = kind === 'MN' ? meta.positive('niMNGain') : kind === 'MA' ? meta.positive('niMAGain') : 1;
  return (meta.positive('niAiRangeMax') / maxInt / gain) * microvoltsPerVolt;
}

function imecScale(meta: MetaFile, kind: string, index: number): number {
  const probe = Number(meta.optional('imDatPrb_type') ?? '0');
  const hasTable = tableGainProbes.has(probe);
  const maxInt =
    meta.optional('imMaxInt') !== undefined ? meta.positive('imMaxInt') : hasTable ? tableGainMaxInt : fixedGainMaxInt;
  const gain = hasTable ? tableGain(meta, kind, index) : commonGain(meta, kind, probe);
  return (meta.positive('imAiRangeMax') / maxInt / gain) * microvoltsPerVolt;
}

/** Entries of the probe's table: channel, bank, reference, AP gain, LF gain, … */
function tableGain(meta: MetaFile, kind: string, index: number): number {
  const entry = meta
    .list('~imroTbl')
    .map((each) => each.trim().split(/\s+/))
    .find((fields) => fields.length >= 5 && fields[0] === String(index));
  const gain = Number(entry?.[kind === 'AP' ? 3 : 4]);
  if (gain > 0) return gain;
  throw badFile(meta.path, 'key ~imroTbl', `has no gain of channel ${kind}${index}`);
}

function commonGain(meta: MetaFile, kind: string, probe: number): number {
  const key = kind === 'AP' ? 'imChan0apGain' : 'imChan0lfGain';
  if (meta.optional(key) === undefined && fixedGainProbes.has(probe) && kind === 'AP') return fixedGain;
  return meta.positive(key);
}
