// Writes, for every tick of the loop, its latency, how it met its deadline and the state of learning; analysis process.
import { lateHandlings } from '../../common/journal/records.ts';
import type { RecordVisitor, SimulationHeader, TickRecord } from '../journal/record-visitor.ts';
import type { Timeline } from '../journal/timeline.ts';
import { tickLatencyNs } from '../summary/stage-latencies.ts';
import type { GrowingRows, NumberArray, NumberArrayConstructor } from './growing-rows.ts';
import type { NwbFile, NwbPart, SeriesText, TimeBase } from './nwb-file.ts';
import { populationModule } from './simulated-population.ts';

const chunkRows = 16_384;
/** How many ticks may end before one that began before them. */
const disorderMax = 4096;
const module = '/processing/closed_loop';
const latencyPath = `${module}/loop_latency`;
const handlingPath = `${module}/late_handling`;
const weightPath = `${populationModule}/mean_plastic_weight`;

const latency: SeriesText = {
  description:
    'Latency of each tick: from the acquisition of its newest sample to the delivery it led to, else to its decision; of a tick without a result until it was given up',
  unit: 'milliseconds',
};
const handling: SeriesText = {
  description: `Whether each tick was late and how that was handled: ${lateHandlings.map((words, code) => `${code} ${words}`).join('; ')}`,
  unit: 'n/a',
};
const weight: SeriesText = {
  description:
    'Mean over all plastic synapses of the simulated population, from the newest result up to each tick; NaN before the first',
  unit: 'millivolts',
};

interface EndedTick {
  tick: number;
  latencyMilliseconds: number;
  handling: number;
}

/** Puts ticks back into their order. The time of a tick is the end of its newest sample. The population's module is made before. */
export class LoopTiming implements RecordVisitor, NwbPart {
  readonly #nwb: NwbFile;
  readonly #timeline: Timeline;
  readonly #latency: GrowingRows<Float64Array>;
  readonly #handling: GrowingRows<Uint8Array>;
  readonly #weight: GrowingRows<Float32Array>;
  readonly #timestamps: GrowingRows<Float64Array> | undefined;
  /** Ticks that ended before one that began before them. */
  readonly #early = new Map<number, EndedTick>();
  #nextTick: number;
  /** Mean weights that belong to ticks still to be written, in order of ticks. */
  readonly #weights: { tick: number; millivolts: number }[] = [];
  #meanWeight = NaN;

  constructor(nwb: NwbFile, timeline: Timeline) {
    this.#nwb = nwb;
    this.#timeline = timeline;
    this.#nextTick = timeline.lowestTick;
    nwb.object(module, 'ProcessingModule', { description: 'Timing of the closed loop' });
    const rows = <T extends NumberArray>(path: string, text: SeriesText, array: NumberArrayConstructor<T>) => {
      nwb.series(path, 'TimeSeries', text);
      return nwb.hdf5.growingRows(`${path}/data`, array, { chunk: [chunkRows] });
    };
    this.#latency = rows(latencyPath, latency, Float64Array);
    this.#handling = rows(handlingPath, handling, Uint8Array);
    this.#weight = rows(weightPath, weight, Float32Array);
    if (!timeline.areTicksRegular) {
      this.#timestamps = nwb.hdf5.growingRows(`${latencyPath}/timestamps`, Float64Array, { chunk: [chunkRows] });
    }
  }

  simulation({ tick, meanPlasticWeightMillivolts }: SimulationHeader): void {
    this.#weights.push({ tick, millivolts: meanPlasticWeightMillivolts });
  }

  tick(tick: TickRecord, endNs: number): void {
    this.#early.set(tick.tick, {
      tick: tick.tick,
      latencyMilliseconds: tickLatencyNs(tick, endNs) / 1e6,
      handling: tick.handling,
    });
    // A tick that is not in the journal is not waited for for ever.
    if (this.#early.size > disorderMax) this.#nextTick = Math.min(...this.#early.keys());
    this.#writeInOrder();
  }

  finish(): void {
    while (this.#early.size > 0) {
      this.#nextTick = Math.min(...this.#early.keys());
      this.#writeInOrder();
    }
    for (const rows of [this.#latency, this.#handling, this.#weight, this.#timestamps]) rows?.finish();
    const { lowestTick, tickRateHz } = this.#timeline;
    const regular: TimeBase = { kind: 'regular', startSeconds: this.#secondsAt(lowestTick), rateHz: tickRateHz };
    const shared: TimeBase = this.#timestamps ? { kind: 'shared', of: latencyPath } : regular;
    this.#nwb.describeSeries(latencyPath, latency, this.#timestamps ? { kind: 'timestamps' } : regular);
    this.#nwb.describeSeries(handlingPath, handling, shared);
    this.#nwb.describeSeries(weightPath, weight, shared);
  }

  #secondsAt(tick: number): number {
    return this.#timeline.secondsAt(this.#timeline.endOfTick(tick));
  }

  /** Writes ticks from the next one on as long as they are there. */
  #writeInOrder(): void {
    for (let ended = this.#early.get(this.#nextTick); ended; ended = this.#early.get(++this.#nextTick)) {
      this.#early.delete(ended.tick);
      while ((this.#weights[0]?.tick ?? Infinity) <= ended.tick)
        this.#meanWeight = this.#weights.shift()?.millivolts ?? NaN;
      this.#timestamps?.addOne(this.#secondsAt(ended.tick));
      this.#latency.addOne(ended.latencyMilliseconds);
      this.#handling.addOne(ended.handling);
      this.#weight.addOne(this.#meanWeight);
    }
  }
}
