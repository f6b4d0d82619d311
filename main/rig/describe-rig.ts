// Says what the rig is doing, in the contract's words: the only thing that pages show. Rig thread.
import type { RigStatus, SessionStage } from '../../common/contract/rig-status.ts';
import type { ConnectedRig } from './connected-rig.ts';
import type { StimulusRequest } from './interlock/stimulus-request.ts';
import type { RecorderLine } from './recording/recorder-line.ts';

export interface DescribeContext {
  stage: SessionStage;
  nowNs: number;
  kernels: RigStatus['kernels'];
  recorder: RecorderLine;
  /** Folder of the current or the last recording. */
  lastFolder: string | undefined;
}

/** What the device said longer ago is not known any more. */
const unheardAfterNs = 1e9;

const withoutRig: Omit<RigStatus, 'hostNs' | 'session' | 'kernels' | 'recorder'> = {
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
  loop: { ticks: 0, lateTicks: 0, lateHandling: {}, recent: { p50: 0, p99: 0, max: 0 }, deadlineMilliseconds: 0 },
  simulation: { backend: '', neurons: 0, synapses: 0, populations: [], isAlive: false, meanPlasticWeightMillivolts: 0 },
  frames: { sent: 0, dropped: 0 },
};

/** The stimulus of the experiment that uses most of its limits, as a request. */
function largestStimulus(rig: ConnectedRig): StimulusRequest | undefined {
  const { stimuli } = rig.checked.experiment;
  const largest = [...stimuli].sort(
    (a, b) => b.amplitudeMicroamps * b.phaseMicroseconds - a.amplitudeMicroamps * a.phaseMicroseconds,
  )[0];
  if (largest === undefined) return undefined;
  const { electrode, amplitudeMicroamps, phaseMicroseconds, interphaseMicroseconds, leadingPhase } = largest;
  return {
    request: 0,
    tick: 0,
    origin: 'operator',
    readout: 0,
    electrode,
    amplitudeNanoamps: Math.round(amplitudeMicroamps * 1000),
    phaseMicroseconds,
    interphaseMicroseconds,
    leadingPhase,
  };
}

function describeInterlock(rig: ConnectedRig, nowNs: number): RigStatus['interlock'] {
  const { output } = rig;
  const { interlock } = rig.chain;
  const { firstCause } = interlock;
  const resetBlockedBy = firstCause === undefined ? undefined : interlock.resetBlockedBy(nowNs, output.isOff);
  return {
    state: interlock.state,
    isOutputOn: nowNs - output.heardNs > unheardAfterNs ? null : output.status.isOutputOn,
    outputConfirmedAgoMilliseconds: (nowNs - output.heardNs) / 1e6,
    armedSession: output.session === 0 ? '' : (output.session % 0x10000).toString(16).toUpperCase().padStart(4, '0'),
    ...(firstCause === undefined ? {} : { firstCause: { ...firstCause, atSeconds: rig.firstCauseSeconds } }),
    furtherCauses: [...interlock.furtherCauses],
    isAcknowledged: interlock.isAcknowledged,
    canReset: firstCause !== undefined && resetBlockedBy === undefined,
    ...(resetBlockedBy === undefined ? {} : { resetBlockedBy }),
    limitUse: interlock.limitUse(nowNs, largestStimulus(rig)),
    profile: interlock.limits.profile,
  };
}

function describeConnected(
  rig: ConnectedRig,
  nowNs: number,
): Omit<RigStatus, 'hostNs' | 'session' | 'kernels' | 'recorder'> {
  const { checked, connections } = rig;
  const { monitor, detector, latency, counters } = rig.chain;
  const { identity } = connections.reader;
  const { simulation } = connections;
  return {
    source: {
      description: identity.description,
      kind: checked.experiment.source.kind,
      channels: identity.channels,
      sampleRateHz: identity.sampleRateHz,
      newestSampleAgeMilliseconds: Math.max(0, (nowNs - rig.newestAcquiredNs) / 1e6),
      samplesLost: monitor.samplesLost,
      gaps: monitor.gaps,
      ...(rig.sourceClosedReason === undefined ? {} : { closedReason: rig.sourceClosedReason }),
      noiseMicrovolts: detector.isNoiseReady ? [...detector.noiseMicrovolts] : [],
      thresholdSigmas: checked.experiment.detection.thresholdSigmas,
    },
    interlock: describeInterlock(rig, nowNs),
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
      neurons: simulation.neurons,
      synapses: simulation.synapses,
      populations: simulation.populations.map((population) => ({ ...population })),
      isAlive: rig.isSimulationAlive,
      meanPlasticWeightMillivolts: rig.meanPlasticWeightMillivolts,
    },
    frames: { sent: 0, dropped: 0 },
  };
}

/** The whole truth at `nowNs`. */
export function describeRig(rig: ConnectedRig | undefined, context: DescribeContext): RigStatus {
  const { stage, nowNs, kernels, recorder, lastFolder } = context;
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
    ...(rig === undefined ? withoutRig : describeConnected(rig, nowNs)),
    kernels,
    recorder: {
      isRecording: run !== undefined,
      writtenBytes: recorder.writtenBytes,
      fillFraction: run === undefined ? 0 : run.fillFraction,
      ...(recorder.freeSeconds === undefined ? {} : { freeSeconds: recorder.freeSeconds }),
    },
  };
}
