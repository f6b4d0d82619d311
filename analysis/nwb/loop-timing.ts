// Writes, for every tick of the loop, its latency, how it met its deadline and the state of learning; analysis process.
import { lateHandlings } from '../../common/journal/records.ts';
import type { RecordVisitor, SimulationHeader, TickRecord } from '../journal/record-visitor.ts';
import type { Timeline } from '../journal/timeline.ts';
import { tickLatencyNs } from '../summary/stage-latencies.ts';
import type { GrowingRows, NumberArray, NumberArrayConstructor } from './growing-rows.ts';
import type { NwbFile, NwbPart, SeriesText, TimeBase } from './nwb-file.ts';
import { populationModule } from './simulated-population.ts';

const chunkRows = 16_384;
const module = '/processing/closed_loop';
const latencyPath = `${module}/loop_latency`;
const handlingPath = `${module}/late_handling`;
const weightPath = `${populationModule}/mean_plastic_weight`;

const latency: SeriesText = {
  description:
    'Latency of each tick: from the acquisition of its newest sample to the last of its stages that happened (delivered, else decided, else simulated, else detected); NaN where nothing happened',
  unit: 'milliseconds',
};
const handling: SeriesText = {
  description: `Whether each tick was late and how that was handled: ${lateHandlings.map((words, code) => `${code} ${words}`).join('; ')}`,
  unit: 'n/a',
};
const weight: SeriesText = {
  description: 'Mean over all plastic synapses of the simulated population after the newest result at each tick; NaN before the first',
  unit: 'millivolts',
};

/** The time of a tick is the end of its newest sample. The population's module is made before. */
export class LoopTiming implements RecordVisitor, NwbPart {
  readonly #nwb: NwbFile;
  readonly #timeline: Timeline;
  readonly #latency: GrowingRows<Float64Array>;
  readonly #handling: GrowingRows<Uint8Array>;
  readonly #weight: GrowingRows<Float32Array>;
  readonly #timestamps: GrowingRows<Float64Array> | undefined;
  #startSeconds: number | undefined;
  #meanWeight = NaN;

  constructor(nwb: NwbFile, timeline: Timeline) {
    this.#nwb = nwb;
    this.#timeline = timeline;
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

  simulation({ meanPlasticWeightMillivolts }: SimulationHeader): void {
    this.#meanWeight = meanPlasticWeightMillivolts;
  }

  tick(tick: TickRecord): void {
    const seconds = this.#timeline.secondsAt(this.#timeline.endOfTick(tick.tick));
    this.#startSeconds ??= seconds;
    this.#timestamps?.addOne(seconds);
    this.#latency.addOne((tickLatencyNs(tick) ?? NaN) / 1e6);
    this.#handling.addOne(tick.handling);
    this.#weight.addOne(this.#meanWeight);
  }

  finish(): void {
    for (const rows of [this.#latency, this.#handling, this.#weight, this.#timestamps]) rows?.finish();
    const regular: TimeBase = { kind: 'regular', startSeconds: this.#startSeconds ?? 0, rateHz: this.#timeline.tickRateHz };
    const shared: TimeBase = this.#timestamps ? { kind: 'shared', of: latencyPath } : regular;
    this.#nwb.describeSeries(latencyPath, latency, this.#timestamps ? { kind: 'timestamps' } : regular);
    this.#nwb.describeSeries(handlingPath, handling, shared);
    this.#nwb.describeSeries(weightPath, weight, shared);
  }
}
