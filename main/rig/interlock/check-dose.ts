// One pulse against the limits over time and over all electrodes: rates, trains, dose, rise, concurrency, warming. Rig thread; pure and total, comparisons in accept form so that NaN refuses.
import { type Refusal, refuse } from '../../../common/contract/refusals.ts';
import type { ElectrodeInForce } from '../../../common/limits/limits-in-force.ts';
import { chargeFemtocoulombs, pulseMicroseconds } from './check-pulse.ts';
import type { ElectrodeHistory } from './electrode-history.ts';
import { pulsePicojoules, temperatureRiseMillikelvins } from './heating.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

const onTimeWindowNs = 60e9;

function checkElectrode(
  request: StimulusRequest,
  { limits }: ElectrodeInForce,
  history: ElectrodeHistory,
  nowNs: number,
): Refusal | undefined {
  const durationNs = pulseMicroseconds(request) * 1000;
  if (!(nowNs >= history.busyUntilNs)) return refuse('electrode-busy', (history.busyUntilNs - nowNs) / 1000, 0);
  const { windowNs, pulses } = history.rate;
  const recent = history.recentAt(nowNs);
  if (!(recent < pulses))
    return refuse('electrode-rate', ((recent + 1) * 1e9) / windowNs, limits.rateMaxMillihertz / 1000);
  const trainNs = history.trainNs(nowNs, durationNs);
  if (!(trainNs <= limits.trainMaxMilliseconds * 1e6))
    return refuse('train-length', trainNs / 1e9, limits.trainMaxMilliseconds / 1000);
  const onTimePermille = (history.onTimeNs(nowNs, durationNs) * 1000) / onTimeWindowNs;
  if (!(onTimePermille <= limits.onTimeMaxPermille))
    return refuse('on-time', onTimePermille / 10, limits.onTimeMaxPermille / 10);
  const dayPulses = history.dayPulsesAt(nowNs) + 1;
  if (!(dayPulses <= limits.pulsesPerDayMax)) return refuse('day-pulses', dayPulses, limits.pulsesPerDayMax);
  const dayCharge = history.dayChargeAt(nowNs) + chargeFemtocoulombs(request);
  if (!(dayCharge <= limits.chargePerDayMaxFemtocoulombs))
    return refuse('day-charge', dayCharge / 1e9, limits.chargePerDayMaxFemtocoulombs / 1e9);
  const reach = history.amplitudeReachNanoamps(nowNs, limits);
  if (!(request.amplitudeNanoamps <= reach))
    return refuse('amplitude-rise', request.amplitudeNanoamps / 1000, reach / 1000);
  return undefined;
}

function checkConcurrency(request: StimulusRequest, snapshot: Snapshot): Refusal | undefined {
  const { total } = snapshot.limits;
  const others = snapshot.dose.concurrencyAt(snapshot.nowNs, request.electrode);
  const electrodes = others.electrodes + 1;
  if (!(electrodes <= total.simultaneousElectrodesMax))
    return refuse('simultaneous-electrodes', electrodes, total.simultaneousElectrodesMax);
  const nanoamps = others.nanoamps + request.amplitudeNanoamps;
  if (!(nanoamps <= total.currentMaxNanoamps))
    return refuse('total-current', nanoamps / 1000, total.currentMaxNanoamps / 1000);
  const shared = others.sharedFemtocoulombs + chargeFemtocoulombs(request);
  const bound = others.sharedMaxFemtocoulombs;
  return shared <= bound ? undefined : refuse('neighbour-charge', shared / 1e6, bound / 1e6);
}

function checkTemperatureRise(request: StimulusRequest, snapshot: Snapshot): Refusal | undefined {
  const { dose, nowNs, limits, impedanceOhms } = snapshot;
  const picojoules = dose.picojoulesAt(nowNs) + pulsePicojoules(request, impedanceOhms(request.electrode));
  const rise = temperatureRiseMillikelvins(picojoules);
  const bound = limits.total.temperatureRiseMaxMillikelvins;
  return rise <= bound ? undefined : refuse('temperature-rise', rise, bound);
}

/** @returns the first limit over time that does not hold, or undefined when all hold. */
export function checkDose(request: StimulusRequest, own: ElectrodeInForce, snapshot: Snapshot): Refusal | undefined {
  const { dose, limits, nowNs } = snapshot;
  const history = dose.historyOf(request.electrode);
  if (history === undefined) return refuse('electrode-not-covered', request.electrode, 0);
  const refused = checkElectrode(request, own, history, nowNs) ?? checkConcurrency(request, snapshot);
  if (refused !== undefined) return refused;
  const all = dose.allAt(nowNs);
  if (!(all < dose.total.pulses))
    return refuse('total-rate', ((all + 1) * 1e9) / dose.total.windowNs, limits.total.rateMaxMillihertz / 1000);
  if (!(dose.sessionPulses < limits.total.pulsesPerSessionMax))
    return refuse('session-dose', dose.sessionPulses + 1, limits.total.pulsesPerSessionMax);
  const refusedRise = checkTemperatureRise(request, snapshot);
  if (refusedRise !== undefined) return refusedRise;
  return dose.isNextReserved ? undefined : refuse('dose-not-reserved');
}
