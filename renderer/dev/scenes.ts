// The situations in which the imitated core can begin. Page's development only.
import type { RigStatus } from '../../common/contract/rig-status.ts';

export const scenes = [
  'idle',
  'live',
  'stimulating',
  'tripped',
  'fault',
  'stalled',
  'closed',
  'lost',
  'silent',
  'unreachable',
  'failing-stop',
] as const;
export type Scene = (typeof scenes)[number];

/** Of the imitated population. */
export const neurons = 1000;

export function isScene(name: string): name is Scene {
  return scenes.some((scene) => scene === name);
}

const phases = [
  { name: 'baseline', seconds: 60, stimulation: false },
  { name: 'closed loop', seconds: 900, stimulation: true },
  { name: 'wash-out', seconds: 240, stimulation: false },
];

/** A rig with nothing connected. */
export function idleStatus(channels: number): RigStatus {
  return {
    hostNs: 0,
    session: { stage: 'idle', elapsedSeconds: 0, phases: [], phase: -1 },
    source: {
      description: '',
      kind: 'none',
      channels,
      sampleRateHz: 30_000,
      newestSampleAgeMilliseconds: 0,
      samplesLost: 0,
      gaps: 0,
      noiseMicrovolts: [],
      thresholdSigmas: 4.5,
    },
    interlock: {
      state: 'safe',
      isOutputOn: null,
      outputConfirmedAgoMilliseconds: 0,
      armedSession: '',
      furtherCauses: [],
      isAcknowledged: false,
      canReset: false,
      limitUse: [],
      profile: '',
    },
    counters: { requests: 0, permits: 0, refusals: {}, deliveries: 0, spikes: 0 },
    loop: { ticks: 0, lateTicks: 0, lateHandling: {}, recent: { p50: 0, p99: 0, max: 0 }, deadlineMilliseconds: 5 },
    simulation: {
      backend: '',
      neurons: 0,
      synapses: 0,
      populations: [],
      isAlive: true,
      meanPlasticWeightMillivolts: 0,
    },
    kernels: { kernel: 'typescript', reason: 'there is no C++ compiler on this machine' },
    recorder: { isRecording: false, writtenBytes: 0, fillFraction: 0.03 },
    frames: { sent: 0, dropped: 0 },
  };
}

/** What connecting changes. */
export function connect(status: RigStatus, file: string, name: string, title: string): void {
  status.session = { ...status.session, stage: 'live', experiment: { file, name, title }, phases };
  status.source.kind = 'virtual';
  status.source.description = 'virtual rig, 64 electrodes, seed 42';
  status.source.noiseMicrovolts = Array.from({ length: status.source.channels }, () => 5.2);
  status.simulation = {
    backend: 'TypeScript reference',
    neurons,
    synapses: 100_000,
    isAlive: true,
    meanPlasticWeightMillivolts: 0.4,
    populations: [
      { name: 'excitatory', firstNeuron: 0, neurons: 800 },
      { name: 'inhibitory', firstNeuron: 800, neurons: 200 },
    ],
  };
  status.interlock.isOutputOn = false;
  status.interlock.profile = 'in-vitro-utah, 9c1e42';
  status.recorder.freeSeconds = 11_400;
}

/** A status of a stage and a state, for tests. */
export function rigStatus(stage: RigStatus['session']['stage'], state: RigStatus['interlock']['state']): RigStatus {
  const status = idleStatus(4);
  if (stage !== 'idle') connect(status, '/experiments/one/experiment.yaml', 'one', 'One');
  status.session.stage = stage;
  status.interlock.state = state;
  return status;
}

/** Brings a connected status into a scene. */
export function setScene(status: RigStatus, scene: Scene): void {
  if (scene === 'idle' || scene === 'unreachable' || scene === 'live') return;
  status.session = { ...status.session, stage: 'recording', elapsedSeconds: 761, phase: 1 };
  status.counters = {
    requests: 1208,
    permits: 1187,
    refusals: { 'electrode-rate': 19, late: 2 },
    deliveries: 1187,
    spikes: 40_211,
  };
  status.loop.ticks = 761_004;
  status.recorder.isRecording = true;
  Object.assign(status.interlock, { state: 'stimulating', isOutputOn: true, armedSession: '7f3a' });
  if (scene === 'closed') status.source.closedReason = 'the virtual rig was unplugged';
  if (scene === 'tripped' || scene === 'fault') {
    Object.assign(status.interlock, {
      state: scene,
      isOutputOn: scene === 'tripped' ? false : null,
      armedSession: '',
      firstCause: {
        code: 'late-tick',
        message: 'data were 11.8 ms old when the decision was taken',
        value: 11.8,
        bound: 10,
        unit: 'ms',
        electrode: 17,
        atSeconds: 761.207,
      },
      furtherCauses: [{ code: 'samples-lost', message: '300 samples were lost' }],
      resetBlockedBy: 'the cause has not been acknowledged',
    });
  }
}
