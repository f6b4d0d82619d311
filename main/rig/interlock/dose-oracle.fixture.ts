// Decides on dose again by other means, for the properties of the decision: a list of every pulse ever permitted, in whole numbers of any size.
import type { RefusalCode } from '../../../common/contract/refusals.ts';
import type { ElectrodeInForce } from '../../../common/limits/limits-in-force.ts';
import { exactly, isWithinAllRules, type Leeway } from './pulse-oracle.fixture.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** A pulse that was permitted. */
export interface PastPulse {
  readonly electrode: number;
  readonly startNs: number;
  readonly endNs: number;
  readonly nanoamps: number;
  readonly femtocoulombs: number;
  /** Of its electrode, as it was known then. */
  readonly ohms: number;
}

/** All that happened before a decision; times in whole ns. */
export interface Past {
  /** In this session, oldest first. */
  readonly pulses: readonly PastPulse[];
  /** In earlier sessions. */
  readonly earlier: readonly { electrode: number; atNs: number; pulses: number; femtocoulombs: number }[];
  /** When the rig was armed last, and how many pulses there were before. */
  readonly releasedNs: number;
  readonly pulsesBeforeRelease: number;
  /** Pulses of each electrode that are set aside. */
  readonly reserved: number;
}

const trainGapNs = 100_000_000n;
const dayNs = 86_400_000_000_000n;
const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

export const pulseOf = (request: StimulusRequest, nowNs: number, ohms: number): PastPulse => ({
  electrode: request.electrode,
  startNs: nowNs,
  endNs: nowNs + 1000 * (request.phaseMicroseconds + request.interphaseMicroseconds + request.phaseMicroseconds),
  nanoamps: request.amplitudeNanoamps,
  femtocoulombs: request.amplitudeNanoamps * request.phaseMicroseconds,
  ohms,
});

/** Whether one more than `count` is more than a rate allows, `count` given the start of a window. */
function isAboveRate(millihertz: number, nowNs: bigint, starts: readonly bigint[]): boolean {
  if (millihertz <= 0) return true;
  // Below 1 Hz: one pulse in as long as the rate says, 10^12 ÷ mHz ns.
  if (millihertz < 1000) return starts.some((start) => (nowNs - start) * BigInt(millihertz) < 1_000_000_000_000n);
  const inSecond = starts.filter((start) => nowNs - start < 1_000_000_000n).length;
  return (inSecond + 1) * 1000 > millihertz - (millihertz % 1000);
}

/** Time within trains in (fromNs, toNs], ns. */
function onTime(pulses: readonly PastPulse[], fromNs: bigint, toNs: bigint): bigint {
  const within = (beginNs: bigint, endNs: bigint) => {
    const length = (endNs < toNs ? endNs : toNs) - (beginNs > fromNs ? beginNs : fromNs);
    return length > 0n ? length : 0n;
  };
  return sum(
    pulses.map(({ startNs, endNs }, index) => {
      const before = pulses[index - 1];
      const isInTrain = before !== undefined && BigInt(startNs) - BigInt(before.endNs) < trainGapNs;
      return within(BigInt(isInTrain ? before.endNs : startNs), BigInt(endNs));
    }),
  );
}

function brokenByElectrode(asked: PastPulse, own: ElectrodeInForce, past: Past, leeway: Leeway): RefusalCode[] {
  const { limits } = own;
  const [now, end] = [BigInt(asked.startNs), BigInt(asked.endNs)];
  const mine = past.pulses.filter(({ electrode }) => electrode === asked.electrode);
  const all = [...mine, asked];
  let first = all.length - 1;
  while (first > 0 && BigInt(all[first]!.startNs) - BigInt(all[first - 1]!.endNs) < trainGapNs) first--;
  const windowNs = leeway === 'none' ? 60_000_000_000n : 62_000_000_000n;
  const fromNs = now - dayNs - (leeway === 'none' ? 0n : 600_000_000_000n);
  const today = [
    ...past.earlier.filter(({ electrode, atNs }) => electrode === asked.electrode && BigInt(atNs) > fromNs),
    ...all.filter(({ startNs }) => BigInt(startNs) > fromNs).map((pulse) => ({ ...pulse, pulses: 1 })),
  ];
  const last = past.pulses.slice(past.pulsesBeforeRelease).findLast(({ electrode }) => electrode === asked.electrode);
  const risenNs = BigInt(limits.amplitudeSlewMaxPermillePerSecond) * (now - BigInt(last?.startNs ?? past.releasedNs));
  const stepNs = BigInt(limits.amplitudeStepMaxPermille) * 1_000_000_000n;
  const rise = BigInt(asked.nanoamps) - BigInt(last?.nanoamps ?? 0);
  const broken: Partial<Record<RefusalCode, boolean>> = {
    'electrode-busy': mine.some((pulse) => asked.startNs < pulse.endNs),
    'electrode-rate': isAboveRate(
      limits.rateMaxMillihertz,
      now,
      mine.map(({ startNs }) => BigInt(startNs)),
    ),
    'train-length': end - BigInt(all[first]!.startNs) > BigInt(limits.trainMaxMilliseconds) * 1_000_000n,
    // The time of a pulse is counted whole at its beginning.
    'on-time':
      onTime(all, (leeway === 'none' ? end : now) - windowNs, end) > BigInt(limits.onTimeMaxPermille) * 60_000_000n,
    'day-pulses': sum(today.map(({ pulses }) => BigInt(pulses))) > BigInt(limits.pulsesPerDayMax),
    'day-charge':
      sum(today.map(({ femtocoulombs }) => BigInt(femtocoulombs))) > BigInt(limits.chargePerDayMaxFemtocoulombs),
    'amplitude-rise':
      rise * 1_000_000_000_000n > BigInt(limits.amplitudeMaxNanoamps) * (risenNs < stepNs ? risenNs : stepNs),
  };
  return (Object.keys(broken) as RefusalCode[]).filter((code) => broken[code]);
}

function areNeighbours(a: number, b: number, pitchMicrometres: number | undefined, columns: number): boolean {
  if (pitchMicrometres === undefined) return true;
  const across = BigInt((a % columns) - (b % columns)) * BigInt(pitchMicrometres);
  const down = BigInt((a - (a % columns)) / columns - (b - (b % columns)) / columns) * BigInt(pitchMicrometres);
  return across ** 2n + down ** 2n <= 160_000n;
}

/** Whether the charge within 400 µm and 1 ms of any electrode that took part would be more than that electrode's own. */
function isShareBroken(asked: PastPulse, { limits }: Pick<Snapshot, 'limits'>, past: Past, leeway: Leeway): boolean {
  const near = (a: PastPulse, b: PastPulse) =>
    a.electrode !== b.electrode && areNeighbours(a.electrode, b.electrode, limits.pitchMicrometres, limits.gridColumns);
  const recent = [...past.pulses.filter(({ startNs }) => asked.startNs - startNs < 1_000_000), asked];
  return recent
    .filter((centre) => centre === asked || near(centre, asked))
    .some((centre) => {
      const around = recent.filter((pulse) => pulse === centre || near(pulse, centre));
      const own = limits.electrodes.get(centre.electrode);
      const charge = sum(around.map(({ femtocoulombs }) => BigInt(femtocoulombs)));
      return around.length > 1 && (own === undefined || !isWithinAllRules(own, charge, leeway));
    });
}

/** 2π·10¹⁹: the yJ that in 10 s make 1 mK at 1 mm, where κ is 0.5 W/(m·K). */
const yoctojoulesPerMillikelvin = 62_831_853_071_795_864_769n;

/** Energy of both phases in yJ × 2^1074: nA² × µs × Ω, with what rounding up to whole Ω, mV and pJ may add. */
function energyOf({ nanoamps, femtocoulombs, ohms }: PastPulse, leeway: Leeway): bigint {
  // An impedance that is not known is refused for its voltage; the code may as well do so for its energy.
  if (!Number.isFinite(ohms) && leeway === 'none') return 0n;
  const one = exactly(1);
  const nanovolts =
    leeway === 'none' ? BigInt(nanoamps) * exactly(ohms) : BigInt(nanoamps) * (exactly(ohms) + one) + 1_000_000n * one;
  return 2n * BigInt(femtocoulombs) * nanovolts + (leeway === 'none' ? 0n : 1_000_000_000_000n * one);
}

/** Whether the mean power of the last 10 s would warm more than the limit allows. */
function isTooWarm(asked: PastPulse, { limits }: Pick<Snapshot, 'limits'>, past: Past, leeway: Leeway): boolean {
  const windowNs = leeway === 'none' ? 10_000_000_000 : 10_100_000_000;
  const recent = [...past.pulses.filter(({ startNs }) => asked.startNs - startNs < windowNs), asked];
  const most = BigInt(limits.total.temperatureRiseMaxMillikelvins) * yoctojoulesPerMillikelvin * exactly(1);
  return sum(recent.map((pulse) => energyOf(pulse, leeway))) > most;
}

function brokenByAll(asked: PastPulse, snapshot: Pick<Snapshot, 'limits'>, past: Past, leeway: Leeway): RefusalCode[] {
  const { total } = snapshot.limits;
  const now = BigInt(asked.startNs);
  const atOnce = past.pulses.filter(({ electrode, endNs }) => electrode !== asked.electrode && endNs > asked.startNs);
  const given = new Map<number, number>();
  for (const { electrode } of past.pulses) given.set(electrode, (given.get(electrode) ?? 0) + 1);
  const broken: Partial<Record<RefusalCode, boolean>> = {
    'simultaneous-electrodes':
      new Set(atOnce.map(({ electrode }) => electrode)).size + 1 > total.simultaneousElectrodesMax,
    'total-current': sum([...atOnce, asked].map(({ nanoamps }) => BigInt(nanoamps))) > BigInt(total.currentMaxNanoamps),
    'neighbour-charge': isShareBroken(asked, snapshot, past, leeway),
    'total-rate': isAboveRate(
      total.rateMaxMillihertz,
      now,
      past.pulses.map(({ startNs }) => BigInt(startNs)),
    ),
    'session-dose': past.pulses.length + 1 > total.pulsesPerSessionMax,
    'temperature-rise': isTooWarm(asked, snapshot, past, leeway),
    'dose-not-reserved': Math.max(0, ...given.values()) >= past.reserved,
  };
  return (Object.keys(broken) as RefusalCode[]).filter((code) => broken[code]);
}

/** Limits that a well-formed request of an allowed electrode breaks by what was given before. */
export function brokenByDose(
  request: StimulusRequest,
  snapshot: Pick<Snapshot, 'limits' | 'nowNs' | 'impedanceOhms'>,
  past: Past,
  leeway: Leeway,
): RefusalCode[] {
  const asked = pulseOf(request, snapshot.nowNs, snapshot.impedanceOhms(request.electrode));
  const own = snapshot.limits.electrodes.get(request.electrode)!;
  return [...brokenByElectrode(asked, own, past, leeway), ...brokenByAll(asked, snapshot, past, leeway)];
}
