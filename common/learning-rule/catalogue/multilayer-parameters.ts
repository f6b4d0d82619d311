// Parameters that rules for multilayer rate networks share.
import type { RuleParameter } from '../declaration.ts';

/** A pure number. */
export const number = (
  symbol: string,
  label: string,
  standard: number,
  { min = 0, max = 10, note }: { min?: number; max?: number; note?: string } = {},
): RuleParameter => ({ symbol, label, unit: '', min, max, default: standard, ...(note === undefined ? {} : { note }) });

/** Decay of a weight per presentation, as a part of the learning rate. */
export const weightDecay = (standard: number): RuleParameter =>
  number('lambda', 'Weight decay', standard, { max: 1, note: 'Times the learning rate, of the weight itself' });

/** Standard deviation of noise that a neuron or synapse adds. */
export const noise = (standard: number, of: string): RuleParameter =>
  number('sigma', `Noise of ${of}`, standard, { min: 1e-9, note: 'Standard deviation' });

/** Size of feedback weights that are drawn: 1 is that of the forward weights when they were drawn. */
export const feedbackScale = (standard = 1): RuleParameter =>
  number('feedback_scale', 'Size of the feedback weights', standard, {
    note: 'In that of forward weights as they are drawn',
  });

/** How often feedback connections learn for each time that forward ones do. */
export const feedbackSteps = (standard: number): RuleParameter =>
  number('feedback_steps', 'Feedback steps', standard, {
    max: 1000,
    note: 'Presentations from which feedback learns, for each from which the forward weights do',
  });

/** Step of learning of feedback connections. */
export const feedbackRate = (standard: number): RuleParameter =>
  number('eta_feedback', 'Learning rate of the feedback', standard);

/** How far the output's target lies from the output, in the gradient of the cost. */
export const targetStep = (standard: number): RuleParameter =>
  number('step', 'Step of the target', standard, {
    min: 1e-9,
    max: 1,
    note: 'How much of the error the target of the output takes away',
  });
