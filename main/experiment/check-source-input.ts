// Checks the input of a source that sees pulses of the stimulator beside it; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { SyncWire } from '../../common/experiment/stimulator.ts';
import type { Reached } from './check-stimulated-electrodes.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';

export interface SourceInput {
  /** Of `stimulator`, where the input is named. */
  readonly key: 'sync' | 'marker';
  /** What it sees, for people. */
  readonly sees: string;
  readonly wire: Salvaged<SyncWire> | undefined;
  /** That are stimulated. */
  readonly electrodes: Reached;
}

/** @param channels of the source; undefined where the file does not tell */
export function checkSourceInput(
  { value, tree }: FileContent<Experiment>,
  { key, sees, wire, electrodes }: SourceInput,
  channels: number | undefined,
  problems: ProblemList,
): void {
  const channel = wire?.channel;
  if (channel === undefined) return;
  const place = tree.placeAt(['stimulator', key, 'channel']);
  const sent = /^CHANNEL-(\d+)$/.exec(channel)?.[1];
  if (value.source?.kind === 'intan-rhx') {
    if (sent !== undefined)
      problems.error(
        place,
        `RHX has no input ${channel}`,
        'Choose a digital input such as DIGITAL-IN-01, or an analogue one such as ANALOG-IN-1',
      );
    return;
  }
  if (sent === undefined)
    return problems.error(
      place,
      `The Open Ephys GUI sends no ${channel}: it sends channels by their numbers`,
      'Let it send the channel that sees the pulses, and write CHANNEL- and its number among those that are sent',
    );
  const number = Number(sent);
  if (channels !== undefined && number >= channels)
    problems.error(
      place,
      `There is no channel ${number}: the source has ${channels}`,
      `Choose CHANNEL-0 to CHANNEL-${channels - 1}`,
    );
  const resolution = value.source?.kind === 'open-ephys' ? value.source.microvoltsPerBit : undefined;
  const { levelVolts } = wire ?? {};
  if (resolution !== undefined && levelVolts !== undefined && resolution > levelVolts / 4)
    problems.error(
      tree.placeAt(['source', 'microvoltsPerBit']),
      `Steps of ${resolution} are too coarse for the channel of ${sees}: the GUI sends it in volts, with its level at ${levelVolts} V`,
      `Choose microvoltsPerBit up to ${levelVolts / 4}`,
    );
  if (electrodes.some((entry) => entry?.electrode === number))
    problems.error(
      place,
      `Channel ${number} sees ${sees}, and is named as an electrode that is stimulated`,
      'Choose another channel for one of them',
    );
}
