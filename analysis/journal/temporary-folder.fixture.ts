// A folder for the files of one test, removed afterwards; tests only.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toDisposable, type Disposable } from '../../common/base/disposable.ts';

export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'exocortex-analysis-'));
  return { path, ...toDisposable(() => rmSync(path, { recursive: true, force: true })) };
}
