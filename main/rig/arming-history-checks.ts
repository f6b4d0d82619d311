// The checks before arming that compare with what is remembered of the device. Rig thread; pure.
import type { SelfTestReport } from '../../common/device-protocol/self-test-report.ts';
import type { Check } from './arming-context.ts';
import type { ConnectedRig } from './connected-rig.ts';
import { stimulusRequests } from './stimulus-requests.ts';

/** Of the impedance at the last self-test. */
const impedanceChangeMaxPermille = 500;

export const kiloohms = (ohms: number): string => `${(ohms / 1000).toFixed(1)} kΩ`;

/**
 * An electrode that has changed may be broken, dry or another one. The change refuses once: it becomes what the next
 * self-test compares with, so that arming again accepts it.
 */
export function checkImpedancesAsBefore(rig: ConnectedRig, { impedancesOhms }: SelfTestReport): Check {
  const before = rig.history.impedancesOhms;
  const electrodes = [...new Set(stimulusRequests(rig.checked).map(({ electrode }) => electrode))];
  const changed = electrodes.flatMap((electrode) => {
    const [was, is] = [before[electrode], impedancesOhms[electrode] ?? Number.NaN];
    if (was === undefined || Math.abs(is - was) * 1000 <= was * impedanceChangeMaxPermille) return [];
    return [`electrode ${electrode} had ${kiloohms(was)} and has ${kiloohms(is)}`];
  });
  return {
    check: 'impedances as at the last self-test',
    isPassed: changed.length === 0,
    detail:
      changed.length > 0
        ? `${changed.join('; ')}: look at the electrodes and their connectors; to accept this, arm again`
        : before.length === 0
          ? 'the first self-test of this device here'
          : `none has changed by more than ${impedanceChangeMaxPermille / 10} %`,
  };
}

/** An emergency stop that nobody has tried may be broken. */
export function checkEmergencyStopTried({ history, limits }: ConnectedRig): Check {
  const isNeeded = limits.inForce.profile !== 'bench';
  return {
    check: 'emergency stop of the stimulator',
    isPassed: !isNeeded || history.isEmergencyStopTried,
    detail: history.isEmergencyStopTried
      ? 'tried within the last 24 h'
      : isNeeded
        ? 'not tried today: press it, release it, acknowledge the trip, and arm again'
        : 'a bench needs no trial',
  };
}
