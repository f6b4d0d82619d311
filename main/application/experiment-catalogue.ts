// The experiment files that the pages offer, each checked when it is listed. Main thread.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExperimentDetails, ExperimentEntry } from '../../common/contract/commands.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import type { Source } from '../../common/experiment/source.ts';
import { describeParameters } from '../experiment/describe-parameters.ts';
import { describeStimuli } from '../experiment/describe-stimuli.ts';
import { type LoadedExperiment, loadExperiment } from '../experiment/load-experiment.ts';

const experimentFileName = 'experiment.yaml';

function entry(file: string, loaded: LoadedExperiment): ExperimentEntry {
  if (!loaded.ok) {
    const folder = file.split(/[\\/]/).at(-2) ?? file;
    return { file, name: folder, title: folder, description: '', sourceKind: 'unknown', problems: loaded.diagnostics };
  }
  const { name, title, description, source } = loaded.checked.experiment;
  return { file, name, title, description, sourceKind: source.kind, problems: loaded.diagnostics };
}

/** Every `<folder>/<name>/experiment.yaml`, by folder name; a folder without one is no experiment. */
async function loadAll(folder: string, stationFolder: string): Promise<{ file: string; loaded: LoadedExperiment }[]> {
  const names = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = names.filter((name) => name.isDirectory()).map((name) => join(folder, name.name, experimentFileName));
  const all = await Promise.all(
    files
      .filter((file) => existsSync(file))
      .map(async (file) => ({ file, loaded: await loadExperiment(file, { stationFolder }) })),
  );
  return all.sort((a, b) => a.file.localeCompare(b.file));
}

export async function listExperiments(folder: string, stationFolder: string): Promise<ExperimentEntry[]> {
  return (await loadAll(folder, stationFolder)).map(({ file, loaded }) => entry(file, loaded));
}

/** The sources of the experiments that can be read. */
export async function listSources(folder: string, stationFolder: string): Promise<Source[]> {
  const all = await loadAll(folder, stationFolder);
  return all.flatMap(({ loaded }) => (loaded.ok ? [loaded.checked.experiment.source] : []));
}

function details(file: string, loaded: LoadedExperiment, checked: CheckedExperiment | undefined): ExperimentDetails {
  return {
    ...entry(file, loaded),
    parameters: checked === undefined ? [] : describeParameters(checked),
    stimuli: checked === undefined ? [] : describeStimuli(checked),
    phases: checked?.experiment.phases.map((phase) => ({ ...phase })) ?? [],
  };
}

/** Everything that the Design view shows of one file; a bad file answers with its problems. */
export async function openExperiment(file: string, stationFolder: string): Promise<ExperimentDetails> {
  const loaded = await loadExperiment(file, { stationFolder });
  return details(file, loaded, loaded.ok ? loaded.checked : undefined);
}
