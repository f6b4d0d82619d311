// What a study may set of a rule beside its parameters: how errors reach its neurons, and what its rewards are held against.
import { z } from 'zod';
import type { RuleDeclaration } from '../learning-rule/declaration.ts';

/** Over the readout's own weights, over fixed random ones, or the same for all neurons. */
export const feedbackKinds = ['symmetric', 'random', 'broadcast'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

export const rewardBaselines = ['running-mean', 'none'] as const;
export type RewardBaseline = (typeof rewardBaselines)[number];

export const ruleSettings = {
  feedback: z
    .enum(feedbackKinds)
    .meta({
      label: 'Feedback',
      note: 'Over the readout’s own weights, over fixed random ones, or the same for all neurons; of rules in time that are told an error',
    })
    .optional(),
  rewardBaseline: z
    .enum(rewardBaselines)
    .meta({
      label: 'Baseline of rewards',
      note: 'What is subtracted from a reward: its running mean for each kind of trial, or nothing; of rules that are told a reward. Left out: the mean',
    })
    .optional(),
};

export interface RuleSettings {
  readonly feedback?: FeedbackKind | undefined;
  readonly rewardBaseline?: RewardBaseline | undefined;
}

/** The one number that all synapses of a rewarded rule are told; undefined for a rule that is told none. */
export const rewardSymbolOf = ({ thirdFactors }: RuleDeclaration): string | undefined =>
  Object.keys(thirdFactors).find((symbol) => thirdFactors[symbol]!.pathway === 'broadcast');

/** The number between 0 and 1 for each receiver that says which are to fire; undefined for a rule without one. */
export const instructionSymbolOf = ({ thirdFactors }: RuleDeclaration): string | undefined =>
  Object.keys(thirdFactors).find(
    (symbol) => thirdFactors[symbol]!.pathway === 'separate' && thirdFactors[symbol]!.min === 0,
  );

/** Whether errors, of either sign, come to a rule over connections that a study may choose. */
export const takesFeedback = ({ thirdFactors }: RuleDeclaration): boolean =>
  Object.values(thirdFactors).some(({ pathway, min }) => pathway === 'separate' && min !== 0);
