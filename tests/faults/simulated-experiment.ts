// The experiment of the simulations: four electrodes at 1 kHz, ticks of 2 ms, two stimuli, strict limits.
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { experimentSchema } from '../../common/experiment/experiment.ts';
import { limitProfileSchema } from '../../common/experiment/limit-profile.ts';
import { networkModelSchema } from '../../common/experiment/network-model.ts';
import { type Microseconds, microseconds, type Nanoamps } from '../../common/units/units.ts';
import type { StimulusRequest } from '../../common/simulation-protocol/result.ts';

export const tickMilliseconds = 2;
export const leaseMilliseconds = 100;
export const electrodes = [0, 1, 2];
export const amplitudeMaxNanoamps = 10_000;

const stimulus = { amplitudeMicroamps: 5, phaseMicroseconds: 200 };

export const simulatedExperiment: CheckedExperiment = {
  file: '/simulated/experiment.yaml',
  experiment: experimentSchema.parse({
    exocortex: 'experiment/1',
    name: 'simulated',
    title: 'Simulated',
    description: 'Faults in virtual time',
    seed: 1,
    tickMilliseconds,
    deadlineMilliseconds: 5,
    source: { kind: 'virtual', channels: 4, sampleRateHz: 1000, unitsPerElectrode: 0 },
    detection: { lowCutoffHz: 50, highCutoffHz: 400 },
    network: 'network.yaml',
    stimuli: [
      { name: 'left', electrode: 0, ...stimulus },
      { name: 'right', electrode: 2, ...stimulus },
    ],
    limitProfile: 'limits.yaml',
    phases: [{ name: 'all', seconds: 3600, stimulation: true }],
  }),
  ownRules: [],
  network: networkModelSchema.parse({
    exocortex: 'network-model/1',
    title: 'Simulated',
    stepMilliseconds: 1,
    populations: [{ name: 'one', model: 'lif', neurons: 1 }],
    projections: [],
    inputs: [{ to: 'one', neuronsPerElectrode: 1, weightMillivolts: 1 }],
    readouts: [],
  }),
  limits: limitProfileSchema.parse({
    exocortex: 'limit-profile/1',
    name: 'simulated',
    title: 'Simulated',
    preparation: 'bench',
    electrodeGroups: [
      {
        electrodes,
        areaSquareMicrometres: 2000,
        material: 'dummy-load',
        amplitudeMaxMicroamps: amplitudeMaxNanoamps / 1000,
        phaseMinMicroseconds: 20,
        phaseMaxMicroseconds: 500,
        interphaseMaxMicroseconds: 100,
        chargePerPhaseMaxNanocoulombs: 2,
        rateMaxHz: 100,
      },
    ],
    total: { rateMaxHz: 300, pulsesPerSessionMax: 100_000 },
    timing: {
      dataAgeMaxMilliseconds: 10,
      deadlineMaxMilliseconds: 5,
      lateTicksToTrip: 10,
      lateTicksWindow: 100,
      dataAgeToTripMilliseconds: 30,
      leaseMilliseconds,
      beatMaxMilliseconds: 50,
      refusalsInTenSecondsToTrip: 10,
      gapToTripMilliseconds: 10,
      clockStepMaxMilliseconds: 5,
      pageSilentMaxSeconds: 5,
      presenceMaxMinutes: 15,
      recorderBacklogMaxMilliseconds: 250,
      diskMinMinutes: 2,
    },
  }),
};

/** What a readout asks for; a learning rule that runs away asks for any number. */
export function wantedPulse(electrode: number, amplitudeNanoamps = 5000, phaseMicroseconds = 200): StimulusRequest {
  return {
    readout: 0,
    electrode,
    amplitudeNanoamps: amplitudeNanoamps as Nanoamps,
    phaseMicroseconds: phaseMicroseconds as Microseconds,
    interphaseMicroseconds: microseconds(0),
    leadingPhase: 'cathodic',
  };
}
