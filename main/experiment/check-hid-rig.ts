// Checks how an experiment wants a HID rig to acquire; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { HidSource } from '../../common/experiment/hid-source.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';
import { isWholeMultiple } from './whole-multiple.ts';

/** What the board's filter lets pass: to be told to the board, and to be seen in the samples. */
export function checkHidRig(experiment: FileContent<Experiment>, problems: ProblemList): void {
  const source = experiment.value.source as Salvaged<HidSource> | undefined;
  if (source?.kind !== 'hid-rig') return;
  const { lowCutHz: low, highCutHz: high, sampleRateHz } = source;
  const at = (key: string) => experiment.tree.placeAt(['source', key]);
  if (low !== undefined && !isWholeMultiple(low * 1000, 1))
    problems.error(
      at('lowCutHz'),
      `The lower edge of ${low} Hz has more than three places after the point, which a board cannot be told`,
      `Choose ${Math.round(low * 1000) / 1000}`,
    );
  if (low !== undefined && high !== undefined && low >= high)
    problems.error(
      at('lowCutHz'),
      `The board's filter from ${low} Hz to ${high} Hz lets nothing pass`,
      'Choose lowCutHz below highCutHz',
    );
  if (high !== undefined && sampleRateHz !== undefined && high > sampleRateHz / 2)
    problems.warning(
      at('highCutHz'),
      `The board lets pass up to ${high} Hz, but samples at ${sampleRateHz} Hz show what is above ${sampleRateHz / 2} Hz as something else`,
      `Choose highCutHz up to ${sampleRateHz / 2} where the board can do that, or a higher sampleRateHz`,
    );
}
