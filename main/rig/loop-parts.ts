// What the closed loop is made of and who looks at it. Rig thread; types.
import type { Fault } from '../../common/contract/faults.ts';
import type { SimulationResult } from '../../common/simulation-protocol/result.ts';
import type { BlockMonitor, Gap } from './acquisition/block-monitor.ts';
import type { DeliveryPath } from './delivery-path.ts';
import type { Acknowledgement, SampleBlock } from './hardware/device.ts';
import type { ActivityWatch } from './interlock/activity/activity-watch.ts';
import type { Interlock } from './interlock/interlock.ts';
import type { PopulationWatch } from './interlock/population-watch.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { OpenTick } from './open-tick.ts';
import type { RequestPath } from './request-path.ts';
import type { Counters } from './session/counters.ts';
import type { LatencyRecord } from './session/latency-record.ts';
import type { DetectedSpikes } from './signal/detected-spikes.ts';
import type { SpikeDetector } from './signal/spike-detector.ts';
import type { SimulationLink } from './simulation-link/simulation-link.ts';
import type { Turns } from './turns.ts';

/** Every part is made and owned elsewhere. */
export interface LoopParts {
  turns: Turns;
  monitor: BlockMonitor;
  detector: SpikeDetector;
  found: DetectedSpikes;
  link: Pick<SimulationLink, 'isBusy' | 'sendTick'>;
  interlock: Interlock;
  requests: RequestPath;
  deliveries: DeliveryPath;
  population: PopulationWatch;
  activity: ActivityWatch;
  journal: JournalWriter;
  latency: LatencyRecord;
  counters: Counters;
}

export interface LoopSettings {
  deadlineNs: number;
  /** Where the loop can give nothing, a late tick is counted and is no fault: nothing old can reach the tissue. */
  mayStimulate: boolean;
  blankingSamples: number;
  /** Detection is suspended for so long after lost samples. */
  gapBlankingSamples: number;
  /** A pulse that is not acknowledged after this time is a fault. */
  acknowledgeWithinNs: number;
  /** A simulation that has not answered for this long is a fault. */
  simulationSilentMaxNs: number;
}

/** What happens around the loop. Called between stages, never inside one. */
export interface LoopObserver {
  raise(fault: Fault): void;
  /** After detection of each block; may move the protocol's phase. */
  onBlock(block: SampleBlock, found: DetectedSpikes): void;
  onGap(gap: Gap): void;
  onPopulation(tick: OpenTick, result: SimulationResult): void;
  onDelivery(acknowledgement: Acknowledgement): void;
  /** A tick is complete: the place where commands are taken. */
  onTickEnd(tick: OpenTick, latencyNs: number): void;
}
