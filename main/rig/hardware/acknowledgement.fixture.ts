// Acknowledgements as a stimulator that works sends them.
import type { Acknowledgement } from './device.ts';

/** Of a cathodic-first pulse of 5 µA × 200 µs on electrode 3. */
export function deliveredAcknowledgement(change: Partial<Acknowledgement> = {}): Acknowledgement {
  return {
    sequence: 1,
    outcome: 'delivered',
    sampleIndex: 40,
    electrode: 3,
    amplitudeNanoamps: 5000,
    startMicroseconds: 1000,
    firstFemtocoulombs: -1_000_000,
    secondFemtocoulombs: 1_000_000,
    peakMillivolts: 250,
    isSaturated: false,
    residualMillivolts: 0,
    limitsHash: { high: 1, low: 2 },
    receivedNs: 2,
    ...change,
  };
}
