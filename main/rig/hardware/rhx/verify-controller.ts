// Whether the controller behind RHX is the one that an experiment names; pure, runs in the rig thread.
import type { RhxSource } from '../../../../common/experiment/rhx-source.ts';
import { amplifierNames } from './columns.ts';
import type { RhxDescription } from './controller.ts';
import { RhxError } from './rhx-problem.ts';

const typeWords = (isStimulator: boolean) => (isStimulator ? 'rhs (Stim/Recording)' : 'rhd (Recording)');

/** @throws RhxError naming each difference */
export function checkController(description: RhxDescription, source: RhxSource): void {
  const { isStimulator, sampleRateHz, amplifiers } = description;
  const known = new Set(amplifierNames(description));
  const missing = source.channels.filter((channel) => !known.has(channel));
  const wrong = [
    ...(isStimulator === (source.controller === 'rhs')
      ? []
      : [`RHX runs a controller ${typeWords(isStimulator)}, the experiment says ${source.controller}`]),
    ...(sampleRateHz === source.sampleRateHz
      ? []
      : [`RHX samples at ${sampleRateHz} Hz, the experiment says ${source.sampleRateHz} Hz`]),
    ...(missing.length === 0 ? [] : [`RHX sees no channel ${missing.join(', ')}`]),
    ...source.ports
      .filter(({ port, channels }) => amplifiers[port] !== channels)
      .map(
        ({ port, channels }) =>
          `RHX sees ${amplifiers[port]} channels on port ${port}, the experiment says ${channels}`,
      ),
  ];
  if (wrong.length > 0) throw new RhxError('another-controller', wrong.join('; '));
}
