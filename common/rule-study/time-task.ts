// Tasks that go on in time, as a study's file names them: answered by spiking networks, acted in by networks that are rewarded.
import { z } from 'zod';
import { quantity } from '../experiment/quantity.ts';
import { feedbackKinds } from './rule-settings.ts';

const kind = <const Kind extends string>(word: Kind) => z.literal(word).meta({ label: 'Task' });

const feedback = z
  .enum(feedbackKinds)
  .meta({ label: 'Feedback', note: 'Of e-prop, for rules that do not set their own' })
  .default('symmetric');

const adaptiveNeurons = quantity({
  label: 'Adaptive neurons',
  note: 'Of e-prop-alif and of backpropagation; e-prop-lif has none',
  unit: '',
  min: 0,
  max: 2000,
  step: 1,
  isInteger: true,
});

const delaysMilliseconds = (note: string, step: number) =>
  z
    .array(quantity({ label: 'Delay', unit: 'ms', min: 0, max: 10_000, step }))
    .min(1)
    .meta({ label: 'Delays', note: `${note}; rising, each is learned by a network of its own` });

/** Seven cues on two sides, a delay, and the question on which side there were more (Bellec et al. 2020). */
const evidenceAccumulation = z.strictObject({
  kind: kind('evidence-accumulation'),
  cues: quantity({ label: 'Cues', unit: '', min: 1, max: 51, step: 2, isInteger: true }).default(7),
  delayMilliseconds: quantity({
    label: 'Delay',
    note: 'From the last cue to the end of the trial; the question is asked in its last 150 ms',
    unit: 'ms',
    min: 0,
    max: 10_000,
    step: 50,
  }).default(1200),
  adaptiveNeurons: adaptiveNeurons.default(50),
  feedback,
  stopBelowPercent: quantity({
    label: 'Learning stops below',
    note: 'Wrong answers at the last evaluation, and in the mean of eight batches more; never if left out',
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
  }).optional(),
});

/** Three outputs that follow sums of sinusoids, driven by the same frozen spikes every time. */
const patternGeneration = z.strictObject({ kind: kind('pattern-generation'), feedback });

/** One or two cues, delays, and a question about them (after Bellec et al. 2018). */
const delayedMemory = z.strictObject({
  kind: kind('delayed-memory'),
  question: z
    .enum(['store-recall', 'delayed-xor'])
    .meta({ label: 'Question', note: 'Which cue it was, or whether two cues differed' })
    .default('store-recall'),
  delaysMilliseconds: delaysMilliseconds('From each cue to what follows', 50),
  adaptiveNeurons,
  feedback,
});

/** Tasks whose trials are the same whatever the network does, for recurrent spiking networks. */
export const temporalTasks = [evidenceAccumulation, patternGeneration, delayedMemory] as const;

/** What Adam learns them with where a study does not say (Bellec et al. 2020). */
export const adamLearningRates: Readonly<Record<(typeof temporalTasks)[number]['shape']['kind']['value'], number>> = {
  'evidence-accumulation': 0.005,
  'pattern-generation': 0.01,
  'delayed-memory': 0.005,
};

/** Arms that pay with different probabilities; a pull is a presentation. */
const bandit = z.strictObject({
  kind: kind('bandit'),
  rewardProbabilities: z
    .array(quantity({ label: 'Probability', unit: '', min: 0, max: 1, step: 0.05 }))
    .min(1)
    .meta({ label: 'Probabilities of reward', note: 'Of each arm; two arms or more' })
    .default([0.8, 0.2]),
  reversalEveryPulls: quantity({
    label: 'Pulls between reversals',
    note: 'The probabilities move on by one arm; left out: never',
    unit: '',
    min: 1,
    max: 1_000_000,
    step: 1,
    isInteger: true,
  }).optional(),
});

/** Of a trial of temporal credit: how long a cue is shown, and what its delays are multiples of. */
export const creditStepMilliseconds = 200;

/** A cue asks for one of two actions, and the reward for it comes after a delay. */
const temporalCredit = z.strictObject({
  kind: kind('temporal-credit'),
  delaysMilliseconds: delaysMilliseconds(
    `From the action to its reward, in steps of ${creditStepMilliseconds} ms`,
    creditStepMilliseconds,
  ),
});

/** Tasks of actions and rewards, for a layer of neurons that fire at random. */
export const rewardTasks = [bandit, temporalCredit] as const;

/** Centre-out reaching with the cursor of a brain–computer interface whose decoder has changed (Portes et al. 2022). */
const cursor = z.strictObject({
  kind: kind('cursor'),
  targets: quantity({ label: 'Targets', unit: '', min: 2, max: 16, step: 1, isInteger: true }).default(4),
  pretrainingTrials: quantity({
    label: 'Trials of pretraining',
    note: 'With the first decoder, by RFLO with its weights as feedback',
    unit: '',
    min: 0,
    max: 100_000,
    step: 100,
    isInteger: true,
  }).default(2500),
  decoderOverlap: quantity({
    label: 'Overlap of decoders',
    note: 'Cosine of the angle between the first decoder and the one that learning is about',
    unit: '',
    min: 0,
    max: 1,
    step: 0.05,
  }).default(0.5),
  hitRadius: quantity({
    label: 'Radius of a hit',
    note: 'Distance of the cursor from its target at the end of a trial; targets are 1 from the centre',
    unit: '',
    min: 0.01,
    max: 1,
    step: 0.05,
  }).default(0.5),
});

/** Tasks of continuous actions, for recurrent networks of rate neurons. */
export const controlTasks = [cursor] as const;
