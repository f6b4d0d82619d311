// A folder in which made-up sessions are exported and the files opened again; tests only.
import type { Disposable } from '../../common/base/disposable.ts';
import { writeSessionFixture, type SessionFixture } from '../journal/session.fixture.ts';
import { temporaryFolder } from '../journal/temporary-folder.fixture.ts';
import { exportNwb, type ExportNwbOptions } from './export-nwb.ts';
import { NwbReader } from './nwb-reader.fixture.ts';

export class ExportBench implements Disposable {
  readonly #folder = temporaryFolder();
  #opened: NwbReader | undefined;

  get folder(): string {
    return this.#folder.path;
  }

  /** Writes a session, exports it and opens the file; one that was open before is closed. */
  async exported(
    session: SessionFixture,
    options: Partial<ExportNwbOptions> = {},
    journal?: Uint8Array,
  ): Promise<NwbReader> {
    this.#opened?.dispose();
    writeSessionFixture(this.folder, session, journal);
    const { nwbFile } = await exportNwb({ folder: this.folder, ...options });
    return (this.#opened = new NwbReader(nwbFile));
  }

  dispose(): void {
    this.#opened?.dispose();
    this.#folder.dispose();
  }
}
