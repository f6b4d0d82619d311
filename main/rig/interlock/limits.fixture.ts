// Limits and requests for the interlock's tests.
import type { LimitProfile } from '../../../common/experiment/limit-profile.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** Two electrodes, 10 µA, 20 to 500 µs, 2 nC, 20 Hz; 30 Hz in all. */
export const testProfile: LimitProfile = {
  exocortex: 'limit-profile/1',
  name: 'test',
  title: 'Test',
  preparation: 'bench',
  electrodeGroups: [
    {
      electrodes: [3, 7],
      amplitudeMaxMicroamps: 10,
      phaseMinMicroseconds: 20,
      phaseMaxMicroseconds: 500,
      interphaseMaxMicroseconds: 100,
      chargePerPhaseMaxNanocoulombs: 2,
      rateMaxHz: 20,
    },
  ],
  total: { rateMaxHz: 30, pulsesPerSessionMax: 1000 },
  timing: {
    dataAgeMaxMilliseconds: 10,
    lateTicksToTrip: 3,
    lateTicksWindow: 100,
    dataAgeToTripMilliseconds: 20,
    leaseMilliseconds: 100,
    beatMaxMilliseconds: 50,
    refusalsInTenSecondsToTrip: 10,
    gapToTripMilliseconds: 10,
  },
};

/** A request well inside every limit. */
export const insideRequest: StimulusRequest = {
  request: 1,
  tick: 1,
  origin: 'simulation',
  electrode: 3,
  amplitudeNanoamps: 5000,
  phaseMicroseconds: 200,
  interphaseMicroseconds: 50,
  leadingPhase: 'cathodic',
  readout: 0,
};
