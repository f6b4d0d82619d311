// Names of two sessions that are compared, and what of them cannot be compared, in sentences; pure. Runs in the page.
import type { ReviewDescription, ReviewEvents, ReviewResponse } from '../../common/contract/review.ts';
import { count, electrodeName, percent, sampleRate } from './format.ts';
import { startedWords } from './session-words.ts';

export interface ComparedSession {
  description: ReviewDescription;
  /** Undefined until they have come. */
  events: ReviewEvents | undefined;
}

/** @returns "culture 12 · 2026-03-02 14:05:06"; the experiment stands for a subject that is not named */
export function sessionName({ subject, experiment, startedAt }: ReviewDescription): string {
  return `${subject ?? experiment} · ${startedWords(startedAt)}`;
}

/** "E4", "E4 to E7". */
function electrodes(from: number, end: number): string {
  return end - from === 1 ? electrodeName(from) : `${electrodeName(from)} to ${electrodeName(end - 1)}`;
}

/**
 * What differs so that it is compared in part, or not at all.
 * @param shiftSeconds time of B at A's time zero
 */
export function comparisonLimits(a: ComparedSession, b: ComparedSession, shiftSeconds: number): string[] {
  const [one, two] = [a.description, b.description];
  const said: string[] = [];
  if (two.state === 'reading')
    said.push(`The index of B is being made: ${percent(two.fraction)} of its journal is read.`);
  const [length, start] = [one.samples / one.sampleRateHz, -shiftSeconds];
  if (one.samples > 0 && two.samples > 0 && (start >= length || start + two.samples / two.sampleRateHz <= 0))
    said.push('At this alignment no moment of B lies within A: choose other events, or another offset.');
  said.push(...electrodeWords(one, two), ...populationWords(one, two));
  if (one.sampleRateHz !== two.sampleRateHz)
    said.push(
      `A is sampled at ${sampleRate(one.sampleRateHz)}, B at ${sampleRate(two.sampleRateHz)}: their bins are not of the same width.`,
    );
  const isLearning = [one, two].map(({ plasticSynapses }) => plasticSynapses > 0);
  if (!isLearning[0] && !isLearning[1]) said.push('Neither session has plastic synapses: there is no mean weight.');
  else if (!isLearning[0] || !isLearning[1]) {
    const [without, other] = isLearning[0] ? ['B', 'A'] : ['A', 'B'];
    said.push(`${without} has no plastic synapses: the mean weight is of ${other} only.`);
  }
  for (const [letter, { description, events }] of [
    ['A', a],
    ['B', b],
  ] as const)
    if (description.state === 'whole' && events !== undefined && events.firstDelivery === undefined)
      said.push(`${letter} has no delivery${description.isArmed ? '' : ': it is a control, disarmed'}.`);
  return said;
}

function electrodeWords(one: ReviewDescription, two: ReviewDescription): string[] {
  if (one.channels === two.channels) return [];
  const [more, from, end] =
    one.channels > two.channels ? ['A', two.channels, one.channels] : ['B', one.channels, two.channels];
  return [
    `A has ${count(one.channels)} electrodes, B ${count(two.channels)}: rates are means per electrode, and ${electrodes(from, end)} ${end - from === 1 ? 'is' : 'are'} in ${more} only.`,
  ];
}

function populationWords(one: ReviewDescription, two: ReviewDescription): string[] {
  const only = (own: ReviewDescription, other: ReviewDescription, letter: string) =>
    own.populations
      .filter(({ name }) => other.populations.every((each) => each.name !== name))
      .map(({ name }) => `Population “${name}” is in ${letter} only.`);
  const resized = one.populations.flatMap(({ name, neurons }) => {
    const other = two.populations.find((each) => each.name === name);
    if (other === undefined || other.neurons === neurons) return [];
    return [
      `Population “${name}” has ${count(neurons)} neurons in A and ${count(other.neurons)} in B: its rates are means per neuron.`,
    ];
  });
  return [...only(one, two, 'A'), ...only(two, one, 'B'), ...resized];
}

/** What of the responses of B cannot be laid over those of A. Electrodes of −1 stand for any. @param answer undefined: not asked for, or not yet there */
export function responseLimits(
  { channels }: ReviewDescription,
  asked: {
    align: string;
    /** Whether B records that at all: it may have no such line. */
    isThere: boolean;
    electrode: number;
    spikesOf: number;
    averageOf: number;
    answer: ReviewResponse | undefined;
  },
): string[] {
  const { align, isThere, electrode, spikesOf, averageOf, answer } = asked;
  if (!isThere) return [`B has no ${align}, as no digital input of that name is recorded: A is shown alone.`];
  const missing = [...new Set([electrode, spikesOf])].filter((each) => each >= channels);
  if (missing.length > 0)
    return [
      `B has no ${missing.map(electrodeName).join(' and no ')} (${count(channels)} electrodes): A is shown alone.`,
    ];
  if (answer?.events === 0) return [`B has no ${align} here: there is nothing of it to lay over A.`];
  if (averageOf >= channels)
    return [`B has no ${electrodeName(averageOf)} (${count(channels)} electrodes): the average is of A only.`];
  return [];
}
