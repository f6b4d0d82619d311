// Checks a recording's sample file against its sidecar: there, complete and unchanged; used by the main process.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { RecordingSidecar } from '../../common/experiment/recording-sidecar.ts';
import { besideFile } from './beside-file.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import { explainUnreadable } from './read-text.ts';

const bytesPerSample = 2;

export async function checkRecording(sidecar: FileContent<RecordingSidecar>, problems: ProblemList): Promise<void> {
  checkElectrodeGroups(sidecar, problems);
  const { value, tree } = sidecar;
  if (value.samples === undefined) return;
  const file = besideFile(tree.file, value.samples);
  try {
    const { size } = await stat(file);
    if (checkLength(sidecar, file, size, problems)) await checkHash(sidecar, file, problems);
  } catch (error) {
    problems.error(tree.placeAt(['samples']), ...(await explainUnreadable(file, error)));
  }
}

function checkElectrodeGroups({ value, tree }: FileContent<RecordingSidecar>, problems: ProblemList): void {
  const { channels, electrodeGroups } = value;
  if (channels === undefined) return;
  for (const [index, group] of (electrodeGroups ?? []).entries()) {
    for (const [position, channel] of (group ?? []).entries()) {
      if (channel === undefined || channel < channels) continue;
      const place = tree.placeAt(['electrodeGroups', index, position]);
      problems.error(
        place,
        `There is no channel ${channel}: the recording has ${channels}`,
        `Write a channel from 0 to ${channels - 1}`,
      );
    }
  }
}

/** @returns whether the file is as long as the sidecar promises. */
function checkLength(
  { value, tree }: FileContent<RecordingSidecar>,
  file: string,
  bytes: number,
  problems: ProblemList,
): boolean {
  const { channels, sampleCount } = value;
  if (channels === undefined || sampleCount === undefined) return false;
  const perSample = channels * bytesPerSample;
  if (bytes === sampleCount * perSample) return true;
  const isShort = bytes < sampleCount * perSample;
  const rest = bytes % perSample === 0 ? '' : ` and ${bytes % perSample} bytes of one more`;
  problems.error(
    tree.placeAt(['sampleCount']),
    `The recording is ${isShort ? 'truncated' : 'longer than its sidecar says'}: ${file} holds ${Math.floor(bytes / perSample)} samples of ${channels} channels${rest}, the sidecar promises ${sampleCount}`,
    isShort
      ? 'Copy the sample file again; if that is all there is, correct sampleCount and sha256'
      : 'Correct sampleCount or channels',
  );
  return false;
}

async function checkHash(
  { value, tree }: FileContent<RecordingSidecar>,
  file: string,
  problems: ProblemList,
): Promise<void> {
  if (value.sha256 === undefined) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found === value.sha256) return;
  problems.error(
    tree.placeAt(['sha256']),
    `${file} is not the file that the sidecar describes: its SHA-256 is ${found}`,
    'Copy the sample file again; if it was changed on purpose, correct sha256',
  );
}
