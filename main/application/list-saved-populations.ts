// Finds the saved states that the population of an experiment can go on from. Main thread.
import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type SavedPopulation,
  type SavedPopulations,
  savedPopulationsMax,
} from '../../common/contract/saved-populations.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { simulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import { type StateHeader, stateHeaderSchema, stateNetwork } from '../../common/simulation-protocol/saved-state.ts';

/** The head names all arrays of the network: a longer one is of no network that this program builds. */
const headBytesMax = 4 * 2 ** 20;
const pieceBytes = 64 * 2 ** 10;

/** @param folders of sessions of the experiment; one that cannot be read has no states */
export async function listSavedPopulations(
  checked: CheckedExperiment,
  folders: readonly string[],
): Promise<SavedPopulations> {
  const network = createHash('sha256')
    .update(stateNetwork(simulationConfiguration(checked)))
    .digest('hex');
  const states: SavedPopulation[] = [];
  let ofOtherNetworks = 0;
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((each) => each.endsWith('.state'))) {
      const file = join(folder, name);
      const found = await lookAt(file);
      if (found === undefined) continue;
      const { head, savedAt, bytes } = found;
      if (head.network !== network) ofOtherNetworks++;
      else {
        const populationMilliseconds = head.step * checked.network.stepMilliseconds;
        states.push({ file, session: basename(folder), savedAt, populationMilliseconds, bytes });
      }
    }
  }
  states.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
  return { states: states.slice(0, savedPopulationsMax), ofOtherNetworks };
}

/** @returns undefined for a file that is not there, or not a saved state. */
async function lookAt(path: string): Promise<{ head: StateHeader; savedAt: string; bytes: number } | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  try {
    const head = stateHeaderSchema.safeParse(JSON.parse((await firstLine(file)) ?? ''));
    const about = await file?.stat();
    if (!head.success || about === undefined) return undefined;
    return { head: head.data, savedAt: about.mtime.toISOString(), bytes: about.size };
  } catch {
    // Something else under such a name.
    return undefined;
  } finally {
    await file?.close();
  }
}

async function firstLine(file: FileHandle | undefined): Promise<string | undefined> {
  const piece = Buffer.alloc(pieceBytes);
  let text = '';
  while (file !== undefined && text.length < headBytesMax) {
    const { bytesRead } = await file.read(piece, 0, pieceBytes);
    if (bytesRead === 0) return undefined;
    text += piece.toString('utf8', 0, bytesRead);
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
  }
  return undefined;
}
