// What `exocortex bench rules` finds out. Main process of the plain-Node shell; types only.
import type { Machine } from '../bench-simulation/machine.ts';
import type { Brian2Comparison } from './compare-with-brian2.ts';
import type { SnnTorchComparison } from './compare-with-snntorch.ts';
import type { RuleReport, StaticCost } from './rule-costs.ts';
import type { sizes } from './measure-rule.ts';

/** What `--json` prints. What was not asked for or could not be measured is absent. */
export interface RulesBenchResult {
  machine: Machine & { snnTorch: string | null };
  /** Of the networks. */
  sizes: typeof sizes;
  rules: RuleReport[];
  static?: StaticCost;
  /** Of a copy, 10⁹ bytes per second; median over the rules' runs. */
  bandwidthGBps?: number;
  brian2?: Brian2Comparison;
  snnTorch?: SnnTorchComparison;
  skipped: { what: string; reason: string }[];
}
