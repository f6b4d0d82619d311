// The opened index of a session: its levels and tables, read at places, whole or still growing; analysis process.
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import { digitalInputsOf } from '../journal/digital-inputs-of.ts';
import { journalFile } from '../journal/session-folder.ts';
import {
  CountColumns,
  countLevelName,
  disorderSeconds,
  firstCountLevel,
  levelCount,
  reviewFolderName,
  tableFileName,
  type TableName,
  tableNames,
  tableRows,
  traceLevelName,
} from './review-layout.ts';
import { RowReader } from './row-file.ts';

/** What an index holds now; the numbers grow while it is being made. */
export interface IndexContent {
  readonly firstSample: number;
  readonly samples: number;
  /** Bytes of the journal that the index was made from. */
  readonly journalBytes: number;
  readonly rows: Readonly<Record<string, number>>;
}

export class ReviewIndex {
  readonly folder: string;
  readonly opening: SessionOpening;
  readonly columns: CountColumns;
  readonly #content: () => IndexContent;
  readonly #readers: ReadonlyMap<string, RowReader>;
  readonly journal: FileHandle;

  private constructor(
    folder: string,
    opening: SessionOpening,
    content: () => IndexContent,
    readers: ReadonlyMap<string, RowReader>,
    journal: FileHandle,
  ) {
    this.folder = folder;
    this.opening = opening;
    this.columns = columnsOf(opening);
    this.#content = content;
    this.#readers = readers;
    this.journal = journal;
  }

  /** @param folder of the session. The files of the index are there. @param content how much of them may be believed now */
  static async open(folder: string, opening: SessionOpening, content: () => IndexContent): Promise<ReviewIndex> {
    const readers = new Map<string, RowReader>();
    const add = async (name: string, rowBytes: number) =>
      readers.set(
        name,
        await RowReader.open(join(folder, reviewFolderName, name), rowBytes, () => content().rows[name] ?? 0),
      );
    for (let level = 0; level < levelCount; level++) await add(traceLevelName(level), 4 * opening.channels);
    for (let level = firstCountLevel; level < levelCount; level++)
      await add(countLevelName(level), columnsOf(opening).bytes);
    for (const table of tableNames) await add(tableFileName(table), tableRows[table].bytes);
    return new ReviewIndex(folder, opening, content, readers, await open(journalFile(folder), 'r'));
  }

  get content(): IndexContent {
    return this.#content();
  }
  get disorderSamples(): number {
    return disorderSeconds * this.opening.sampleRateHz;
  }

  traces(level: number): RowReader {
    return this.#reader(traceLevelName(level));
  }
  counts(level: number): RowReader {
    return this.#reader(countLevelName(level));
  }
  table(table: TableName): RowReader {
    return this.#reader(tableFileName(table));
  }

  /** Rows of a table that may lie between two samples: the table's disorder is allowed for. */
  async rowsAround(table: TableName, fromSample: number, toSample: number): Promise<[from: number, to: number]> {
    const rows = this.table(table);
    return [
      await rows.lowerBound(fromSample - this.disorderSamples),
      await rows.lowerBound(toSample + this.disorderSamples),
    ];
  }

  async close(): Promise<void> {
    for (const reader of this.#readers.values()) await reader.close();
    await this.journal.close();
  }

  #reader(name: string): RowReader {
    const reader = this.#readers.get(name);
    if (reader === undefined) throw new Error(`the review index has no ${name}`);
    return reader;
  }
}

/** How rows of counts of a session are laid out. */
export const columnsOf = (opening: SessionOpening) =>
  new CountColumns(opening.channels, opening.simulation.populations.length, digitalInputsOf(opening).length);
