// Limits of the imitated rig: how much is in use, and tightening. Page's development only.
import type { RefusalCode } from '../../common/contract/refusals.ts';
import type { LimitUse, RigStatus } from '../../common/contract/rig-status.ts';
import type { SessionTightening } from '../../common/limits/session-tightening.ts';
import { fakeLimitsHash } from './fake-arming.ts';

interface Bounds {
  amplitudeMaxMicroamps: number;
  chargePerPhaseMaxNanocoulombs: number;
  rateMaxHz: number;
}

export class FakeLimits {
  readonly #bounds = new Map<number, Bounds>(
    [17, 46].map((electrode) => [
      electrode,
      { amplitudeMaxMicroamps: 20, chargePerPhaseMaxNanocoulombs: 3, rateMaxHz: 50 },
    ]),
  );
  #tightenings = 0;

  /** @returns the hash of the tighter limits; undefined when none of them is tighter. */
  tighten({ electrodes, electrode = {} }: SessionTightening): string | undefined {
    let isTighter = false;
    for (const [number, bounds] of this.#bounds) {
      if (electrodes !== undefined && !electrodes.includes(number)) continue;
      for (const key of Object.keys(bounds) as (keyof Bounds)[]) {
        const asked = electrode[key];
        if (asked === undefined || asked >= bounds[key]) continue;
        bounds[key] = asked;
        isTighter = true;
      }
    }
    if (!isTighter) return undefined;
    this.#tightenings++;
    return fakeLimitsHash.replace('9c1e42ab', `${this.#tightenings}c1e42ab`);
  }

  /** @param isNear a stimulus comes near to a limit. */
  fill({ interlock, counters }: RigStatus, isNear: boolean): void {
    const rate = interlock.state === 'stimulating' ? 12 : 0;
    const use = (code: RefusalCode, limit: string, value: number, bound: number, unit: string): LimitUse => ({
      limit,
      code,
      value,
      bound,
      unit,
    });
    interlock.limitUse = [
      use('total-rate', 'pulses per second, all electrodes', 2 * rate, 200, ''),
      use('session-dose', 'pulses of this session', counters.deliveries, 20_000, ''),
    ];
    for (const [electrode, bounds] of this.#bounds) {
      const charge = electrode === 17 ? 0.8 : isNear ? 2.6 : 1.23;
      const amplitude = electrode === 17 ? 4 : 6.15;
      const own = [
        use('amplitude', 'amplitude', amplitude, bounds.amplitudeMaxMicroamps, 'µA'),
        use('charge-per-phase', 'charge per phase', charge, bounds.chargePerPhaseMaxNanocoulombs, 'nC'),
        use('electrode-rate', 'pulse rate', rate, bounds.rateMaxHz, 'Hz'),
        use('on-time', 'on-time of the last 60 s', rate / 2, 50, '%'),
      ];
      interlock.limitUse.push(...own.map((each) => ({ ...each, electrode })));
    }
  }
}
