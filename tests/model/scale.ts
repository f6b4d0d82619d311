// The times of the real system in ticks of the model: one tick is the period of lease renewals, 20 ms; for the model check.
import type { InterlockTiming } from '../../main/rig/interlock/interlock-record.ts';
import type { WatchdogTiming } from '../../main/rig/supervision/watchdog-round.ts';

/** Ticks from an ENABLE or a renewal to its absolute expiry: 100 ms are scaled from 5 ticks to 3. */
export const leaseTicks = 3;

/**
 * What the reducer is given as ns are ticks here: it uses differences of times only. The order of the real bounds is kept: a stop is
 * given up later than a lease lapses, and a trip is quiet for at least a lease before a reset.
 */
export const interlockTicks: InterlockTiming = {
  confirmWithinNs: 2,
  stopConfirmWithinNs: 4,
  quietNs: 3,
  armedIdleNs: 3,
  holdMilliseconds: 1000,
};

/** 20, 50, 20 and 50 ms. */
export const watchdogTicks: WatchdogTiming = { renewEveryNs: 1, beatMaxNs: 2, repeatStopNs: 1, wrongStateMaxNs: 2 };

/**
 * Work of the rig thread counts as fresh for so long: the watchdog sees it up to one round after it was done and judges from then on.
 */
export const freshTicks = watchdogTicks.beatMaxNs + 1;

/** Silence of the device after which a pulse is refused, and after which the rig trips. */
export const heardForPulseTicks = 2;
export const silentMaxTicks = 4;
