// An experiment that stimulates often and from the beginning on, so that a kill meets pulses under way.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Writes the experiment beside the shipped ones' limits. @param root of the repository. @returns its path. */
export function writeBusyExperiment(root: string, folder: string): string {
  const shipped = join(root, 'experiments', 'closed-loop-virtual');
  const read = (name: string) => parse(readFileSync(join(shipped, name), 'utf8')) as Record<string, unknown>;
  const network = read('network.yaml');
  const readouts = network['readouts'] as Record<string, unknown>[];
  const often = readouts.map((readout) => ({ ...readout, spikesToRequest: 1, holdOffMilliseconds: 25 }));
  writeFileSync(join(folder, 'network.yaml'), stringify({ ...network, readouts: often }));
  const file = join(folder, 'experiment.yaml');
  const experiment = {
    ...read('experiment.yaml'),
    limitProfile: join(root, 'resources', 'limit-profiles', 'bench.yaml'),
    phases: [{ name: 'closed-loop', seconds: 600, stimulation: true }],
  };
  writeFileSync(file, stringify(experiment));
  return file;
}
