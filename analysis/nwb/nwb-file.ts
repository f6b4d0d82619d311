// Writes the objects of Neurodata Without Borders (schema 2.7.0, hdmf-common 1.8.0) into an HDF5 file; analysis process.
import type { Hdf5File } from './hdf5-file.ts';
import type { NumberArray } from './growing-rows.ts';

/** Version of the core schema that the files follow. */
export const nwbVersion = '2.7.0';

const hdmfCommonTypes = [
  'DynamicTable',
  'ElementIdentifiers',
  'VectorData',
  'VectorIndex',
  'DynamicTableRegion',
] as const;
type CoreType =
  | 'NWBFile'
  | 'Subject'
  | 'Device'
  | 'ElectrodeGroup'
  | 'ElectricalSeries'
  | 'TimeSeries'
  | 'AnnotationSeries'
  | 'TimeIntervals'
  | 'Units'
  | 'ProcessingModule';
type NeurodataType = CoreType | (typeof hdmfCommonTypes)[number];

/** 64-bit integers for numbers that count without end. */
export type ColumnValues = NumberArray | BigInt64Array | readonly string[];
type TableType = 'DynamicTable' | 'TimeIntervals' | 'Units';

/** When the rows of a series were taken. */
export type TimeBase =
  | { kind: 'regular'; startSeconds: number; rateHz: number }
  /** `timestamps` was, or will be, written by the caller as a data set of seconds. */
  | { kind: 'timestamps' }
  /** The timestamps of the series at `of`. */
  | { kind: 'shared'; of: string };

export interface SeriesText {
  description: string;
  comments?: string;
  unit: string;
  /** Factor from the stored numbers to `unit`. */
  conversion?: number;
}

/** Paths are absolute; a parent is made before its children. */
export class NwbFile {
  readonly hdf5: Hdf5File;
  /**
   * Whether python-neo must be able to open the file. Its reader (NWBIO of 0.14) takes the conversion of a series for the
   * prefix of its unit, and refuses keywords, electrodes of a series, units that do not say when they were observed and
   * epochs without tags: where one of these is written, it is written so that neo takes it.
   */
  readonly isForNeo: boolean;
  readonly #newId: () => string;

  /** @param newId answers a new UUID each time. */
  constructor(hdf5: Hdf5File, newId: () => string, isForNeo = false) {
    this.hdf5 = hdf5;
    this.isForNeo = isForNeo;
    this.#newId = newId;
  }

  /** Marks what is at `path` as an object of a type. */
  stamp(path: string, type: NeurodataType, attributes: Readonly<Record<string, string>> = {}): void {
    const isCommon = (hdmfCommonTypes as readonly string[]).includes(type);
    const all = {
      namespace: isCommon ? 'hdmf-common' : 'core',
      neurodata_type: type,
      object_id: this.#newId(),
      ...attributes,
    };
    for (const [name, value] of Object.entries(all)) this.hdf5.attribute(path, name, value);
  }

  /** A group that is an object of a type. */
  object(path: string, type: NeurodataType, attributes?: Readonly<Record<string, string>>): void {
    this.hdf5.group(path);
    this.stamp(path, type, attributes);
  }

  /** Makes a time series; its `data` (and `timestamps`) are written next, then `describeSeries` is called. */
  series(
    path: string,
    type: 'TimeSeries' | 'ElectricalSeries' | 'AnnotationSeries',
    { description, comments }: SeriesText,
  ): void {
    this.object(path, type, { description, comments: comments ?? 'no comments' });
  }

  /** Gives the `data` of a series their unit and their times. */
  describeSeries(path: string, { unit, conversion = 1 }: SeriesText, time: TimeBase): void {
    const { hdf5 } = this;
    hdf5.attribute(`${path}/data`, 'unit', unit);
    hdf5.attribute(`${path}/data`, 'conversion', conversion);
    hdf5.attribute(`${path}/data`, 'offset', 0);
    hdf5.attribute(`${path}/data`, 'resolution', -1);
    this.describeTimes(path, time);
  }

  /** Gives a series its times alone; its `data` are those of another, which has a unit. */
  describeTimes(path: string, time: TimeBase): void {
    const { hdf5 } = this;
    if (time.kind === 'regular') {
      hdf5.number(`${path}/starting_time`, time.startSeconds);
      hdf5.attribute(`${path}/starting_time`, 'rate', time.rateHz);
      hdf5.attribute(`${path}/starting_time`, 'unit', 'seconds');
    } else if (time.kind === 'shared') {
      hdf5.softLink(`${path}/timestamps`, `${time.of}/timestamps`);
    } else {
      hdf5.attribute(`${path}/timestamps`, 'interval', Int32Array.of(1));
      hdf5.attribute(`${path}/timestamps`, 'unit', 'seconds');
    }
  }

  /** A whole series of numbers or texts with a time stamp (s) each. */
  timedSeries(
    path: string,
    text: SeriesText,
    seconds: readonly number[],
    data: readonly number[] | readonly string[],
  ): void {
    const isText = typeof data[0] === 'string';
    this.series(path, isText ? 'AnnotationSeries' : 'TimeSeries', text);
    if (isText) this.hdf5.texts(`${path}/data`, data as readonly string[]);
    else this.hdf5.numbers(`${path}/data`, Float64Array.from(data as readonly number[]));
    this.hdf5.numbers(`${path}/timestamps`, Float64Array.from(seconds));
    this.describeSeries(path, text, { kind: 'timestamps' });
  }

  /** A table without its columns. `columns` names them in order; each is then written by one of the methods below. */
  table(path: string, type: TableType, description: string, columns: readonly string[], rows: number): void {
    this.hdf5.group(path);
    this.describeTable(path, type, description, columns, rows);
  }

  /** Makes a table of a group that is there already. */
  describeTable(path: string, type: TableType, description: string, columns: readonly string[], rows: number): void {
    this.stamp(path, type, { description });
    this.hdf5.attribute(path, 'colnames', columns);
    this.hdf5.numbers(
      `${path}/id`,
      Int32Array.from({ length: rows }, (_, row) => row),
    );
    this.stamp(`${path}/id`, 'ElementIdentifiers');
  }

  /** A column of a table; without `values` the data set is there already. */
  column(table: string, name: string, description: string, values?: ColumnValues): void {
    const path = `${table}/${name}`;
    if (ArrayBuffer.isView(values)) this.hdf5.numbers(path, values);
    else if (values) this.hdf5.texts(path, values);
    this.stamp(path, 'VectorData', { description });
  }

  /** Makes a column ragged: row r holds its values from `ends[r − 1]` to `ends[r]`. */
  index(table: string, column: string, ends: Uint32Array): void {
    const path = `${table}/${column}_index`;
    this.hdf5.numbers(path, ends);
    this.stamp(path, 'VectorIndex', { description: `Index for column ${column}` });
    this.hdf5.referenceAttribute(path, 'target', `${table}/${column}`);
  }

  /** A data set of rows of another table. */
  rowsOf(target: string, path: string, description: string, rows: readonly number[]): void {
    this.hdf5.numbers(path, Int32Array.from(rows));
    this.stamp(path, 'DynamicTableRegion', { description });
    this.hdf5.referenceAttribute(path, 'table', target);
  }
}

/** A part of the file that is filled while the journal is read, and completed afterwards. */
export interface NwbPart {
  finish(): void;
}
