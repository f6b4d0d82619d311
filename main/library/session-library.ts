// The library of recorded sessions: finds them by an index, which follows what happens to their folders. Main process.
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type FoundSessions,
  type SessionEntry,
  type SessionQuery,
  sessionsShown,
} from '../../common/contract/sessions.ts';
import { nwbFileName } from '../../common/journal/session-documents.ts';
import type { TagLine } from '../../common/journal/session-annotations.ts';
import { lookAtFolders, type Looking } from './look-at-folders.ts';
import { inMemory, indexFileName, openIndex, type OpenedIndex } from './open-index.ts';
import { readSession } from './read-session.ts';
import type { SessionIndex } from './session-index.ts';
import { patiently } from './sqlite-errors.ts';
import { writeTag } from './session-tags.ts';

/** Files come in quick succession; the folders are looked at once for all of them. */
const settleMilliseconds = 300;
/** Fewer sessions are read before anybody could follow it. */
const toldFrom = 200;

export interface SessionLibraryOptions {
  sessionsFolder: string;
  /** Something in the list is other than before. */
  onChange: () => void;
  /** How many of the folders that are new or have changed are read; only told of many. */
  onReading: (read: number, of: number) => void;
  /** Opens the index. */
  open?: (sessionsFolder: string) => Promise<OpenedIndex>;
}

const isOfFileSystem = (error: unknown) => error instanceof Error && 'syscall' in error;

export class SessionLibrary {
  readonly #options: SessionLibraryOptions;
  #opened: Promise<OpenedIndex> | undefined;
  /** Whether the index was opened when the folder was there already. */
  #isOfFolder = false;
  #underway: Promise<void> | undefined;
  readonly #looking: Looking;
  #lookProblem: string | undefined;
  #hasLooked = false;
  #watcher: FSWatcher | undefined;
  #settling: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: SessionLibraryOptions) {
    this.#options = options;
    this.#looking = {
      onProgress: (read, of) => of >= toldFrom && options.onReading(read, of),
      isCancelled: () => this.#isClosed,
    };
  }

  /** @param recordingFolder the session that is being written now. @param looksAgain at all folders, before it answers */
  async find(
    { text = '', most = sessionsShown, ...filters }: SessionQuery,
    { recordingFolder, looksAgain = false }: { recordingFolder: string | undefined; looksAgain?: boolean },
  ): Promise<FoundSessions> {
    if (looksAgain || (await this.#isUnknown())) await this.#look();
    else if (!this.#hasLooked) void this.#look();
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const { sessionsFolder } = this.#options;
    return this.#use((index, problem) => {
      const { sessions, ...counts } = index.find({ ...filters, words, most });
      const entries = sessions.map(({ name, entry }): SessionEntry => {
        const folder = join(sessionsFolder, name);
        const { hasNwb, ...rest } = entry;
        const state = folder === recordingFolder ? 'recording' : rest.state;
        return { folder, ...rest, state, ...(hasNwb ? { nwb: join(folder, nwbFileName) } : {}) };
      });
      const problems = [problem, this.#lookProblem].filter((each) => each !== undefined);
      const told = problems.length === 0 ? {} : { problem: problems.join(' ') };
      return { sessions: entries, ...counts, choices: index.choices(), ...told };
    });
  }

  /** Something in a session's folder is other than before. */
  async note(folder: string): Promise<void> {
    if (this.#isClosed || resolve(folder, '..') !== resolve(this.#options.sessionsFolder)) return;
    const session = await readSession(folder);
    if (session === undefined) return;
    try {
      await this.#use((index) => index.change([session], []));
      this.#options.onChange();
    } catch (error) {
      if (!this.#isClosed) throw error;
    }
  }

  /** @returns the tags that the session has then. @throws Error of the file system */
  async tag(folder: string, line: TagLine): Promise<string[]> {
    const tags = await writeTag(folder, line);
    await this.note(folder);
    return tags;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#settling);
    this.#watcher?.close();
    await this.#underway;
    (await this.#opened)?.index.close();
  }

  /** Whether nothing is known yet: then the folders are looked at before anything is answered. */
  async #isUnknown(): Promise<boolean> {
    return !this.#hasLooked && (await this.#use((index) => index.stamps().size)) === 0;
  }

  #use<T>(work: (index: SessionIndex, problem: string | undefined) => T): Promise<T> {
    return this.#onIndex(({ index, problem }) => patiently(() => work(index, problem)));
  }

  /** What fails is done again on an index that is opened anew, for its file may have been deleted; what fails again is done in memory. */
  async #onIndex<T>(work: (opened: OpenedIndex) => Promise<T>): Promise<T> {
    for (const mend of [() => this.#open(), (error: unknown) => this.#giveUp(error)]) {
      const opened = await this.#index();
      try {
        return await work(opened);
      } catch (error) {
        if (this.#isClosed || isOfFileSystem(error)) throw error;
        const { index } = await this.#index();
        // Otherwise somebody has mended it meanwhile.
        if (index === opened.index) await this.#mend(index, mend(error));
      }
    }
    return work(await this.#index());
  }

  async #mend(broken: SessionIndex, instead: OpenedIndex | Promise<OpenedIndex>): Promise<void> {
    broken.close();
    this.#opened = Promise.resolve(instead);
    const { index } = await this.#opened;
    // What fails here fails again when it is asked.
    await lookAtFolders(this.#options.sessionsFolder, index, this.#looking).catch(() => undefined);
  }

  #giveUp(error: unknown): OpenedIndex {
    const file = join(this.#options.sessionsFolder, indexFileName);
    const why = error instanceof Error ? error.message : String(error);
    return inMemory(`The index ${file} can no longer be used: ${why}. It may be deleted; it is made again.`);
  }

  #open(): Promise<OpenedIndex> {
    const { sessionsFolder, open = openIndex } = this.#options;
    this.#isOfFolder = existsSync(sessionsFolder);
    return open(sessionsFolder);
  }

  #index(): Promise<OpenedIndex> {
    const isNewFolder = !this.#isOfFolder && existsSync(this.#options.sessionsFolder);
    if (this.#opened === undefined || isNewFolder) this.#opened = this.#open();
    return this.#opened;
  }

  /** Those who ask meanwhile wait for the same look. Never rejects. */
  #look(): Promise<void> {
    this.#underway ??= this.#lookNow().finally(() => (this.#underway = undefined));
    return this.#underway;
  }

  async #lookNow(): Promise<void> {
    const { sessionsFolder, onChange } = this.#options;
    this.#watch();
    try {
      const isOther = await this.#onIndex(({ index }) => lookAtFolders(sessionsFolder, index, this.#looking));
      this.#lookProblem = undefined;
      this.#hasLooked = true;
      if (isOther && !this.#isClosed) onChange();
    } catch (error) {
      if (this.#isClosed) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#lookProblem = `The sessions in ${sessionsFolder} cannot be looked at: ${why}.`;
    }
  }

  /** Sees folders come and go; what changes inside of them is seen when the list is looked at again. */
  #watch(): void {
    if (this.#watcher !== undefined || this.#isClosed) return;
    try {
      this.#watcher = watch(this.#options.sessionsFolder, { persistent: false }, (_event, name) => {
        if (name?.startsWith(indexFileName) === true || this.#isClosed) return;
        clearTimeout(this.#settling);
        this.#settling = setTimeout(() => void this.#look(), settleMilliseconds);
        this.#settling.unref();
      });
      this.#watcher.on('error', () => this.#unwatch());
    } catch {
      // No folder yet, or a system that does not tell: the list is looked at again whenever it is opened.
      this.#unwatch();
    }
  }

  #unwatch(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
