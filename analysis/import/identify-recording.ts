// Finds out which format a file or a folder holds, by how files begin and what they are called; analysis process.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AnalysisFailure } from '../failure.ts';
import { intan } from './intan/intan-format.ts';
import { nwb } from './nwb/nwb-format.ts';
import { openEphysBinary } from './open-ephys-binary/binary-format.ts';
import { openEphysLegacy } from './open-ephys-legacy/legacy-format.ts';
import { mayBePlain, plainFormat } from './plain/plain-format.ts';
import type { ImportFormat, RecordingReader } from './recording-reader.ts';
import { spikeGlx } from './spikeglx/spikeglx-format.ts';
import { type SourceFile, withFile } from './source-file.ts';

const formats: readonly ImportFormat[] = [intan, openEphysBinary, openEphysLegacy, spikeGlx, nwb, plainFormat];

const magicBytes = 64;
/** A recording's main file lies at most so deep in the folder that is named, and the folder is no whole disk. */
const depthMax = 5;
const filesMax = 20_000;

interface Found {
  format: ImportFormat;
  path: string;
}

/**
 * Opens the one recording that `path` names or contains.
 * @param stream one of several streams in it
 * @throws AnalysisFailure when there is none, more than one, or it is damaged.
 */
export async function openRecording(path: string, stream?: string): Promise<RecordingReader> {
  const { format, path: recording } = await identifyRecording(path);
  return format.open(recording, stream);
}

async function identifyRecording(path: string): Promise<Found> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return identifyFile(path);
  const found = await searchFolder(path);
  const [first] = found;
  if (first === undefined)
    throw new AnalysisFailure(
      `${path} holds no recording that can be imported.`,
      `Name a recording of ${formatNames()}.`,
    );
  if (found.length === 1) return first;
  throw new AnalysisFailure(
    `${path} holds ${found.length} recordings.`,
    `Name one of them: ${found
      .slice(0, 20)
      .map((each) => each.path)
      .join(', ')}${found.length > 20 ? ' …' : ''}.`,
  );
}

async function identifyFile(path: string): Promise<Found> {
  const format = await withFile(path, (file) => formatOf(file));
  if (format !== undefined) return { format, path: format.recordingOf?.(path) ?? path };
  if (mayBePlain(basename(path))) return { format: plainFormat, path };
  throw new AnalysisFailure(
    `${path}, byte 0: does not begin as a recording of ${formatNames()} does.`,
    'Name the main file of a recording, or its folder; plain samples need a .json file that describes them.',
  );
}

/** How a file begins counts more than what it is called. */
async function formatOf(file: SourceFile): Promise<ImportFormat | undefined> {
  const first = await file.readUpTo(0, magicBytes);
  return (
    formats.find((format) => format.hasMagic(first)) ?? formats.find((format) => format.hasName(basename(file.path)))
  );
}

async function searchFolder(folder: string): Promise<Found[]> {
  const found = new Map<string, ImportFormat>();
  let files = 0;
  const search = async (at: string, depth: number): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(at, entry.name);
      if (entry.isDirectory() && depth < depthMax) await search(path, depth + 1);
      if (!entry.isFile()) continue;
      if (++files > filesMax)
        throw new AnalysisFailure(`${folder} holds more than ${filesMax} files.`, 'Name the folder of one recording.');
      const format = await withFile(path, formatOf);
      if (format !== undefined) found.set(format.recordingOf?.(path) ?? path, format);
    }
  };
  await search(folder, 0);
  return Array.from(found, ([path, format]) => ({ format, path }));
}

function formatNames(): string {
  const names = formats.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
