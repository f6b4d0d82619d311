// Latency of the loop and of each of its stages, from the tick records; analysis process.
import { loopStages, type LoopStage, type Percentiles } from '../../common/journal/session-summary.ts';
import type { RecordVisitor, TickRecord } from '../journal/record-visitor.ts';
import { LatencyCounts } from './latency-counts.ts';

/**
 * Latency of a tick, ns: from the acquisition of its newest sample to the last of its stages: delivered, else decided. A tick
 * that was given up without a result lasted until then.
 * @param endNs host time at which the tick ended.
 */
export function tickLatencyNs(tick: TickRecord, endNs: number): number {
  return (tick.deliveredNs || tick.decidedNs || endNs) - tick.acquiredNs;
}

export class StageLatencies implements RecordVisitor {
  readonly #whole = new LatencyCounts();
  readonly #stages = loopStages.map((stage) => ({ stage, counts: new LatencyCounts() }));

  tick(tick: TickRecord, endNs: number): void {
    this.#whole.add(tickLatencyNs(tick, endNs));
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
    return Object.fromEntries(this.#stages.map(({ stage, counts }) => [stage, counts.percentiles()])) as Record<
      LoopStage,
      Percentiles
    >;
  }
}
