// The situations in which the imitated core can begin. Page's development only.
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { fakeLimitsHash } from './fake-arming.ts';
import { fakeHealth } from './fake-checks.ts';

export const scenes = [
  'idle',
  'unclean-exit',
  'live',
  'live-macro',
  'armed',
  'stimulating',
  'presence-due',
  'must-hold',
  'near-limit',
  'emergency-stop',
  'tripped',
  'device-silent',
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
export const populations = [
  { name: 'excitatory', firstNeuron: 0, neurons: 800 },
  { name: 'inhibitory', firstNeuron: 800, neurons: 200 },
];

export function isScene(name: string): name is Scene {
  return scenes.some((scene) => scene === name);
}

/** Whether an experiment is connected when the scene begins. */
export function isConnectedScene(scene: Scene): boolean {
  return scene !== 'idle' && scene !== 'unclean-exit' && scene !== 'unreachable';
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
      hasStimulator: false,
      isOutputOn: null,
      outputConfirmedAgoMilliseconds: 0,
      outputMicroamps: null,
      isEmergencyStopPressed: null,
      stopInputs: 'none',
      armedSession: '',
      furtherCauses: [],
      isAcknowledged: false,
      canReset: false,
      limitUse: [],
      profile: '',
      limitsHash: '',
      presence: { dueSeconds: 0, mustHold: false, isDeadMan: false, isHeld: false },
    },
    counters: { requests: 0, permits: 0, refusals: {}, deliveries: 0, spikes: 0 },
    loop: { ticks: 0, lateTicks: 0, lateHandling: {}, recent: { p50: 0, p99: 0, max: 0 }, deadlineMilliseconds: 5 },
    simulation: {
      backend: '',
      backendReason: '',
      neurons: 0,
      synapses: 0,
      populations: [],
      isAlive: true,
      isPaused: false,
      drives: [],
      meanPlasticWeightMillivolts: 0,
    },
    triggerInputs: 'none',
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
    backend: 'typescript',
    backendReason: '',
    neurons,
    synapses: 100_000,
    isAlive: true,
    isPaused: false,
    drives: [],
    meanPlasticWeightMillivolts: 0.4,
    populations,
  };
  Object.assign(status.interlock, {
    hasStimulator: true,
    isOutputOn: false,
    outputConfirmedAgoMilliseconds: 20,
    outputMicroamps: 0,
    isEmergencyStopPressed: false,
    stopInputs: 'ready',
    profile: 'bench',
    preparation: 'bench',
    limitsHash: fakeLimitsHash,
    presence: { dueSeconds: 86_000, mustHold: false, isDeadMan: false, isHeld: false },
  } satisfies Partial<RigStatus['interlock']>);
  status.health = fakeHealth;
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

const lateTick = {
  code: 'late-tick',
  message: 'data were 11.8 ms old when the decision was taken',
  value: 11.8,
  bound: 10,
  unit: 'ms',
  electrode: 17,
  atSeconds: 761.207,
} as const;

/** A program that ended while it stimulated, started anew. */
function leaveUncleanExit({ interlock }: RigStatus): void {
  Object.assign(interlock, {
    state: 'tripped',
    firstCause: {
      code: 'unclean-exit',
      message: 'The program ended in the state stimulating, at 2026-11-21 14:02:11.',
      atSeconds: 0,
    },
    resetBlockedBy: 'no stimulator confirms that its output is off: connect an experiment',
  } satisfies Partial<RigStatus['interlock']>);
}

/** Twelve minutes of a recording behind it. */
function record(status: RigStatus): void {
  status.session = { ...status.session, stage: 'recording', elapsedSeconds: 761, phase: 1 };
  status.counters = {
    requests: 1208,
    permits: 1187,
    refusals: { 'electrode-rate': 19, late: 2, 'amplitude-rise': 3, 'hold-to-run': 1 },
    deliveries: 1187,
    spikes: 40_211,
  };
  status.loop.ticks = 761_004;
  status.recorder.isRecording = true;
  Object.assign(status.interlock, { state: 'stimulating', isOutputOn: true, armedSession: '7F3A' });
}

function trip({ interlock }: RigStatus, more: Partial<RigStatus['interlock']> = {}): void {
  Object.assign(interlock, {
    state: 'tripped',
    isOutputOn: false,
    armedSession: '',
    firstCause: lateTick,
    furtherCauses: [{ code: 'samples-lost', message: '300 samples were lost' }],
    resetBlockedBy: 'the cause has not been acknowledged',
    ...more,
  } satisfies Partial<RigStatus['interlock']>);
}

/** Brings a status into a scene; those that need a connection have one. */
export function setScene(status: RigStatus, scene: Scene): void {
  const { interlock } = status;
  switch (scene) {
    case 'idle':
    case 'unreachable':
    case 'live':
      return;
    case 'unclean-exit':
      leaveUncleanExit(status);
      return;
    case 'live-macro':
      interlock.preparation = 'animal-macro';
      interlock.profile = 'animal-macro';
      return;
    case 'armed':
      Object.assign(interlock, { state: 'armed', isOutputOn: true, armedSession: '7F3A' });
      return;
  }
  record(status);
  switch (scene) {
    case 'presence-due':
      interlock.presence.dueSeconds = 59;
      return;
    case 'must-hold':
      interlock.presence.mustHold = true;
      return;
    case 'near-limit':
      interlock.stopInputs = 'missing';
      return;
    case 'closed':
      status.source.closedReason = 'the virtual rig was unplugged';
      return;
    case 'tripped':
      trip(status, {
        reaction: { confirmedAfterMilliseconds: 6.1, lastPulseAfterMilliseconds: 2.4, boundMilliseconds: 100 },
      });
      return;
    case 'emergency-stop':
      trip(status, {
        isEmergencyStopPressed: true,
        firstCause: {
          code: 'emergency-stop',
          message: 'The emergency stop of the stimulator was pressed.',
          atSeconds: 761.2,
        },
        furtherCauses: [],
      });
      return;
    case 'device-silent':
      trip(status, {
        isOutputOn: null,
        outputMicroamps: null,
        isEmergencyStopPressed: null,
        firstCause: {
          code: 'device-silent',
          message: 'The stimulator has said nothing for 120 ms.',
          value: 120,
          bound: 100,
          unit: 'ms',
          atSeconds: 761.2,
        },
      });
      return;
    case 'fault':
      trip(status, {
        state: 'fault',
        isOutputOn: null,
        outputMicroamps: null,
        isEmergencyStopPressed: null,
        resetBlockedBy:
          'the output could not be confirmed off: disconnect the stimulator from the tissue and restart Exocortex',
      });
      return;
    case 'stimulating':
    case 'stalled':
    case 'lost':
    case 'silent':
    case 'failing-stop':
      return;
  }
}
