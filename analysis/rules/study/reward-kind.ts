// Studies of rules for spiking neurons that are told rewards, on tasks of actions; analysis process.
import { btsp } from '../../../common/learning-rule/catalogue/btsp.ts';
import { exploratoryHebb } from '../../../common/learning-rule/catalogue/exploratory-hebb.ts';
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import { rewardStdp } from '../../../common/learning-rule/catalogue/reward-stdp.ts';
import { threeFactorHebb } from '../../../common/learning-rule/catalogue/three-factor-hebb.ts';
import { rewardSymbolOf } from '../../../common/rule-study/rule-settings.ts';
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import type { RewardTaskDeclaration } from '../../../common/rule-study/task.ts';
import { rewardTasks } from '../../../common/rule-study/time-task.ts';
import type { CurvePoint, DelayPoint } from '../../../common/rule-study/unit-result.ts';
import { mean } from '../base/vectors.ts';
import { actorSettings } from '../reward/actor-neurons.ts';
import type { ActorRule } from '../reward/actor-rule.ts';
import { runBandit } from '../reward/bandit-study.ts';
import { angleTrials } from '../reward/reward-angle.ts';
import { runTemporalCredit } from '../reward/temporal-credit-study.ts';
import { temporalCredit } from '../tasks/temporal-credit.ts';
import type { StudyKind, UnitFindings, UnitRun } from './study-kind.ts';

type Task<K extends RewardTaskDeclaration['kind']> = Extract<RewardTaskDeclaration, { kind: K }>;

const rules = [rewardStdp, threeFactorHebb, exploratoryHebb, btsp];

/** A presentation is one pull, or one trial of each delay. Angles are those at the shortest delay: longer ones make the change smaller. */
export const rewardKind: StudyKind = {
  tasks: rewardTasks.map(({ shape }) => shape.kind.value),
  rules,
  /** In a bandit nobody knows the right action, which a rule without a reward would have to be told. */
  learns: (rule, task) => task === 'temporal-credit' || rewardSymbolOf(rule) !== undefined,
  control: readoutOnly,
  scoreOf: ({ task }) =>
    task.kind === 'bandit'
      ? { label: 'Rewarded pulls', unit: '%', better: 'higher' }
      : { label: 'Right actions', unit: '%', better: 'higher' },
  layersOf({ network, task }) {
    const { inputs, actions } =
      task.kind === 'bandit'
        ? { inputs: 1, actions: task.rewardProbabilities.length }
        : { inputs: 2, actions: temporalCredit(0).outputs };
    return [inputs * actorSettings.sendersPerInput, network.hiddenNeurons[0]!, actions];
  },
  run(run) {
    const task = taskOf(run.study);
    return task.kind === 'bandit' ? runPulls(run, task) : runDelays(run, task);
  },
};

function taskOf({ task }: RuleStudy): RewardTaskDeclaration {
  if (task.kind !== 'bandit' && task.kind !== 'temporal-credit')
    throw new RangeError(`'${task.kind}' is no task of actions and rewards`);
  return task;
}

function ruleOf({ rule, parameters, settings }: UnitRun): ActorRule {
  const declaration = [...rules, readoutOnly].find(({ name }) => name === rule);
  if (declaration === undefined) throw new RangeError(`There is no rule '${rule}' for actors`);
  return { declaration, parameters, baseline: settings.rewardBaseline ?? 'running-mean' };
}

function runPulls(run: UnitRun, task: Task<'bandit'>): UnitFindings {
  const { study, unit, onProgress, now } = run;
  const startedMs = now();
  const { rewardProbabilities, reversalEveryPulls } = task;
  const pulls = study.presentations;
  const { windows, synapses } = runBandit(
    {
      rule: ruleOf(run),
      neurons: study.network.hiddenNeurons[0]!,
      seed: unit.seed,
      task: {
        rewardProbabilities,
        pulls,
        ...(reversalEveryPulls === undefined ? {} : { reversalEvery: reversalEveryPulls }),
      },
      window: study.evaluateEveryPresentations,
    },
    (done) => onProgress(done / pulls),
  );
  const curve = windows.map((window) => pointOf(window.pulls, window.rewardRate, window.angleDegrees));
  return { curve, score: curve.at(-1)!.score, synapses, measured: measuredOf(now() - startedMs, pulls, synapses) };
}

/** Probes of credit for each delay. */
const probes = 40;

function runDelays(run: UnitRun, task: Task<'temporal-credit'>): UnitFindings {
  const { study, unit, onProgress, now } = run;
  const startedMs = now();
  const rule = ruleOf(run);
  const delays = task.delaysMilliseconds;
  const { presentations: trials, evaluateEveryPresentations: window } = study;
  const results = delays.map((delayMilliseconds, index) => {
    const neurons = study.network.hiddenNeurons[0]!;
    const result = runTemporalCredit({
      rule,
      neurons,
      seed: unit.seed,
      delayMilliseconds,
      trials,
      probes,
      window,
      angleTrials: index === 0 ? angleTrials : undefined,
    });
    onProgress((index + 1) / delays.length);
    return result;
  });
  const curve = results[0]!.right.map((_, index) =>
    pointOf((index + 1) * window, mean(results.map(({ right }) => right[index]!)), results[0]!.anglesDegrees[index]!),
  );
  const { synapses } = results[0]!;
  return {
    curve,
    delays: results.map(({ right, credit }, index): DelayPoint => {
      const since = delays[index]! - delays[0]!;
      const timeConstant = rule.parameters['eligibilityTimeConstantMilliseconds'];
      const share = credit / results[0]!.credit;
      return {
        delayMilliseconds: delays[index]!,
        score: 100 * right.at(-1)!,
        credit: Number.isFinite(share) ? share : null,
        predicted: timeConstant === undefined ? null : Math.exp(-since / timeConstant),
      };
    }),
    score: curve.at(-1)!.score,
    synapses,
    measured: measuredOf(now() - startedMs, (trials + probes) * delays.length, synapses),
  };
}

/**
 * A network of rewards has no cost but what it does not earn. @param rate part of what it could have
 * @param angleDegrees of the synapses of the neurons; the readout stays, and the control's is not compared
 */
const pointOf = (presentations: number, rate: number, angleDegrees: number | null): CurvePoint => ({
  presentations,
  loss: 1 - rate,
  score: 100 * rate,
  anglesDegrees: [angleDegrees, null],
});

const measuredOf = (milliseconds: number, samples: number, synapses: number) => ({
  nanosecondsPerSynapse: (1e6 * milliseconds) / samples / synapses,
  seconds: milliseconds / 1000,
});
