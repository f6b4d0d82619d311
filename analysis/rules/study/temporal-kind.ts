// Studies of rules for recurrent spiking networks on tasks in time; analysis process.
import { bpttSurrogate } from '../../../common/learning-rule/catalogue/bptt-surrogate.ts';
import { ePropAlif } from '../../../common/learning-rule/catalogue/e-prop-alif.ts';
import { ePropLif } from '../../../common/learning-rule/catalogue/e-prop-lif.ts';
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import { type TemporalTaskDeclaration, temporalTasks } from '../../../common/rule-study/task.ts';
import type { CurvePoint } from '../../../common/rule-study/unit-result.ts';
import { evidenceAccumulation, evidenceTaskSettings } from '../tasks/evidence-accumulation.ts';
import { patternSettings } from '../tasks/pattern-generation.ts';
import { runEvidenceAccumulation } from '../time/evidence-accumulation-study.ts';
import { runPatternGeneration } from '../time/pattern-generation-study.ts';
import type { StudyKind, UnitFindings, UnitRun } from './study-kind.ts';

type Credit = 'bptt' | 'readout-only' | 'e-prop-symmetric' | 'e-prop-random';

/** Parameters of the declarations are those of the loop; here learning goes by Adam at the rate of the task's source. */
export const temporalKind: StudyKind = {
  tasks: temporalTasks.map(({ shape }) => shape.kind.value),
  rules: [bpttSurrogate, ePropAlif, ePropLif],
  control: readoutOnly,
  scoreOf: ({ task }) =>
    task.kind === 'evidence-accumulation'
      ? { label: 'Wrong answers', unit: '%', better: 'lower' }
      : { label: 'Squared error over squared target', unit: '', better: 'lower' },
  layersOf: (study) => layersOf(study, taskOf(study)),
  run(run) {
    const task = taskOf(run.study);
    return task.kind === 'evidence-accumulation' ? runEvidence(run, task) : runPattern(run, task);
  },
};

function taskOf({ task }: RuleStudy): TemporalTaskDeclaration {
  if (task.kind !== 'evidence-accumulation' && task.kind !== 'pattern-generation')
    throw new RangeError(`'${task.kind}' is no task in time`);
  return task;
}

function layersOf({ network }: RuleStudy, task: TemporalTaskDeclaration): number[] {
  const { inputs, outputs } =
    task.kind === 'evidence-accumulation' ? evidenceAccumulation(evidenceOf(task)) : patternSettings;
  return [inputs, network.hiddenNeurons[0]!, outputs];
}

type Task<K extends TemporalTaskDeclaration['kind']> = Extract<TemporalTaskDeclaration, { kind: K }>;

const evidenceOf = ({ cues, delayMilliseconds }: Task<'evidence-accumulation'>) => ({
  ...evidenceTaskSettings,
  cues,
  delayMilliseconds,
});

function creditOf(rule: string, { feedback }: TemporalTaskDeclaration): Credit {
  if (rule === readoutOnly.name) return 'readout-only';
  if (rule === bpttSurrogate.name) return 'bptt';
  return `e-prop-${feedback}`;
}

function runEvidence(
  { study, unit, rule, onProgress, now }: UnitRun,
  task: Task<'evidence-accumulation'>,
): UnitFindings {
  const startedMs = now();
  const [neurons, iterations] = [study.network.hiddenNeurons[0]!, study.presentations];
  const {
    history,
    finalError,
    iterations: done,
  } = runEvidenceAccumulation(
    {
      adaptive: rule === ePropLif.name ? 0 : Math.min(neurons, task.adaptiveNeurons),
      neurons,
      seed: unit.seed,
      iterations,
      batch: study.batchSamples,
      credit: creditOf(rule, task),
      task: evidenceOf(task),
      testEvery: study.evaluateEveryPresentations,
    },
    ({ iteration }) => {
      onProgress(iteration / iterations);
      return undefined;
    },
  );
  const score = 100 * finalError;
  const curve = history.map(({ iteration, error, cost }) => pointOf(iteration, cost, 100 * error));
  return found(study, task, [...curve, pointOf(done, history.at(-1)!.cost, score)], score, done, now() - startedMs);
}

function runPattern({ study, unit, rule, onProgress, now }: UnitRun, task: Task<'pattern-generation'>): UnitFindings {
  const startedMs = now();
  const costs = runPatternGeneration({
    credit: creditOf(rule, task),
    seed: unit.seed,
    iterations: study.presentations,
    neurons: study.network.hiddenNeurons[0]!,
  });
  onProgress(1);
  const every = study.evaluateEveryPresentations;
  const curve = costs.flatMap((cost, iteration) =>
    iteration % every === 0 || iteration === costs.length - 1 ? [pointOf(iteration, cost, cost)] : [],
  );
  return found(study, task, curve, costs.at(-1)!, study.presentations, now() - startedMs);
}

const pointOf = (presentations: number, loss: number, score: number): CurvePoint => ({
  presentations,
  loss,
  score,
  anglesDegrees: [],
});

function found(
  study: RuleStudy,
  task: TemporalTaskDeclaration,
  curve: readonly CurvePoint[],
  score: number,
  iterations: number,
  milliseconds: number,
): UnitFindings {
  const [inputs, neurons, outputs] = layersOf(study, task) as [number, number, number];
  const synapses = neurons * (inputs + neurons - 1 + outputs);
  const samples = Math.max(1, iterations) * (task.kind === 'evidence-accumulation' ? study.batchSamples : 1);
  return {
    curve: [...curve],
    score,
    synapses,
    measured: { nanosecondsPerSynapse: (1e6 * milliseconds) / samples / synapses, seconds: milliseconds / 1000 },
  };
}
