// `exocortex bench rules`: what learning costs in the loop, rule by rule, and beside Brian2 and snnTorch. Main process of the plain-Node shell.
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../../../../common/base/percentile.ts';
import type { MeasuredRuleCost } from '../../../../common/bench/rule-cost.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { compareWithBrian2 } from './bench-rules/compare-with-brian2.ts';
import { compareWithSnnTorch } from './bench-rules/compare-with-snntorch.ts';
import { measureRule, sizes } from './bench-rules/measure-rule.ts';
import type { RulesBenchResult } from './bench-rules/result.ts';
import { reportOf, staticCost } from './bench-rules/rule-costs.ts';
import type { RuleParts } from './bench-rules/rule-parts.ts';
import { rulesLines } from './bench-rules/show-result.ts';
import { type BenchContext, orSkip } from './bench-simulation/bench-context.ts';
import { describeMachine } from './bench-simulation/machine.ts';
import { cacheFolder, findPython } from './bench-simulation/python-environment.ts';

export interface RulesBenchOptions {
  parts: RuleParts;
  repeats: number;
  /** Biological time of a run beside Brian2; undefined: a second. */
  seconds: number | undefined;
  isJson: boolean;
}

/** Measures and says; a target that is missed is a number, not a failure. @returns 0 */
export async function benchRules(setting: ShellSetting, options: RulesBenchOptions): Promise<number> {
  const { parts, repeats, seconds } = options;
  const result: RulesBenchResult = { machine: { ...describeMachine(), snnTorch: null }, sizes, rules: [], skipped: [] };
  const context: BenchContext = {
    platform: setting.platform,
    machine: result.machine,
    repeats,
    seconds,
    isOnlyPart: parts.rules.length + parts.peers.length === 1,
    note: setting.printError,
    skip: (what, reason) => result.skipped.push({ what, reason }),
  };
  await measureRules(context, parts, result);
  const compiledFolder = mkdtempSync(join(tmpdir(), 'exocortex-bench-'));
  const { env, platform } = process;
  const peers = {
    brian2: async () => {
      const python = findPython(env['EXOCORTEX_PYTHON'], cacheFolder(env, platform, homedir()), context.note);
      result.brian2 = await compareWithBrian2(context, python, compiledFolder);
    },
    snnTorch: async () => {
      const onVersion = (version: string) => (result.machine.snnTorch = version);
      result.snnTorch = await compareWithSnnTorch({ ...context, onVersion }, env['EXOCORTEX_SNNTORCH_PYTHON']);
    },
  };
  try {
    for (const peer of parts.peers) await orSkip(context, peer, peers[peer]);
  } finally {
    rmSync(compiledFolder, { recursive: true, force: true });
  }
  if (options.isJson) setting.print(JSON.stringify(result));
  else for (const line of rulesLines(result)) setting.print(line);
  return 0;
}

async function measureRules(context: BenchContext, { rules }: RuleParts, result: RulesBenchResult): Promise<void> {
  const [large, small]: MeasuredRuleCost[][] = [[], []];
  for (const rule of rules) {
    context.note(`${rule.name} …`);
    await orSkip(context, rule.name, async () => {
      const inLarge = await measureRule(context, rule, sizes.large);
      const inCache = await measureRule(context, rule, sizes.inCache);
      large!.push(inLarge);
      small!.push(inCache);
      result.rules.push(reportOf(rule, inLarge, inCache));
    });
  }
  const cost = staticCost(large!, small!);
  const bandwidth = median(large!.map(({ bandwidthGigabytesPerSecond }) => bandwidthGigabytesPerSecond));
  if (cost !== undefined) result.static = cost;
  if (bandwidth !== undefined) result.bandwidthGBps = bandwidth;
}
