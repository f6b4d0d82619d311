// Studies of rules for recurrent spiking networks on tasks in time; analysis process.
import { bpttSurrogate } from '../../../common/learning-rule/catalogue/bptt-surrogate.ts';
import { ePropAlif } from '../../../common/learning-rule/catalogue/e-prop-alif.ts';
import { ePropLif } from '../../../common/learning-rule/catalogue/e-prop-lif.ts';
import { nodePerturbationInTime } from '../../../common/learning-rule/catalogue/node-perturbation-in-time.ts';
import { weightPerturbation } from '../../../common/learning-rule/catalogue/perturbation.ts';
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import type { RuleSettings } from '../../../common/rule-study/rule-settings.ts';
import type { TemporalTaskDeclaration } from '../../../common/rule-study/task.ts';
import { temporalTasks } from '../../../common/rule-study/time-task.ts';
import type { CurvePoint } from '../../../common/rule-study/unit-result.ts';
import { usualValue } from '../../../common/rule-study/usual-value.ts';
import { mean } from '../base/vectors.ts';
import { storeRecall } from '../tasks/delayed-answer.ts';
import { evidenceAccumulation, evidenceTaskSettings } from '../tasks/evidence-accumulation.ts';
import { patternSettings } from '../tasks/pattern-generation.ts';
import { runEvidenceAccumulation } from '../time/evidence-accumulation-study.ts';
import { runPatternGeneration } from '../time/pattern-generation-study.ts';
import { runDelayedMemory } from '../time/delayed-memory-study.ts';
import type { EvidenceStudy } from '../time/evidence-study.ts';
import type { SpikingCredit } from '../time/spiking-credit.ts';
import type { StudyKind, UnitFindings, UnitRun } from './study-kind.ts';

const rules = [bpttSurrogate, ePropAlif, ePropLif, nodePerturbationInTime, weightPerturbation];

/**
 * Time constants, thresholds and slopes are those of the network, whatever a rule declares; learning goes by Adam. A rule's learning rate
 * is Adam's for the synapses of the neurons, the control's that of the readout; left out, both are those of the task's source.
 */
export const temporalKind: StudyKind = {
  tasks: temporalTasks.map(({ shape }) => shape.kind.value),
  rules,
  control: readoutOnly,
  parametersOf: (rule, task) => ({
    learningRate: usualValue(rule, 'learningRate', task),
    ...('noiseDeviation' in rule.parameters && { noiseDeviation: usualValue(rule, 'noiseDeviation', task) }),
  }),
  scoreOf({ task: { kind } }) {
    if (kind === 'evidence-accumulation') return { label: 'Wrong answers', unit: '%', better: 'lower' };
    if (kind === 'delayed-memory') return { label: 'Right answers', unit: '%', better: 'higher' };
    return { label: 'Squared error over squared target', unit: '', better: 'lower' };
  },
  layersOf: (study) => layersOf(study, taskOf(study)),
  run(run) {
    const task = taskOf(run.study);
    switch (task.kind) {
      case 'evidence-accumulation':
        return runEvidence(run, task);
      case 'pattern-generation':
        return runPattern(run, task);
      case 'delayed-memory':
        return runMemory(run, task);
    }
  },
};

function taskOf({ task }: RuleStudy): TemporalTaskDeclaration {
  if (task.kind !== 'evidence-accumulation' && task.kind !== 'pattern-generation' && task.kind !== 'delayed-memory')
    throw new RangeError(`'${task.kind}' is no task in time`);
  return task;
}

function layersOf({ network }: RuleStudy, task: TemporalTaskDeclaration): number[] {
  const { inputs, outputs } = sizesOf(task);
  return [inputs, network.hiddenNeurons[0]!, outputs];
}

function sizesOf(task: TemporalTaskDeclaration): { inputs: number; outputs: number } {
  if (task.kind === 'pattern-generation') return patternSettings;
  return task.kind === 'delayed-memory' ? storeRecall() : evidenceAccumulation(evidenceOf(task));
}

type Task<K extends TemporalTaskDeclaration['kind']> = Extract<TemporalTaskDeclaration, { kind: K }>;

const evidenceOf = ({ cues, delayMilliseconds }: Task<'evidence-accumulation'>) => ({
  ...evidenceTaskSettings,
  cues,
  delayMilliseconds,
});

/** A rule's own feedback goes before that of the task. */
function creditOf(
  rule: string,
  task: TemporalTaskDeclaration,
  { feedback = task.feedback }: RuleSettings,
): SpikingCredit {
  if (rule === readoutOnly.name) return 'readout-only';
  if (rule === bpttSurrogate.name) return 'bptt';
  if (rule === nodePerturbationInTime.name) return 'node-perturbation';
  if (rule === weightPerturbation.name) return 'weight-perturbation';
  return `e-prop-${feedback}`;
}

/** Of Adam, and of the noise. */
function learningOf({ rule, parameters }: UnitRun) {
  const { learningRate, noiseDeviation } = parameters;
  return rule === readoutOnly.name ? { learningRate } : { synapsesLearningRate: learningRate, noiseDeviation };
}

/** What tasks whose answers are right or wrong have in common. */
function answeringOf(run: UnitRun, task: Task<'evidence-accumulation' | 'delayed-memory'>): EvidenceStudy {
  const { study, unit, rule, settings } = run;
  const neurons = study.network.hiddenNeurons[0]!;
  return {
    adaptive: rule === ePropLif.name ? 0 : Math.min(neurons, task.adaptiveNeurons),
    neurons,
    seed: unit.seed,
    iterations: study.presentations,
    batch: study.batchSamples,
    credit: creditOf(rule, task, settings),
    ...learningOf(run),
    hasAngles: true,
    testEvery: study.evaluateEveryPresentations,
  };
}

function runEvidence(run: UnitRun, task: Task<'evidence-accumulation'>): UnitFindings {
  const { study, onProgress, now } = run;
  const startedMs = now();
  const { history, iterations, finalError } = runEvidenceAccumulation(
    { ...answeringOf(run, task), task: evidenceOf(task), stopBelow: (task.stopBelowPercent ?? 0) / 100 },
    ({ iteration }) => onProgress(iteration / study.presentations),
  );
  const score = 100 * finalError;
  const curve = history.map(({ iteration, error, cost, anglesDegrees }) =>
    pointOf(iteration, cost, 100 * error, anglesDegrees),
  );
  const { cost, anglesDegrees } = history.at(-1)!;
  const last = pointOf(iterations, cost, score, anglesDegrees);
  // One that stopped was evaluated there already.
  const before = curve.filter(({ presentations }) => presentations < iterations);
  return found(study, task, [...before, last], iterations, now() - startedMs);
}

function runMemory(run: UnitRun, task: Task<'delayed-memory'>): UnitFindings {
  const { study, onProgress, now } = run;
  const startedMs = now();
  const iterations = study.presentations;
  const settings = answeringOf(run, task);
  const delays = task.delaysMilliseconds;
  const results = delays.map((delayMilliseconds, index) =>
    runDelayedMemory({ ...settings, question: task.question, delayMilliseconds }, ({ iteration }) =>
      onProgress((index + iteration / iterations) / delays.length),
    ),
  );
  const right = (error: number) => 100 * (1 - error);
  // All alike, unless one diverged.
  const [shortest] = results.map(({ history }) => history).sort((a, b) => a.length - b.length);
  const curve = shortest!.map(({ iteration }, index) => {
    const points = results.map(({ history }) => history[index]!);
    const angles = points[0]!.anglesDegrees.map((_, layer) =>
      meanAngle(points.map(({ anglesDegrees }) => anglesDegrees[layer] ?? null)),
    );
    return pointOf(
      iteration,
      mean(points.map(({ cost }) => cost)),
      right(mean(points.map(({ error }) => error))),
      angles,
    );
  });
  const last = curve.at(-1)!;
  const score = right(mean(results.map(({ finalError }) => finalError)));
  return {
    ...found(
      study,
      task,
      [...curve, pointOf(iterations, last.loss, score, last.anglesDegrees)],
      iterations * delays.length,
      now() - startedMs,
    ),
    delays: results.map(({ finalError }, index) => ({
      delayMilliseconds: delays[index]!,
      score: right(finalError),
      credit: null,
      predicted: null,
    })),
  };
}

/** Over the delays that have one. */
function meanAngle(angles: readonly (number | null)[]): number | null {
  const known = angles.filter((angle) => angle !== null);
  return known.length === 0 ? null : mean(known);
}

function runPattern(run: UnitRun, task: Task<'pattern-generation'>): UnitFindings {
  const { study, unit, rule, settings, onProgress, now } = run;
  const startedMs = now();
  const { presentations: iterations, evaluateEveryPresentations: every } = study;
  const angles = new Map<number, (number | null)[]>();
  const costs = runPatternGeneration(
    {
      credit: creditOf(rule, task, settings),
      ...learningOf(run),
      seed: unit.seed,
      iterations,
      neurons: study.network.hiddenNeurons[0]!,
    },
    undefined,
    ({ iteration, anglesDegrees }) => {
      if (iteration % every !== 0 && iteration !== iterations) return;
      angles.set(iteration, anglesDegrees());
      onProgress(iteration / iterations);
    },
  );
  // Not one of those that are shown where the run ended before its time.
  const last = costs.length - 1;
  if (!angles.has(last)) angles.set(last, []);
  const curve = [...angles].map(([iteration, each]) => pointOf(iteration, costs[iteration]!, costs[iteration]!, each));
  return found(study, task, curve, iterations, now() - startedMs);
}

const pointOf = (
  presentations: number,
  loss: number | null,
  score: number,
  anglesDegrees: readonly (number | null)[],
): CurvePoint => ({ presentations, loss, score, anglesDegrees: [...anglesDegrees] });

function found(
  study: RuleStudy,
  task: TemporalTaskDeclaration,
  curve: readonly CurvePoint[],
  iterations: number,
  milliseconds: number,
): UnitFindings {
  const [inputs, neurons, outputs] = layersOf(study, task) as [number, number, number];
  const synapses = neurons * (inputs + neurons - 1 + outputs);
  const samples = Math.max(1, iterations) * (task.kind === 'pattern-generation' ? 1 : study.batchSamples);
  return {
    curve: [...curve],
    score: curve.at(-1)!.score,
    synapses,
    measured: { nanosecondsPerSynapse: (1e6 * milliseconds) / samples / synapses, seconds: milliseconds / 1000 },
  };
}
