// What a review shows as a table: every column of the traces, and every spike, tick and request; pure; used in the page.
import { requestFate } from '../../../common/contract/review.ts';
import { csvCell } from '../plot-tables.ts';
import {
  activityTiles,
  forEachTile,
  type ReviewScene,
  traceTiles,
  type TraceSettings,
} from '../../../common/figures/review/review-scene.ts';
import { simulatedSpikes } from '../../../common/figures/review/simulated-spikes.ts';

const fateNames = Object.entries(requestFate);

/** Minimum and maximum of each shown electrode per column, µV. */
export function reviewTracesTable(scene: ReviewScene, widthPixels: number, settings: TraceSettings): string[] {
  const { description, window } = scene;
  const { seen } = traceTiles(scene, widthPixels, settings);
  const last = Math.min(settings.firstRow + settings.rows, description.channels);
  const channels = Array.from({ length: last - settings.firstRow }, (_, row) => settings.firstRow + row);
  const heads = channels.map((channel) => `E${channel}_min_microvolts,E${channel}_max_microvolts`);
  const rows = new Map<number, string[]>();
  const microvolts = (bits: number) => String(Math.round(bits * description.microvoltsPerBit * 1000) / 1000);
  forEachTile(scene.traces, seen, (tile, from, to) => {
    for (const channel of channels) {
      const row = (channel - tile.firstChannel) * tile.columns;
      if (row < 0 || channel >= tile.firstChannel + tile.channels) continue;
      for (let column = 0; column < tile.columns; column++) {
        const at = tile.fromSample + column * tile.samplesPerColumn;
        const [low, high] = [tile.minimum[row + column]!, tile.maximum[row + column]!];
        if (at < from || at >= to || at < window.fromSample || at >= window.toSample || low > high) continue;
        const cells = rows.get(at) ?? new Array<string>(channels.length).fill(',');
        cells[channel - settings.firstRow] = `${microvolts(low)},${microvolts(high)}`;
        rows.set(at, cells);
      }
    }
  });
  const seconds = (at: number) => (at / description.sampleRateHz).toFixed(6);
  return [
    `seconds,${heads.join(',')}\n`,
    ...[...rows].sort(([a], [b]) => a - b).map(([at, cells]) => `${seconds(at)},${cells.join(',')}\n`),
  ];
}

/** One line for each spike, tick, request and event of the window; what is only counted there is given per column. */
export function reviewEventsTable(scene: ReviewScene, widthPixels: number): string[] {
  const { description, window, events, notes } = scene;
  const rows: [at: number, kind: string, where: string, value: string, unit: string, words: string][] = [];
  const isSeen = (at: number) => at >= window.fromSample && at < window.toSample;
  const { seen } = activityTiles(scene, widthPixels);
  const { every, at: simulatedAt, neuron } = simulatedSpikes(scene.activity, seen, window);
  for (const [index, at] of simulatedAt.entries()) {
    const words = every === 1 ? '' : `1 of ${every} spikes`;
    rows.push([at, 'simulated spike', `neuron ${neuron[index]}`, '', '', words]);
  }
  forEachTile(scene.activity, seen, (tile, from, to) => {
    const isHere = (at: number) => at >= from && at < to && isSeen(at);
    tile.spikeAt.forEach((at, index) => {
      if (isHere(at))
        rows.push([at, 'spike', `E${tile.spikeChannel[index]}`, tile.spikeMicrovolts[index]!.toFixed(2), 'µV', '']);
    });
    tile.tickAt.forEach((at, index) => {
      const words = tile.tickIsLate[index] === 1 ? 'late' : '';
      if (isHere(at)) rows.push([at, 'latency', '', tile.tickMilliseconds[index]!.toFixed(4), 'ms', words]);
    });
    tile.requestAt.forEach((at, index) => {
      const fate = fateNames.find(([, number]) => number === tile.requestFates[index])?.[0] ?? '';
      const electrode = `E${tile.requestElectrode[index]}`;
      if (!isHere(at)) return;
      rows.push([at, 'asked', electrode, String(tile.askedMicroamps[index]), 'µA', fate]);
      rows.push([at, 'delivered', electrode, String(tile.deliveredMicroamps[index]), 'µA', fate]);
    });
    const counted = [
      ...(tile.hasSpikes ? [] : [['spikes', tile.spikeCounts] as const]),
      ...(tile.hasRequests
        ? []
        : [['deliveries', tile.deliveredCounts] as const, ['refusals', tile.refusedCounts] as const]),
    ];
    for (const [kind, counts] of counted)
      counts.forEach((count, column) => {
        const at = tile.fromSample + column * tile.samplesPerColumn;
        if (isHere(at)) rows.push([at, kind, '', String(count), `per ${tile.samplesPerColumn} samples`, '']);
      });
  });
  for (const { at, state, event } of events?.states ?? [])
    rows.push([at, 'interlock', '', '', '', `${state}: ${event}`]);
  for (const { at, name } of events?.phases ?? []) rows.push([at, 'phase', '', '', '', name]);
  for (const { at, message } of events?.faults ?? []) rows.push([at, 'fault', '', '', '', message]);
  for (const { at, lostSamples } of events?.gaps ?? []) rows.push([at, 'gap', '', String(lostSamples), 'samples', '']);
  for (const { at, text } of events?.marks ?? []) rows.push([at, 'mark', '', '', '', text]);
  for (const { fromSeconds, toSeconds, label, author } of notes)
    rows.push([
      fromSeconds * description.sampleRateHz,
      'note',
      '',
      (toSeconds - fromSeconds).toFixed(6),
      's',
      `${label} (${author})`,
    ]);
  const lines = rows
    .filter(([at]) => isSeen(at))
    .sort(([a], [b]) => a - b)
    .map(([at, ...cells]) => `${(at / description.sampleRateHz).toFixed(6)},${cells.map(csvCell).join(',')}\n`);
  return ['seconds,kind,where,value,unit,words\n', ...lines];
}
