// Checks which electrodes of a source its stimulator reaches, and that every stimulus is on one of them; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import { electrodeSpans } from './electrode-spans.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';

/** Entries of `stimulator.electrodes`; undefined where one was lost to another mistake. */
export type Reached = readonly ({ readonly electrode?: number | undefined } | undefined)[];

/** @param channels of the source; undefined where the file does not tell */
export function checkStimulatedElectrodes(
  { tree }: FileContent<Experiment>,
  electrodes: Reached,
  channels: number | undefined,
  problems: ProblemList,
): void {
  const seen = new Set<number>();
  for (const [index, entry] of electrodes.entries()) {
    const electrode = entry?.electrode;
    if (electrode === undefined) continue;
    const place = tree.placeAt(['stimulator', 'electrodes', index, 'electrode']);
    if (seen.has(electrode)) problems.error(place, `electrode ${electrode} is named twice`, 'Name each electrode once');
    seen.add(electrode);
    if (channels !== undefined && electrode >= channels)
      problems.error(
        place,
        `There is no electrode ${electrode}: the source has ${channels}`,
        `Choose an electrode from 0 to ${channels - 1}`,
      );
  }
}

/** Each output once. */
export function checkOutputs(
  { tree }: FileContent<Experiment>,
  electrodes: readonly ({ readonly output?: number | undefined } | undefined)[],
  problems: ProblemList,
): void {
  const seen = new Set<number>();
  for (const [index, wire] of electrodes.entries()) {
    const output = wire?.output;
    if (output === undefined) continue;
    if (seen.has(output))
      problems.error(
        tree.placeAt(['stimulator', 'electrodes', index, 'output']),
        `output ${output} is named twice`,
        'Each output of the stimulator is one electrode of the source: name both once',
      );
    seen.add(output);
  }
}

/** A stimulus on an electrode that nothing reaches. Said only where no entry of the list was lost to another mistake. */
export function checkStimuliReached(
  { value, tree }: FileContent<Experiment>,
  electrodes: Reached,
  problems: ProblemList,
): void {
  const reached = electrodes.map((entry) => entry?.electrode);
  if (reached.length === 0 || reached.includes(undefined)) return;
  for (const [index, stimulus] of (value.stimuli ?? []).entries()) {
    const electrode = stimulus?.electrode;
    if (electrode === undefined || reached.includes(electrode)) continue;
    problems.error(
      tree.placeAt(['stimuli', index, 'electrode']),
      `No output of the stimulator is electrode ${electrode}`,
      `Choose one of those that stimulator.electrodes names (${electrodeSpans(reached)}), or add it there`,
    );
  }
}
