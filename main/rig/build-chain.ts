// Builds the chain from block to delivery out of its parts, for one connected experiment. Rig thread.
import type { DisposableStore } from '../../common/base/disposable.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import type { SignalKernels } from '../../native/native-addon.ts';
import { BlockMonitor } from './acquisition/block-monitor.ts';
import { ClosedLoop } from './closed-loop.ts';
import type { Connections } from './connect-rig.ts';
import { freezeLimits } from './interlock/limits.ts';
import { Interlock } from './interlock/interlock.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { LoopObserver } from './loop-parts.ts';
import { RequestPath } from './request-path.ts';
import { Counters } from './session/counters.ts';
import { LatencyRecord } from './session/latency-record.ts';
import { createSpikeDetector } from './signal/create-spike-detector.ts';
import { DetectedSpikes } from './signal/detected-spikes.ts';
import type { SpikeDetector } from './signal/spike-detector.ts';
import { Gate } from './stimulation/gate.ts';
import { PulseBook } from './stimulation/pulse-book.ts';

const gapBlankingMilliseconds = 3;
const acknowledgeWithinMilliseconds = 100;
const spikesPerBlockAndChannelMax = 16;

/** The parts that others look at. */
export interface Chain {
  interlock: Interlock;
  requests: RequestPath;
  loop: ClosedLoop;
  detector: SpikeDetector;
  monitor: BlockMonitor;
  pulses: PulseBook;
  latency: LatencyRecord;
  counters: Counters;
}

export interface ChainSurroundings {
  journal: JournalWriter;
  kernels: SignalKernels | undefined;
  nowNs: () => number;
  /** Owns what must be released. */
  owner: DisposableStore;
}

/** @param observer is called between the stages of a tick; `raise` also from inside the request path. */
export function buildChain(
  { experiment, limits }: CheckedExperiment,
  { reader, writer, link }: Connections,
  { journal, kernels, nowNs, owner }: ChainSurroundings,
  observer: LoopObserver,
): Chain {
  const { channels, sampleRateHz, microvoltsPerBit, samplesPerBlock } = reader.identity;
  const samplesPerMillisecond = sampleRateHz / 1000;
  const deadlineNs = experiment.deadlineMilliseconds * 1e6;
  const interlock = new Interlock(freezeLimits(limits));
  const monitor = new BlockMonitor(sampleRateHz, limits.timing.gapToTripMilliseconds);
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
  const gate = new Gate(writer, journal, nowNs);
  const raise = (fault: Fault) => observer.raise(fault);
  const requests = new RequestPath({ nowNs, interlock, gate, pulses, journal, counters, deadlineNs, raise });
  const found = new DetectedSpikes(channels * spikesPerBlockAndChannelMax);
  const loop = new ClosedLoop(
    { nowNs, monitor, detector, found, link, interlock, requests, pulses, journal, latency, counters },
    {
      deadlineNs,
      blankingSamples: Math.ceil(experiment.detection.blankingMilliseconds * samplesPerMillisecond),
      gapBlankingSamples: Math.ceil(gapBlankingMilliseconds * samplesPerMillisecond),
      acknowledgeWithinNs: acknowledgeWithinMilliseconds * 1e6,
      simulationSilentMaxNs: limits.timing.beatMaxMilliseconds * 1e6,
    },
    observer,
  );
  return { interlock, requests, loop, detector, monitor, pulses, latency, counters };
}
