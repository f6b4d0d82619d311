// Latency of the loop and of each of its stages, from the tick records; analysis process.
import { loopStages, type LoopStage, type Percentiles } from '../../common/journal/session-summary.ts';
import type { RecordVisitor, TickRecord } from '../journal/record-visitor.ts';
import { LatencyCounts } from './latency-counts.ts';

/**
 * Latency of a tick, ns: from the acquisition of its newest sample to the last of its stages that happened (delivered, else
 * decided, else simulated, else detected). undefined for a tick of which nothing happened.
 */
export function tickLatencyNs(tick: TickRecord): number | undefined {
  const endNs = tick.deliveredNs || tick.decidedNs || tick.simulatedNs || tick.detectedNs;
  return endNs === 0 ? undefined : endNs - tick.acquiredNs;
}

export class StageLatencies implements RecordVisitor {
  readonly #whole = new LatencyCounts();
  readonly #stages = loopStages.map((stage) => ({ stage, counts: new LatencyCounts() }));

  tick(tick: TickRecord): void {
    const latencyNs = tickLatencyNs(tick);
    if (latencyNs !== undefined) this.#whole.add(latencyNs);
    let beforeNs = tick.acquiredNs;
    for (const { stage, counts } of this.#stages) {
      const atNs = tick[`${stage}Ns`];
      if (atNs !== 0 && beforeNs !== 0) counts.add(atNs - beforeNs);
      beforeNs = atNs;
    }
  }

  get latencyMs(): Percentiles {
    return this.#whole.percentiles();
  }

  get stagesMs(): Record<LoopStage, Percentiles> {
    return Object.fromEntries(this.#stages.map(({ stage, counts }) => [stage, counts.percentiles()])) as Record<LoopStage, Percentiles>;
  }
}
