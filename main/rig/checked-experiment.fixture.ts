// A checked experiment on eight electrodes of which two may be stimulated, for tests of whatever holds one.
import type { CheckedExperiment, CheckedSite } from '../../common/experiment/checked-experiment.ts';
import { experimentSchema, type Stimulus } from '../../common/experiment/experiment.ts';
import { limitProfileSchema } from '../../common/experiment/limit-profile.ts';
import { networkModelSchema } from '../../common/experiment/network-model.ts';
import type { ProfileName } from '../../common/limits/profile-name.ts';
import { siteLimitsSchema } from '../../common/limits/site-file.ts';

export interface ExperimentChange {
  preparation?: ProfileName;
  stimuli?: Partial<Stimulus>[];
}

const electrodes = [3, 7];
const geometry = { areaSquareMicrometres: 2000, material: 'dummy-load' } as const;

/** A site's file that gives these electrodes platinum-black, and takes what is compiled for everything else. */
function siteFor(profile: ProfileName): CheckedSite {
  return {
    file: '/experiments/bench/site.json',
    sha256: 'f'.repeat(64),
    signers: ['PI'],
    limits: siteLimitsSchema.parse({
      exocortex: 'site-limits/1',
      name: 'site',
      profile,
      probeSerial: 'probe-1',
      version: 1,
      author: 'PI',
      reason: 'A test',
      notAfter: '2030-01-01',
      electrodeGroups: [{ electrodes, areaSquareMicrometres: 2000, material: 'platinum' }],
    }),
  };
}

/** One stimulus of 5 µA × 200 µs on electrode 3, limits of 10 µA and 2 nC; tissue comes with a signed site file. */
export function checkedExperiment({ preparation = 'bench', stimuli = [{}] }: ExperimentChange = {}): CheckedExperiment {
  const stimulus = { electrode: 3, amplitudeMicroamps: 5, phaseMicroseconds: 200, interphaseMicroseconds: 50 };
  return {
    file: '/experiments/bench/experiment.yaml',
    experiment: experimentSchema.parse({
      exocortex: 'experiment/1',
      name: 'bench',
      title: 'Bench',
      description: 'One stimulus on a dummy load.',
      seed: 1,
      deadlineMilliseconds: 5,
      source: { kind: 'virtual', channels: 8, sampleRateHz: 20_000 },
      detection: {},
      network: 'network.yaml',
      stimuli: stimuli.map((change, index) => ({ name: `stimulus-${index}`, ...stimulus, ...change })),
      limitProfile: 'limits.yaml',
      phases: [{ name: 'all', seconds: 60, stimulation: true }],
    }),
    ownRules: [],
    network: networkModelSchema.parse({
      exocortex: 'network-model/1',
      title: 'One neuron',
      populations: [{ name: 'one', model: 'lif', neurons: 1 }],
      projections: [],
      inputs: [{ to: 'one', neuronsPerElectrode: 1, weightMillivolts: 1 }],
      readouts: [],
    }),
    limits: limitProfileSchema.parse({
      exocortex: 'limit-profile/1',
      name: 'bench',
      title: 'Limits of the bench',
      preparation,
      electrodeGroups: [
        {
          electrodes,
          ...(preparation === 'bench' ? geometry : {}),
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
        dataAgeToTripMilliseconds: 10,
        leaseMilliseconds: 100,
        beatMaxMilliseconds: 50,
        refusalsInTenSecondsToTrip: 10,
        gapToTripMilliseconds: 10,
      },
    }),
    ...(preparation === 'bench' ? {} : { site: siteFor(preparation) }),
  };
}
