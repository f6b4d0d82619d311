// An experiment with everything it refers to, for tests; tests only.
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { experimentSchema } from '../../common/experiment/experiment.ts';
import { limitProfileSchema } from '../../common/experiment/limit-profile.ts';
import { networkModelSchema } from '../../common/experiment/network-model.ts';

/** A small closed loop on the virtual rig: 16 electrodes unless said otherwise, 20 kHz, 1 ms ticks. */
export function checkedExperimentFixture(channels = 16): CheckedExperiment {
  return {
    file: '/experiments/closed-loop/experiment.yaml',
    experiment: experimentSchema.parse({
      exocortex: 'experiment/1',
      name: 'closed-loop',
      title: 'Closed loop on 16 electrodes',
      description: 'Spikes drive a population; its readout stimulates electrode 5 with 12 µA.',
      seed: 1,
      deadlineMilliseconds: 4,
      source: { kind: 'virtual', channels, sampleRateHz: 20_000 },
      detection: {},
      network: 'network.yaml',
      stimuli: [
        { name: 'pulse', electrode: 5, amplitudeMicroamps: 12, phaseMicroseconds: 200, interphaseMicroseconds: 20 },
      ],
      limitProfile: 'limits.yaml',
      phases: [
        { name: 'baseline', seconds: 0.5, stimulation: false },
        { name: 'closed-loop', seconds: 10, stimulation: true },
      ],
      subject: {
        id: 'culture-7',
        species: 'Rattus norvegicus',
        age: 'P30D',
        sex: 'U',
        description: 'Dissociated cortex, day 30 in vitro',
      },
    }),
    ownRules: [],
    network: networkModelSchema.parse({
      exocortex: 'network-model/1',
      title: 'One population',
      populations: [{ name: 'cortex', neurons: 40, model: 'lif' }],
      projections: [
        {
          name: 'recurrent',
          from: 'cortex',
          to: 'cortex',
          connections: { kind: 'random', probability: 0.1 },
          weightMillivolts: 1,
          plasticity: { rule: 'pair-stdp' },
        },
      ],
      inputs: [{ to: 'cortex', neuronsPerElectrode: 2, weightMillivolts: 5 }],
      readouts: [
        {
          name: 'out',
          from: 'cortex',
          firstNeuron: 0,
          neurons: 10,
          windowMilliseconds: 10,
          spikesToRequest: 5,
          holdOffMilliseconds: 20,
          stimulus: 'pulse',
        },
      ],
    }),
    limits: limitProfileSchema.parse({
      exocortex: 'limit-profile/1',
      name: 'bench',
      title: 'Bench',
      preparation: 'bench',
      electrodeGroups: [
        {
          electrodes: [5],
          amplitudeMaxMicroamps: 20,
          phaseMinMicroseconds: 100,
          phaseMaxMicroseconds: 400,
          interphaseMaxMicroseconds: 50,
          chargePerPhaseMaxNanocoulombs: 5,
          rateMaxHz: 50,
        },
      ],
      total: { rateMaxHz: 100, pulsesPerSessionMax: 10_000 },
      timing: {
        dataAgeMaxMilliseconds: 5,
        lateTicksToTrip: 20,
        lateTicksWindow: 100,
        dataAgeToTripMilliseconds: 50,
        leaseMilliseconds: 100,
        beatMaxMilliseconds: 50,
        refusalsInTenSecondsToTrip: 20,
        gapToTripMilliseconds: 10,
      },
    }),
  };
}
