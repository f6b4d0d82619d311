// The shipped experiment on a HID rig, for a board that a test has plugged in, on a computer that has other things to do.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Changes, shortBaseline, withChanges } from './experiment-copy.ts';
import { root } from './run-exocortex.ts';

/** As tolerant as the bench can be. */
const tolerance: Changes = {
  'lateTicksToTrip: 500': 'lateTicksToTrip: 10000',
  'lateTicksWindow: 1000': 'lateTicksWindow: 10000',
  'dataAgeToTripMilliseconds: 500': 'dataAgeToTripMilliseconds: 1000',
  'beatMaxMilliseconds: 300': 'beatMaxMilliseconds: 400',
};

const changed = (file: string, changes: Changes) => withChanges(readFileSync(file, 'utf8'), changes);

/** Writes it into `folder`. @param change parts of its text by what is put in their place @returns the file */
export function hidExperiment(folder: string, change: Changes = {}): string {
  const limits = changed(join(root, 'resources', 'limit-profiles', 'bench.yaml'), tolerance);
  writeFileSync(join(folder, 'limits.yaml'), limits);
  const experiment = changed(join(root, 'experiments', 'hid-rig', 'experiment.yaml'), {
    'network: network.yaml': `network: ${join(root, 'tests', 'fixtures', 'hid-rig', 'network.yaml')}`,
    'limitProfile: ../../resources/limit-profiles/bench.yaml': 'limitProfile: limits.yaml',
    'deadlineMilliseconds: 5': 'deadlineMilliseconds: 10',
    ...shortBaseline,
    ...change,
  });
  const file = join(folder, 'experiment.yaml');
  writeFileSync(file, experiment);
  return file;
}
