// What a review shows as a table: every column of the traces, and every spike, tick, request and edge, of one session or two; pure; used in the page.
import { requestFate } from '../../../common/contract/review.ts';
import { csvCell } from '../plot-tables.ts';
import { type EventRow, inputRows } from './input-table.ts';
import {
  activityTiles,
  forEachTile,
  type ReviewScene,
  type TraceScene,
  traceTiles,
  type TraceSettings,
} from '../../../common/figures/review/review-scene.ts';
import { simulatedSpikes } from '../../../common/figures/review/simulated-spikes.ts';

const fateNames = Object.entries(requestFate);

/** A session of which a table is made. The first one is a whole review; of a second one there are the traces and the digital inputs. */
export type TabledSession = { shiftSeconds: number } & (
  { letter: 'A'; scene: ReviewScene } | { letter: 'B'; scene: TraceScene }
);

/** A line of a table. */
interface Line {
  seconds: number;
  cells: string;
}

/** Of two sessions, each line has its session's letter and the time of both clocks: the first session's, and its own. */
function tableOf(head: string, sessions: readonly { of: TabledSession; lines: readonly Line[] }[]): string[] {
  const told = (seconds: number) => seconds.toFixed(6);
  if (sessions.length === 1)
    return [
      `seconds,${head}\n`,
      ...sessions.flatMap(({ lines }) => lines.map(({ seconds, cells }) => `${told(seconds)},${cells}\n`)),
    ];
  return [
    `session,seconds,seconds_of_session,${head}\n`,
    ...sessions.flatMap(({ of: { letter, shiftSeconds }, lines }) =>
      lines.map(({ seconds, cells }) => `${letter},${told(seconds - shiftSeconds)},${told(seconds)},${cells}\n`),
    ),
  ];
}

/** Minimum and maximum of each shown electrode per column, µV. */
export function tracesTables(
  sessions: readonly TabledSession[],
  widthPixels: number,
  settings: TraceSettings,
): string[] {
  const most = Math.max(...sessions.map(({ scene }) => scene.description.channels));
  const last = Math.min(settings.firstRow + settings.rows, most);
  const channels = Array.from({ length: last - settings.firstRow }, (_, row) => settings.firstRow + row);
  const heads = channels.map((channel) => `E${channel}_min_microvolts,E${channel}_max_microvolts`);
  return tableOf(
    heads.join(','),
    sessions.map((of) => ({ of, lines: traceLines(of.scene, widthPixels, settings, channels) })),
  );
}

function traceLines(
  scene: TraceScene,
  widthPixels: number,
  settings: TraceSettings,
  channels: readonly number[],
): Line[] {
  const { description, window } = scene;
  const { seen } = traceTiles(scene, widthPixels, settings);
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
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([at, cells]) => ({ seconds: at / description.sampleRateHz, cells: cells.join(',') }));
}

/** One line for each spike, tick, request, edge and event of the window; what is only counted there is given per column. */
export function eventsTables(sessions: readonly TabledSession[], widthPixels: number): string[] {
  return tableOf(
    'kind,where,value,unit,words',
    sessions.map((of) => {
      const rows = [
        ...(of.letter === 'A' ? eventRows(of.scene, widthPixels) : []),
        ...inputRows(of.scene, widthPixels),
      ];
      const { sampleRateHz } = of.scene.description;
      const lines = rows
        .sort(([a], [b]) => a - b)
        .map(([at, ...cells]) => ({ seconds: at / sampleRateHz, cells: cells.map(csvCell).join(',') }));
      return { of, lines };
    }),
  );
}

function eventRows(scene: ReviewScene, widthPixels: number): EventRow[] {
  const { description, window, events, notes } = scene;
  const rows: EventRow[] = [];
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
  return rows.filter(([at]) => isSeen(at));
}
