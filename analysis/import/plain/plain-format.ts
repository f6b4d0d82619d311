// Imports a plain file of samples that a .json file beside it describes; analysis process.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { plainRecordingSchema, type PlainRecording } from '../../../common/experiment/plain-recording.ts';
import { recordingSidecarSchema } from '../../../common/experiment/recording-sidecar.ts';
import { AnalysisFailure } from '../../failure.ts';
import { badFile } from '../bad-file.ts';
import type { ImportFormat } from '../recording-reader.ts';
import { isFile, readSmallText, SourceFile } from '../source-file.ts';
import { PlainReader } from './plain-reader.ts';

/** A plain file's description with the checksum that our own recordings have. */
type Described = PlainRecording & { sha256?: string };

const sidecarName = /\.json$/i;
const dataName = /\.(dat|bin|raw)$/i;

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  const at = (of: unknown, key: PropertyKey) =>
    typeof of === 'object' && of !== null ? (of as Record<PropertyKey, unknown>)[key] : undefined;
  return path.length > 0 && path.reduce(at, value) === undefined;
}

function describe(path: string, text: string): Described {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw badFile(path, 'as JSON', error instanceof Error ? error.message : String(error), 'Correct the file.');
  }
  const isOwn =
    typeof value === 'object' && value !== null && 'format' in value && value.format === 'exocortex-recording/1';
  const parsed = (isOwn ? recordingSidecarSchema : plainRecordingSchema).safeParse(value);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const key = first?.path.join('.') ?? '';
    throw badFile(
      path,
      key === '' ? 'at its top' : `key ${key}`,
      isMissing(value, first?.path ?? []) ? 'is missing' : (first?.message ?? 'is not understood'),
      'docs/import.md lists the keys of the file that describes plain samples.',
    );
  }
  const { data } = parsed;
  if (data.format === 'plain-recording/1') return data;
  const { samples, sampleType, channels, sampleRateHz, microvoltsPerBit, sampleCount, sha256 } = data;
  const { channelNames } = data.provenance ?? {};
  return {
    format: 'plain-recording/1',
    ...{ samples, sampleType, channels, sampleRateHz, microvoltsPerBit, sampleCount, sha256 },
    ...(channelNames === undefined ? {} : { channelNames }),
  };
}

async function checkHash(file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('hex') !== sha256)
    throw new AnalysisFailure(
      `${file} is not the file that its sidecar describes: its SHA-256 is another.`,
      'Copy the sample file again; if it was changed on purpose, correct sha256.',
    );
}

/** Where samples are named, the description of the same name beside them. */
async function sidecarOf(path: string): Promise<string> {
  if (sidecarName.test(path)) return path;
  const beside = [path.replace(dataName, '.json'), `${path}.json`];
  for (const each of beside) if (await isFile(each)) return each;
  throw new AnalysisFailure(
    `${path} does not say what it holds, and there is no ${basename(beside[0] ?? path)} beside it.`,
    'Write one with sample type, channels, rate and scale: docs/import.md lists its keys.',
  );
}

/** Whether a file may be plain samples, or say what such a file holds: its name alone does not tell. */
export function mayBePlain(fileName: string): boolean {
  return sidecarName.test(fileName) || dataName.test(fileName);
}

export const plainFormat: ImportFormat = {
  name: 'plain samples',
  hasMagic: (first) => /"(exocortex|plain)-recording\/1"/.test(Buffer.from(first).toString('latin1')),
  hasName: () => false,
  async open(path) {
    const sidecar = await sidecarOf(path);
    const described = describe(sidecar, await readSmallText(sidecar));
    const { channels, channelNames, sha256 } = described;
    if (channelNames !== undefined && channelNames.length !== channels)
      throw badFile(
        sidecar,
        'key channelNames',
        `${channelNames.length} names for ${channels} channels`,
        'Name every channel, or none.',
      );
    const samples = await SourceFile.open(join(dirname(sidecar), described.samples));
    try {
      const reader = new PlainReader(sidecar, samples, described);
      if (sha256 !== undefined) await checkHash(samples.path, sha256);
      return reader;
    } catch (error) {
      await samples.close();
      throw error;
    }
  },
};
