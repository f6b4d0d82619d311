// How much of each limit is in use now, for the operator's eye. Rig thread; pure.
import type { LimitUse } from '../../../common/contract/rig-status.ts';
import type { RefusalCode } from '../../../common/contract/refusals.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import { chargeBoundFemtocoulombs, chargeFemtocoulombs } from './check-pulse.ts';
import type { Dose } from './dose.ts';
import { temperatureRiseMillikelvins } from './heating.ts';
import type { StimulusRequest } from './stimulus-request.ts';

const onTimeWindowNs = 60e9;

function electrodeUse(limits: LimitsInForce, dose: Dose, nowNs: number, request: StimulusRequest): LimitUse[] {
  const { electrode } = request;
  const own = limits.electrodes.get(electrode);
  const history = dose.historyOf(electrode);
  if (own === undefined || history === undefined) return [];
  const use = (code: RefusalCode, limit: string, value: number, bound: number, unit: string): LimitUse => ({
    limit,
    code,
    value,
    bound,
    unit,
    electrode,
  });
  const charge = chargeFemtocoulombs(request) / 1e6;
  const rate = (history.recentAt(nowNs) * 1e9) / history.rate.windowNs;
  const onTimePercent = (history.onTimeNs(nowNs, 0) * 100) / onTimeWindowNs;
  const { limits: most } = own;
  return [
    use('amplitude', 'amplitude', request.amplitudeNanoamps / 1000, most.amplitudeMaxNanoamps / 1000, 'µA'),
    use('charge-per-phase', 'charge per phase', charge, chargeBoundFemtocoulombs(own) / 1e6, 'nC'),
    use('electrode-rate', 'pulse rate', rate, most.rateMaxMillihertz / 1000, 'Hz'),
    use('on-time', 'on-time of the last 60 s', onTimePercent, most.onTimeMaxPermille / 10, '%'),
    use('day-pulses', 'pulses in 24 h', history.dayPulsesAt(nowNs), most.pulsesPerDayMax, ''),
    use(
      'day-charge',
      'charge in 24 h',
      history.dayChargeAt(nowNs) / 1e9,
      most.chargePerDayMaxFemtocoulombs / 1e9,
      'µC',
    ),
  ];
}

/** A limit that allows nothing comes first. */
const usedFraction = ({ value, bound }: LimitUse) => (bound > 0 ? value / bound : Number.MAX_VALUE);

/** @param requests the stimuli that are in use, one for each electrode. @returns uses, the highest first. */
export function limitUse(
  limits: LimitsInForce,
  dose: Dose,
  nowNs: number,
  requests: readonly StimulusRequest[],
): LimitUse[] {
  const uses: LimitUse[] = [
    {
      limit: 'pulses per second, all electrodes',
      code: 'total-rate',
      value: dose.allAt(nowNs),
      bound: dose.total.pulses,
      unit: '',
    },
    {
      limit: 'pulses of this session',
      code: 'session-dose',
      value: dose.sessionPulses,
      bound: limits.total.pulsesPerSessionMax,
      unit: '',
    },
    {
      limit: 'predicted temperature rise',
      code: 'temperature-rise',
      value: temperatureRiseMillikelvins(dose.picojoulesAt(nowNs)),
      bound: limits.total.temperatureRiseMaxMillikelvins,
      unit: 'mK',
    },
    ...requests.flatMap((request) => electrodeUse(limits, dose, nowNs, request)),
  ];
  return uses.sort((a, b) => usedFraction(b) - usedFraction(a));
}
