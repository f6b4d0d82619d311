// Says what the rig is doing, in the contract's words: the only thing that pages show. Rig thread.
import { type ControlBlock, controlWord, stopInputState } from '../../common/base/control-block.ts';
import { mayCloseTheLoop } from '../../common/contract/devices.ts';
import type { RigStatus, SessionStage } from '../../common/contract/rig-status.ts';
import type { ConnectedRig } from './connected-rig.ts';
import { chargeFemtocoulombs, pulseUsePermille } from './interlock/check-pulse.ts';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import type { StimulusRequest } from './interlock/stimulus-request.ts';
import type { RecorderLine } from './recording/recorder-line.ts';
import { stimulusRequests } from './stimulus-requests.ts';

export interface DescribeContext {
  stage: SessionStage;
  nowNs: number;
  kernels: RigStatus['kernels'];
  recorder: RecorderLine;
  /** Folder of the current or the last recording. */
  lastFolder: string | undefined;
  control: ControlBlock;
  /** A latched cause while nothing is connected. */
  carried: CarriedCause | undefined;
}

/** What the device said longer ago is not known any more. */
const unheardAfterNs = 1e9;

/** What describes the connection. */
type OfConnection = Omit<RigStatus, 'hostNs' | 'session' | 'kernels' | 'recorder' | 'triggerInputs'>;

const withoutRig: OfConnection = {
  source: {
    description: '',
    kind: 'none',
    channels: 0,
    sampleRateHz: 0,
    newestSampleAgeMilliseconds: 0,
    samplesLost: 0,
    gaps: 0,
    noiseMicrovolts: [],
    thresholdSigmas: 0,
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
  loop: { ticks: 0, lateTicks: 0, lateHandling: {}, recent: { p50: 0, p99: 0, max: 0 }, deadlineMilliseconds: 0 },
  simulation: {
    backend: '',
    backendReason: '',
    neurons: 0,
    synapses: 0,
    populations: [],
    isAlive: false,
    isPaused: false,
    drives: [],
    meanPlasticWeightMillivolts: 0,
  },
  frames: { sent: 0, dropped: 0 },
};

/** One request for each electrode: the one with the largest charge. */
function largestRequests({ checked }: ConnectedRig): StimulusRequest[] {
  const largest = new Map<number, StimulusRequest>();
  for (const request of stimulusRequests(checked)) {
    const before = largest.get(request.electrode);
    if (before === undefined || chargeFemtocoulombs(request) > chargeFemtocoulombs(before))
      largest.set(request.electrode, request);
  }
  return [...largest.values()];
}

/** Whether a stimulus of the experiment is so near to a limit that the presence control must be held. */
function mustHold(rig: ConnectedRig, requests: readonly StimulusRequest[]): boolean {
  const { electrodes, timing } = rig.chain.interlock.limits;
  return requests.some((request) => {
    const own = electrodes.get(request.electrode);
    return own !== undefined && pulseUsePermille(request, own) > timing.holdToRunAbovePermille;
  });
}

const inputWords = { [stopInputState.none]: 'none', [stopInputState.ready]: 'ready' } as const;

/** What a shared word says of inputs. */
function inputs(control: ControlBlock, word: 'stopInputState' | 'triggerInputState'): RigStatus['triggerInputs'] {
  return inputWords[Atomics.load(control, controlWord[word]) as keyof typeof inputWords] ?? 'missing';
}

function describeInterlock(rig: ConnectedRig, nowNs: number, control: ControlBlock): RigStatus['interlock'] {
  const { output, operator, tripReaction: reaction } = rig;
  const { interlock } = rig.chain;
  const { firstCause, furtherCauses, isAcknowledged } = interlock.record;
  const resetBlockedBy = firstCause === undefined ? undefined : interlock.resetBlockedBy(nowNs);
  const { identity, capability } = rig.connections.writer;
  const hasStimulator = identity.canStimulate;
  const isDeadMan = !mayCloseTheLoop(capability);
  // An output that is not there need not be heard.
  const heardNs = hasStimulator ? output.heardNs : nowNs;
  const isHeard = nowNs - heardNs <= unheardAfterNs;
  const requests = largestRequests(rig);
  return {
    state: interlock.state,
    hasStimulator,
    isOutputOn: isHeard ? output.status.isOutputOn && !output.status.isDry : null,
    outputConfirmedAgoMilliseconds: (nowNs - heardNs) / 1e6,
    outputMicroamps: isHeard && !isDeadMan ? output.status.outputNanoamps / 1000 : null,
    isEmergencyStopPressed: isHeard && !isDeadMan ? output.status.isEmergencyStopPressed : null,
    stopInputs: inputs(control, 'stopInputState'),
    armedSession: output.session === 0 ? '' : (output.session % 0x10000).toString(16).toUpperCase().padStart(4, '0'),
    ...(firstCause === undefined ? {} : { firstCause: { ...firstCause, atSeconds: rig.firstCauseSeconds } }),
    furtherCauses: [...furtherCauses],
    isAcknowledged,
    canReset: firstCause !== undefined && resetBlockedBy === undefined,
    ...(resetBlockedBy === undefined ? {} : { resetBlockedBy }),
    limitUse: interlock.limitUse(nowNs, requests),
    ...(reaction === undefined ? {} : { reaction }),
    profile: interlock.limits.name,
    preparation: interlock.limits.profile,
    limitsHash: rig.limits.hash,
    presence: {
      dueSeconds: interlock.limits.timing.presenceMaxSeconds - (nowNs - operator.presentNs) / 1e9,
      mustHold: isDeadMan || mustHold(rig, requests),
      isDeadMan,
      isHeld: isDeadMan ? operator.isHeldAt(nowNs) : nowNs - operator.heldNs <= 2e9,
    },
  };
}

function describeConnected(rig: ConnectedRig, nowNs: number, control: ControlBlock): OfConnection {
  const { checked, connections } = rig;
  const { monitor, detector, latency, counters } = rig.chain;
  const { identity, health } = connections.reader;
  const { simulation, sync } = connections;
  return {
    source: {
      description: identity.description,
      kind: checked.experiment.source.kind,
      channels: identity.channels,
      sampleRateHz: identity.sampleRateHz,
      newestSampleAgeMilliseconds: Math.max(0, (nowNs - rig.newestAcquiredNs) / 1e6),
      samplesLost: monitor.samplesLost,
      gaps: monitor.gaps,
      ...(health === undefined ? {} : { health }),
      ...(rig.sourceClosedReason === undefined ? {} : { closedReason: rig.sourceClosedReason }),
      noiseMicrovolts: detector.isNoiseReady ? [...detector.noiseMicrovolts] : [],
      thresholdSigmas: checked.experiment.detection.thresholdSigmas,
    },
    interlock: describeInterlock(rig, nowNs, control),
    health: rig.healthStatus,
    digitalInputs: rig.digitalInputs,
    ...(sync === undefined ? {} : { clockSync: sync.status(nowNs) }),
    counters: {
      requests: counters.requests,
      permits: counters.permits,
      refusals: counters.refusals,
      deliveries: counters.deliveries,
      spikes: counters.spikes,
    },
    loop: {
      ticks: latency.ticks,
      lateTicks: latency.lateTicks,
      lateHandling: latency.lateHandling(),
      recent: latency.recent(),
      deadlineMilliseconds: checked.experiment.deadlineMilliseconds,
    },
    simulation: {
      backend: simulation.backend,
      backendReason: simulation.backendReason ?? '',
      neurons: simulation.neurons,
      synapses: simulation.synapses,
      populations: simulation.populations.map(({ name, firstNeuron, neurons }) => ({ name, firstNeuron, neurons })),
      isAlive: rig.isSimulationAlive,
      isPaused: rig.chain.loop.isSimulationPaused,
      drives: rig.drives.status,
      ...(simulation.startedFrom === undefined ? {} : { startedFromStep: simulation.startedFrom.step }),
      meanPlasticWeightMillivolts: rig.meanPlasticWeightMillivolts,
    },
    frames: { sent: 0, dropped: 0 },
  };
}

/** Without a connection nothing is known of any output; what was latched is still latched. */
function describeWithout(carried: CarriedCause | undefined, control: ControlBlock): typeof withoutRig {
  const interlock = { ...withoutRig.interlock, stopInputs: inputs(control, 'stopInputState') };
  if (carried === undefined) return { ...withoutRig, interlock };
  const { firstCause, isAcknowledged } = carried;
  const cause = {
    state: 'tripped',
    firstCause: { ...firstCause, atSeconds: 0 },
    isAcknowledged,
    resetBlockedBy: 'no stimulator confirms that its output is off: connect an experiment',
  } as const;
  return { ...withoutRig, interlock: { ...interlock, ...cause } };
}

/** The whole truth at `nowNs`. */
export function describeRig(rig: ConnectedRig | undefined, context: DescribeContext): RigStatus {
  const { stage, nowNs, kernels, recorder, lastFolder, control, carried } = context;
  const run = rig?.run;
  const folder = run?.folder ?? lastFolder;
  const experiment = rig?.checked.experiment;
  return {
    hostNs: nowNs,
    session: {
      stage,
      ...(rig === undefined || experiment === undefined
        ? {}
        : {
            experiment: {
              file: rig.checked.file,
              name: experiment.name,
              title: experiment.title,
              ...(experiment.subject === undefined ? {} : { subject: experiment.subject.id }),
            },
          }),
      ...(folder === undefined ? {} : { folder }),
      elapsedSeconds: run?.elapsedSeconds ?? 0,
      ...(run?.requestedSeconds === undefined ? {} : { requestedSeconds: run.requestedSeconds }),
      phases: experiment?.phases.map((phase) => ({ ...phase })) ?? [],
      phase: run?.phase ?? -1,
    },
    ...(rig === undefined ? describeWithout(carried, control) : describeConnected(rig, nowNs, control)),
    triggerInputs: inputs(control, 'triggerInputState'),
    kernels,
    recorder: {
      isRecording: run !== undefined,
      writtenBytes: recorder.writtenBytes,
      fillFraction: run === undefined ? 0 : run.fillFraction,
      ...(recorder.freeSeconds === undefined ? {} : { freeSeconds: recorder.freeSeconds }),
    },
  };
}
