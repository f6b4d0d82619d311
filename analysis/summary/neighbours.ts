// Which electrodes lie beside which; analysis process.
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { gridOffset } from '../../common/experiment/electrode-grid.ts';

/**
 * Tells whether two electrodes are neighbours: in one group of the recording's electrode groups (a stereotrode, a tetrode),
 * or, where the recording names none, beside or diagonal to each other on the smallest square grid that holds all
 * electrodes row by row, which is where the virtual rig has them. An electrode is its own neighbour.
 */
export function neighbourhood(checked: CheckedExperiment, channels: number): (a: number, b: number) => boolean {
  const groups = checked.recording?.sidecar.electrodeGroups;
  if (groups) {
    const groupOf = new Map(
      groups.flatMap((electrodes, group) => electrodes.map((electrode) => [electrode, group] as const)),
    );
    return (a, b) => a === b || (groupOf.has(a) && groupOf.get(a) === groupOf.get(b));
  }
  return (a, b) => {
    const { columns, rows } = gridOffset(channels, a, b);
    return columns <= 1 && rows <= 1;
  };
}
