// Builds the chain from block to delivery out of its parts, for one connected experiment. Rig thread.
import type { DisposableStore } from '../../common/base/disposable.ts';
import type { Remembering } from '../../common/base/state-archive.ts';
import { mayCloseTheLoop } from '../../common/contract/devices.ts';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import type { LimitsInForce } from '../../common/limits/limits-in-force.ts';
import type { SignalKernels } from '../../native/native-addon.ts';
import { BlockMonitor, type Gap } from './acquisition/block-monitor.ts';
import { ClosedLoop } from './closed-loop.ts';
import { DeliveryPath } from './delivery-path.ts';
import type { DeviceReader, DeviceWriter } from './hardware/device.ts';
import { ActivityWatch } from './interlock/activity/activity-watch.ts';
import { ClockWatch } from './interlock/clock-watch.ts';
import { Interlock } from './interlock/interlock.ts';
import { interlockTiming } from './interlock/interlock-record.ts';
import { LostSamples } from './interlock/lost-samples.ts';
import { type PopulationBounds, PopulationWatch } from './interlock/population-watch.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { LoopObserver, LoopParts } from './loop-parts.ts';
import { RequestPath } from './request-path.ts';
import { Counters } from './session/counters.ts';
import { LatencyRecord } from './session/latency-record.ts';
import { createSpikeDetector } from './signal/create-spike-detector.ts';
import { DetectedSpikes } from './signal/detected-spikes.ts';
import type { SpikeDetector } from './signal/spike-detector.ts';
import { DeliveryMonitor } from './stimulation/delivery-monitor.ts';
import { Gate } from './stimulation/gate.ts';
import { PulseBook } from './stimulation/pulse-book.ts';
import type { Turns } from './turns.ts';

const gapBlankingMilliseconds = 3;
/** What has no lease answers by the samples of its source, which come in lumps. */
const acknowledgeWithinMilliseconds = { L3: 100, L2: 100, L1: 1000 } as const;
const spikesPerBlockAndChannelMax = 16;

/** The parts that others look at. */
export interface Chain extends Remembering {
  interlock: Interlock;
  gate: Gate;
  requests: RequestPath;
  deliveries: DeliveryPath;
  loop: ClosedLoop;
  detector: SpikeDetector;
  monitor: BlockMonitor;
  activity: ActivityWatch;
  lostSamples: LostSamples;
  clock: ClockWatch;
  latency: LatencyRecord;
  counters: Counters;
}

/** What the chain is told by and drives. */
export interface ChainConnections {
  reader: {
    readonly identity: Pick<
      DeviceReader['identity'],
      'channels' | 'sampleRateHz' | 'microvoltsPerBit' | 'samplesPerBlock'
    >;
  };
  writer: Pick<DeviceWriter, 'identity' | 'pulse' | 'status' | 'capability'>;
  link: LoopParts['link'];
  simulation: { readonly neurons: number };
}

export interface ChainSurroundings {
  limits: LimitsInForce;
  /** Cause that was latched before this connection. */
  carried: CarriedCause | undefined;
  /** For which the rig stays disarmed because of the tissue’s activity before this connection. */
  restSeconds: number;
  journal: JournalWriter;
  kernels: SignalKernels | undefined;
  turns: Turns;
  /** Owns what must be released. */
  owner: DisposableStore;
}

/** @returns the fault that a gap is, alone or with those of the last seconds. */
export function judgeGap({ monitor, lostSamples }: Chain, gap: Gap, turns: Turns): Fault | undefined {
  return monitor.gapFault(gap) ?? lostSamples.note(gap.lostSamples, turns.nowNs());
}

/** Tighter limits hold from now on, wherever the chain judges by them. */
export function tightenChain({ interlock, activity }: Chain, limits: LimitsInForce): void {
  interlock.tighten(limits);
  activity.tighten(limits.activity);
}

/** Plastic weights stay between nothing and the largest bound of the network's projections. */
function populationBounds({ network }: CheckedExperiment, neurons: number): PopulationBounds {
  const bounds = network.projections.flatMap(({ plasticity }) => plasticity?.maximumWeightMillivolts ?? []);
  return { neurons, weightMinMillivolts: 0, weightMaxMillivolts: Math.max(0, ...bounds) };
}

/** @param observer is called between the stages of a tick; `raise` also from inside the request path. */
export function buildChain(
  checked: CheckedExperiment,
  { reader, writer, link, simulation }: ChainConnections,
  { limits, carried, restSeconds, journal, kernels, turns, owner }: ChainSurroundings,
  observer: LoopObserver,
): Chain {
  const { experiment } = checked;
  const { channels, sampleRateHz, microvoltsPerBit, samplesPerBlock } = reader.identity;
  const { timing } = limits;
  const samplesPerMillisecond = sampleRateHz / 1000;
  const deadlineNs = experiment.deadlineMilliseconds * 1e6;
  const interlock = new Interlock(limits, interlockTiming, turns.nowNs(), carried);
  const monitor = new BlockMonitor(sampleRateHz, timing.gapToTripMicroseconds / 1000);
  const detector = owner.add(
    createSpikeDetector(
      { ...experiment.detection, noise: 'running' },
      { channels, sampleRateHz, microvoltsPerBit, maxBlockSamples: samplesPerBlock },
      kernels,
    ),
  );
  const pulses = new PulseBook();
  const latency = new LatencyRecord();
  const counters = new Counters();
  const gate = new Gate(writer, journal, turns.nowNs);
  const raise = (fault: Fault) => observer.raise(fault);
  const requests = new RequestPath({
    turns,
    interlock,
    gate,
    pulses,
    journal,
    counters,
    deadlineNs,
    complianceMillivolts: writer.identity.limits.complianceMillivolts,
    capability: writer.capability,
    rampSeconds: experiment.rampSeconds,
    raise,
  });
  const deliveries = new DeliveryPath({
    pulses,
    monitor: new DeliveryMonitor(() => interlock.limits),
    journal,
    counters,
  });
  const population = new PopulationWatch(populationBounds(checked, simulation.neurons), timing);
  const activity = new ActivityWatch({ channels, sampleRateHz }, limits.activity, restSeconds);
  const found = new DetectedSpikes(channels * spikesPerBlockAndChannelMax);
  const loop = new ClosedLoop(
    {
      turns,
      monitor,
      detector,
      found,
      activity,
      link,
      interlock,
      requests,
      deliveries,
      population,
      journal,
      latency,
      counters,
    },
    {
      deadlineNs,
      mayStimulate: writer.identity.canStimulate && mayCloseTheLoop(writer.capability),
      blankingSamples: Math.ceil(experiment.detection.blankingMilliseconds * samplesPerMillisecond),
      gapBlankingSamples: Math.ceil(gapBlankingMilliseconds * samplesPerMillisecond),
      acknowledgeWithinNs: acknowledgeWithinMilliseconds[writer.capability] * 1e6,
      simulationSilentMaxNs: timing.beatMaxMilliseconds * 1e6,
    },
    observer,
  );
  const lostSamples = new LostSamples(sampleRateHz, timing.lostSamplesMaxPartsPerMillion);
  const clock = new ClockWatch(timing);
  return {
    interlock,
    gate,
    requests,
    deliveries,
    loop,
    detector,
    monitor,
    activity,
    lostSamples,
    clock,
    latency,
    counters,
    exchange(archive) {
      // What only tells people, or is only judged outside of the chain, is left out: counters, latency, clocks.
      for (const part of [interlock, requests, deliveries, monitor, detector, activity, population, lostSamples, loop])
        part.exchange(archive);
    },
  };
}
