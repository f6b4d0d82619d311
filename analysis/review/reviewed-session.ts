// One session that is looked at: takes its index as it lies there, or makes it, and follows a recording that goes on; analysis process.
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReviewDescription, ReviewProgress } from '../../common/contract/review.ts';
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import type { JournalCondition } from '../../common/journal/session-summary.ts';
import { AnalysisFailure } from '../failure.ts';
import { JournalReader } from '../journal/read-journal.ts';
import { digitalInputsOf } from '../journal/digital-inputs-of.ts';
import { journalFile, readOpening } from '../journal/session-folder.ts';
import { writeJsonFile } from '../write-json-file.ts';
import { journalChecksum } from './journal-checksum.ts';
import { ReviewBuilder } from './review-builder.ts';
import { type IndexContent, ReviewIndex } from './review-index.ts';
import {
  reviewFolderName,
  reviewFormat,
  type ReviewHead,
  reviewHeadName,
  tableRows,
  tableFileName,
  tableNames,
} from './review-layout.ts';

export interface ReviewedSessionParts {
  folder: string;
  /** Whether its journal is still being written. */
  isRecording: boolean;
  onProgress: (progress: ReviewProgress) => void;
  signal?: AbortSignal;
  /** Resolves when it is worth while to look for more of the journal. */
  waitForMore: () => Promise<void>;
}

/** An index that is complete, if there is one that fits the journal as it is now. */
export async function readHead(folder: string, opening: SessionOpening): Promise<ReviewHead | undefined> {
  const files = join(folder, reviewFolderName);
  try {
    const head = JSON.parse(await readFile(join(files, reviewHeadName), 'utf8')) as ReviewHead;
    if (head.format !== reviewFormat || head.session !== opening.session) return undefined;
    const journal = await open(journalFile(folder), 'r');
    try {
      const { size } = await journal.stat();
      if (size !== head.journal.bytes || (await journalChecksum(journal, size)) !== head.journal.crc32)
        return undefined;
    } finally {
      await journal.close();
    }
    for (const table of tableNames) {
      const name = tableFileName(table);
      const { size } = await stat(join(files, name));
      if (size < (head.rows[name] ?? 0) * tableRows[table].bytes) return undefined;
    }
    return head;
  } catch {
    return undefined;
  }
}

export class ReviewedSession {
  readonly index: ReviewIndex;
  readonly #parts: ReviewedSessionParts;
  readonly #builder: ReviewBuilder | undefined;
  readonly #reader: JournalReader | undefined;
  #progress: ReviewProgress;
  #isRecording: boolean;
  #lost: number;
  /** Resolves when the index is whole, rejects when it cannot be made. */
  readonly whole: Promise<void>;

  private constructor(
    parts: ReviewedSessionParts,
    index: ReviewIndex,
    head: ReviewHead | undefined,
    making: { builder: ReviewBuilder; reader: JournalReader } | undefined,
  ) {
    this.#parts = parts;
    this.index = index;
    this.#builder = making?.builder;
    this.#reader = making?.reader;
    this.#isRecording = parts.isRecording;
    this.#lost = head?.framesLost ?? 0;
    this.#progress =
      head === undefined
        ? { state: 'reading', fraction: 0, samples: 0 }
        : { state: 'whole', fraction: 1, samples: head.samples };
    this.whole = making === undefined ? Promise.resolve() : this.#make(making.builder, making.reader);
    // Whoever waits for it hears of it; nobody has to.
    this.whole.catch(() => undefined);
  }

  /** @throws AnalysisFailure when there is no session, or its folder cannot be written. */
  static async open(parts: ReviewedSessionParts): Promise<ReviewedSession> {
    const { folder } = parts;
    const opening = await readOpening(folder);
    const head = parts.isRecording ? undefined : await readHead(folder, opening);
    if (head !== undefined) {
      const { firstSample, samples, rows, journal } = head;
      const content: IndexContent = { firstSample, samples, rows, journalBytes: journal.bytes };
      return new ReviewedSession(parts, await ReviewIndex.open(folder, opening, () => content), head, undefined);
    }
    const builder = await newBuilder(folder, opening);
    const reader = await JournalReader.open(journalFile(folder));
    const content = (): IndexContent => ({
      firstSample: builder.firstSample,
      samples: builder.samples,
      rows: builder.rows,
      journalBytes: reader.condition.validBytes,
    });
    return new ReviewedSession(parts, await ReviewIndex.open(folder, opening, content), undefined, { builder, reader });
  }

  /** The recording has ended: nothing is added to the journal any more. */
  recorded(): void {
    this.#isRecording = false;
  }

  describe(): ReviewDescription {
    const { opening, folder } = this.index;
    const { experiment } = opening.checked;
    return {
      ...this.#progress,
      folder,
      session: opening.session,
      experiment: experiment.title,
      ...(experiment.subject === undefined ? {} : { subject: experiment.subject.id }),
      operator: opening.operator,
      startedAt: opening.startedAt,
      isArmed: opening.isArmed,
      channels: opening.channels,
      sampleRateHz: opening.sampleRateHz,
      microvoltsPerBit: opening.microvoltsPerBit,
      deadlineMilliseconds: experiment.deadlineMilliseconds,
      populations: opening.simulation.populations.map(({ name, firstNeuron, neurons }) => ({
        name,
        firstNeuron,
        neurons,
      })),
      digitalInputs: [...digitalInputsOf(opening)],
      plasticSynapses: opening.simulation.plasticSynapses,
      framesLost: this.#lost,
    };
  }

  async close(): Promise<void> {
    await this.whole.catch(() => undefined);
    await this.#reader?.close();
    this.#builder?.close();
    await this.index.close();
  }

  async #make(builder: ReviewBuilder, reader: JournalReader): Promise<void> {
    const { signal } = this.#parts;
    const visit = builder.frame.bind(builder);
    const tell = (state: ReviewProgress['state'], fraction: number) => {
      builder.flush();
      this.#lost = reader.condition.framesLost;
      this.#parts.onProgress((this.#progress = { state, fraction, samples: builder.samples }));
    };
    const onProgress = (fraction: number) => tell('reading', fraction);
    while (this.#isRecording) {
      await reader.read(visit, { isWhole: false, signal, onProgress });
      if (builder.isClosed) break;
      tell('growing', 1);
      await this.#parts.waitForMore();
      signal?.throwIfAborted();
    }
    await reader.read(visit, { isWhole: true, signal, onProgress });
    builder.finish();
    await this.#writeHead(builder, reader.condition);
    tell('whole', 1);
  }

  async #writeHead(builder: ReviewBuilder, condition: JournalCondition): Promise<void> {
    const { folder, opening, columns } = this.index;
    const bytes = condition.validBytes + condition.tornBytes;
    const head: ReviewHead = {
      format: reviewFormat,
      session: opening.session,
      journal: { bytes, crc32: await journalChecksum(this.index.journal, bytes) },
      channels: columns.channels,
      populations: columns.populations,
      digitalInputs: columns.inputs,
      firstSample: builder.firstSample,
      samples: builder.samples,
      framesLost: condition.framesLost,
      tornBytes: condition.tornBytes,
      rows: builder.rows,
    };
    await writeJsonFile(join(folder, reviewFolderName, reviewHeadName), head);
  }
}

async function newBuilder(folder: string, opening: SessionOpening): Promise<ReviewBuilder> {
  const files = join(folder, reviewFolderName);
  try {
    await rm(files, { recursive: true, force: true });
    await mkdir(files);
    return new ReviewBuilder(files, opening);
  } catch (error) {
    throw new AnalysisFailure(
      `The index for the review cannot be written into ${files}: ${String(error)}.`,
      'Check the rights of the folder and the free space of the disk, or copy the session to where it can be written.',
      { cause: error },
    );
  }
}
