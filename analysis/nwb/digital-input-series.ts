// Writes each digital input that was recorded as a series of its changes; analysis process.
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import { digitalInputsOf } from '../journal/digital-inputs-of.ts';
import type { DigitalInputRecord, RecordVisitor } from '../journal/record-visitor.ts';
import type { Timeline } from '../journal/timeline.ts';
import type { GrowingRows } from './growing-rows.ts';
import type { NwbFile, NwbPart, SeriesText } from './nwb-file.ts';

const chunk = [4096];

interface Series {
  readonly path: string;
  readonly text: SeriesText;
  readonly states: GrowingRows<Uint8Array>;
  readonly seconds: GrowingRows<Float64Array>;
}

export class DigitalInputSeries implements RecordVisitor, NwbPart {
  readonly #nwb: NwbFile;
  readonly #timeline: Timeline;
  readonly #names: ReadonlyMap<number, string>;
  /** By line; made at its first record. */
  readonly #series = new Map<number, Series>();

  constructor(nwb: NwbFile, opening: SessionOpening, timeline: Timeline) {
    this.#nwb = nwb;
    this.#timeline = timeline;
    this.#names = new Map(digitalInputsOf(opening).map(({ line, name }) => [line, name]));
  }

  digitalInput({ sampleIndex, line, isHigh }: DigitalInputRecord): void {
    const series = this.#series.get(line) ?? this.#begin(line);
    series.states.addOne(isHigh);
    series.seconds.addOne(this.#timeline.secondsAt(sampleIndex));
  }

  finish(): void {
    for (const { path, text, states, seconds } of this.#series.values()) {
      states.finish();
      seconds.finish();
      this.#nwb.describeSeries(path, text, { kind: 'timestamps' });
    }
  }

  #begin(line: number): Series {
    const name = this.#names.get(line);
    const path = `/acquisition/digital_input_${name ?? line}`;
    const text = {
      description: `Line ${line} of the digital inputs${name === undefined ? '' : `, ${name}`}: from each time on 1 is high, 0 low`,
      unit: 'n/a',
    };
    this.#nwb.series(path, 'TimeSeries', text);
    const { hdf5 } = this.#nwb;
    const series = {
      path,
      text,
      states: hdf5.growingRows(`${path}/data`, Uint8Array, { chunk }),
      seconds: hdf5.growingRows(`${path}/timestamps`, Float64Array, { chunk }),
    };
    this.#series.set(line, series);
    return series;
  }
}
