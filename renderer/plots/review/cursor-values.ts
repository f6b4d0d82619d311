// The exact values of a review at a moment, in words; pure; used in the page.
import { refusalCodes } from '../../../common/contract/refusals.ts';
import { type ReviewActivity, type RequestFate, requestFate } from '../../../common/contract/review.ts';
import { pulseOutcomes } from '../../../common/device-protocol/device-outcome.ts';
import {
  formatClock,
  formatHertz,
  formatMicrovolts,
  formatMilliseconds,
  formatNumber,
  formatSpan,
} from '../../../common/figures/format-quantity.ts';
import type { EventWords } from '../../../common/figures/review/paint-events.ts';
import {
  type CountedScene,
  activityTiles,
  type ReviewScene,
  type TraceScene,
  traceTiles,
  type TraceSettings,
} from '../../../common/figures/review/review-scene.ts';
import { blockChannels } from '../../../common/figures/review/review-scene.ts';
import { tileSpan } from '../../../common/figures/review/trace-columns.ts';

export interface CursorValue {
  name: string;
  value: string;
}

const fateWords: Record<RequestFate, string> = {
  [requestFate.delivered]: 'delivered',
  [requestFate.refused]: 'refused',
  [requestFate.refusedByDevice]: 'refused by the device',
  [requestFate.unanswered]: 'not answered by the device',
  [requestFate.undecided]: 'not decided when the session ended',
};

/**
 * @param widthPixels device pixels of the lanes: decides which pieces are there.
 * @param channel electrode whose trace is read; undefined: none.
 */
export function valuesAt(
  scene: ReviewScene,
  sample: number,
  widthPixels: number,
  settings: TraceSettings,
  channel: number | undefined,
  words: EventWords,
): CursorValue[] {
  const { description } = scene;
  const at = Math.min(Math.max(0, Math.floor(sample)), Math.max(0, description.samples - 1));
  const values: CursorValue[] = [
    { name: 'Time', value: formatClock(at / description.sampleRateHz) },
    { name: 'Sample', value: formatNumber(at) },
  ];
  if (channel !== undefined)
    values.push({ name: `E${channel}`, value: traceWords(scene, at, widthPixels, settings, channel) });
  const activity = activityAt(scene, at, widthPixels);
  const nearSamples = 6 * (scene.window.samples / Math.max(1, widthPixels));
  if (activity !== undefined) values.push(...activityWords(scene, activity, at, nearSamples));
  values.push(...inputValues(scene, at, widthPixels));
  const { events } = scene;
  const phase = events?.phases.findLast((each) => each.at <= at);
  if (phase !== undefined) values.push({ name: 'Phase', value: phase.name });
  const state = events?.states.findLast((each) => each.at <= at);
  if (state !== undefined) values.push({ name: 'Interlock', value: `${words.state[state.state]} (${state.event})` });
  const fault = events?.faults.find((each) => Math.abs(each.at - at) <= nearSamples);
  if (fault !== undefined) values.push({ name: fault.isFirst ? 'Trip' : 'Fault', value: fault.message });
  return values;
}

/**
 * Of the session that is laid over the reviewed one: its time, trace and digital inputs, each with its letter.
 * @param sample of the reviewed session, `first`
 */
export function secondValues(
  second: { scene: TraceScene; shiftSeconds: number } | undefined,
  first: ReviewScene,
  sample: number,
  widthPixels: number,
  settings: TraceSettings,
  channel: number | undefined,
): CursorValue[] {
  if (second === undefined) return [];
  const { scene, shiftSeconds } = second;
  const { sampleRateHz, samples, channels } = scene.description;
  const seconds = sample / first.description.sampleRateHz + shiftSeconds;
  const at = Math.floor(seconds * sampleRateHz);
  if (at < 0 || at >= samples) return [{ name: 'Time of B', value: '–' }];
  const values: CursorValue[] = [{ name: 'Time of B', value: formatClock(at / sampleRateHz) }];
  if (channel !== undefined && channel < channels)
    values.push({ name: `E${channel} of B`, value: traceWords(scene, at, widthPixels, settings, channel) });
  const inputs = inputValues(scene, at, widthPixels);
  return [...values, ...inputs.map(({ name, value }) => ({ name: `${name} of B`, value }))];
}

/** The piece of activity that holds a sample. */
function activityAt(scene: CountedScene, at: number, widthPixels: number): ReviewActivity | undefined {
  const { samplesPerColumn } = activityTiles(scene, widthPixels);
  return scene.activity.get({ samplesPerColumn, tile: Math.floor(at / tileSpan(samplesPerColumn)), block: 0 });
}

/** How each digital input is, and since when it is as far as the piece says; of many edges, how many the column has. */
function inputValues(scene: CountedScene, at: number, widthPixels: number): CursorValue[] {
  const { digitalInputs, sampleRateHz } = scene.description;
  const piece = activityAt(scene, at, widthPixels);
  if (piece === undefined) return [];
  return digitalInputs.map(({ name }, input) => ({ name, value: inputWords(piece, input, at, sampleRateHz) }));
}

function inputWords(piece: ReviewActivity, input: number, at: number, sampleRateHz: number): string {
  if (!(at >= piece.lineKnownFrom[input]!)) return 'not known';
  if (!piece.hasEdges) {
    const column = Math.floor((at - piece.fromSample) / piece.samplesPerColumn);
    const rises = piece.riseCounts[input * piece.columns + column] ?? 0;
    return `${formatNumber(rises)} rising edges in ${formatSpan(piece.samplesPerColumn / sampleRateHz)}`;
  }
  let isHigh = piece.lineIsHigh[input] === 1;
  let since: number | undefined;
  for (let edge = 0; edge < piece.edgeAt.length && piece.edgeAt[edge]! <= at; edge++) {
    if (piece.edgeInput[edge] !== input) continue;
    isHigh = piece.edgeIsRise[edge] === 1;
    since = piece.edgeAt[edge]!;
  }
  const level = isHigh ? 'high' : 'low';
  return since === undefined ? level : `${level} since ${formatClock(since / sampleRateHz)}`;
}

function traceWords(
  scene: TraceScene,
  at: number,
  widthPixels: number,
  settings: TraceSettings,
  channel: number,
): string {
  const { microvoltsPerBit } = scene.description;
  const { samplesPerColumn } = traceTiles(scene, widthPixels, settings);
  const tile = Math.floor(at / tileSpan(samplesPerColumn));
  const traces = scene.traces.get({ samplesPerColumn, tile, block: Math.floor(channel / blockChannels) });
  if (traces === undefined) return 'being read';
  const column = Math.floor((at - traces.fromSample) / samplesPerColumn);
  const place = (channel - traces.firstChannel) * traces.columns + column;
  const [low, high] = [traces.minimum[place], traces.maximum[place]];
  if (low === undefined || high === undefined || low > high) return 'no samples';
  if (samplesPerColumn === 1) return formatMicrovolts(high * microvoltsPerBit);
  return `${formatMicrovolts(low * microvoltsPerBit)} to ${formatMicrovolts(high * microvoltsPerBit)}`;
}

function nearest(times: Float64Array, at: number, most: number): number | undefined {
  let best: number | undefined;
  for (let index = 0; index < times.length; index++) {
    const distance = Math.abs(times[index]! - at);
    if (distance <= most && (best === undefined || distance < Math.abs(times[best]! - at))) best = index;
  }
  return best;
}

function activityWords(scene: ReviewScene, activity: ReviewActivity, at: number, nearSamples: number): CursorValue[] {
  const { channels, sampleRateHz } = scene.description;
  const values: CursorValue[] = [];
  const column = Math.floor((at - activity.fromSample) / activity.samplesPerColumn);
  const spikes = activity.spikeCounts[column];
  if (spikes !== undefined) {
    const rate = spikes / channels / (activity.samplesPerColumn / sampleRateHz);
    values.push({ name: 'Tissue rate', value: `${formatHertz(rate)} per electrode (${formatNumber(spikes)} spikes)` });
  }
  if (activity.hasTicks) {
    const tick = nearest(activity.tickAt, at, Math.max(nearSamples, sampleRateHz / 1000));
    if (tick !== undefined) {
      const late = activity.tickIsLate[tick] === 1 ? ', late' : '';
      values.push({ name: 'Loop', value: `${formatMilliseconds(activity.tickMilliseconds[tick]!)}${late}` });
    }
  } else if ((activity.tickCounts[column] ?? 0) > 0) {
    const [low, high] = [activity.lowestLatency[column]!, activity.highestLatency[column]!];
    values.push({ name: 'Loop', value: `${formatMilliseconds(low)} to ${formatMilliseconds(high)}` });
  }
  const request = activity.hasRequests ? nearest(activity.requestAt, at, nearSamples) : undefined;
  if (request !== undefined) values.push({ name: 'Stimulus', value: requestWords(activity, request) });
  return values;
}

const microamps = (value: number) => `${formatNumber(Math.round(value * 100) / 100)} µA`;

function requestWords(activity: ReviewActivity, request: number): string {
  const fate = activity.requestFates[request] as RequestFate;
  const code = activity.requestCode[request]!;
  const where = `E${activity.requestElectrode[request]}, asked ${microamps(activity.askedMicroamps[request]!)}`;
  if (fate === requestFate.delivered) {
    const measured = activity.measuredMicroamps[request]!;
    const told = Number.isNaN(measured) ? '' : `, measured ${microamps(measured)}`;
    return `${where}, delivered ${microamps(activity.deliveredMicroamps[request]!)}${told}`;
  }
  const list: readonly string[] = fate === requestFate.refused ? refusalCodes : pulseOutcomes;
  const why = fate === requestFate.refused || fate === requestFate.refusedByDevice ? `: ${list[code] ?? code}` : '';
  return `${where}, ${fateWords[fate]}${why}`;
}
