// The table of learning rules by their name in network models; simulation process.
import type { Plasticity } from '../network/compiled-network.ts';
import type { LearningRule } from './learning-rule.ts';
import { pairStdp } from './pair-stdp.ts';

export function createLearningRule(plasticity: Plasticity): LearningRule {
  switch (plasticity.rule) {
    case 'pair-stdp':
      return pairStdp(plasticity);
  }
}
