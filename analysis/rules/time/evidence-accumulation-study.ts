// Whether a spiking network learns to accumulate evidence over seconds, with adaptive thresholds and without; analysis process.
import type { EvidenceStudy } from './evidence-study.ts';
import { Random } from '../base/random.ts';
import { mean } from '../base/vectors.ts';
import { evidenceAccumulation, evidenceTaskSettings } from '../tasks/evidence-accumulation.ts';
import type { TemporalTask } from '../tasks/temporal-task.ts';
import { EvidenceLearner } from './evidence-learner.ts';
import { evidenceSettings, SpikingNetwork } from './spiking-network.ts';
import { type AddGradient, addSurrogateGradient } from './surrogate-gradient.ts';

export interface EvidenceProgress {
  readonly iteration: number;
  /** Part of a fresh batch that was answered wrongly. */
  readonly error: number;
  readonly cost: number;
  readonly meanRateHz: number;
  readonly anglesDegrees: readonly (number | null)[];
}

export interface EvidenceResult {
  readonly history: readonly EvidenceProgress[];
  /** After which it ended: the last, or where it was to stop. */
  readonly iterations: number;
  /** Over 8 fresh batches, at the end; NaN where the cost became no number, with which the history ends then. */
  readonly finalError: number;
}

/**
 * With the paper's settings an iteration of e-prop takes about 0.55 s on one core, of backpropagation, which goes through the reset
 * (without it errors that return grow beyond bounds), about 1 s.
 * @param onProgress after each test
 */
export function runEvidenceAccumulation(
  study: EvidenceStudy,
  onProgress: (progress: EvidenceProgress) => void = () => undefined,
  add: AddGradient = addSurrogateGradient,
): EvidenceResult {
  return runAnswering(evidenceAccumulation(study.task ?? evidenceTaskSettings), study, onProgress, add);
}

/** The same for any task whose answers are right or wrong. */
export function runAnswering(
  task: TemporalTask,
  study: EvidenceStudy,
  onProgress: (progress: EvidenceProgress) => void = () => undefined,
  add: AddGradient = addSurrogateGradient,
): EvidenceResult {
  const { batch = 64, testEvery = 10 } = study;
  const trials = new Random(study.seed, 1);
  const tests = new Random(study.seed, 2);
  const { adaptive, neurons = evidenceSettings.neurons } = study;
  const network = SpikingNetwork.random(
    { ...evidenceSettings, ...study.network, adaptive, neurons, inputs: task.inputs },
    new Random(study.seed),
  );
  const learner = new EvidenceLearner(network, study, new Random(study.seed, 3), add);
  const history: EvidenceProgress[] = [];
  const errorOfEight = () => mean(Array.from({ length: 8 }, () => learner.test(task, batch, tests).error));
  const { stopBelow = 0 } = study;
  let lastError = Infinity;
  for (let iteration = 0; iteration < study.iterations; iteration++) {
    if (iteration % testEvery === 0) {
      const progress = { iteration, ...learner.test(task, batch, tests, study.hasAngles) };
      history.push(progress);
      onProgress(progress);
      if (!Number.isFinite(progress.cost)) return { history, iterations: iteration, finalError: NaN };
      lastError = progress.error;
    }
    if (iteration > 0 && lastError < stopBelow) {
      const finalError = errorOfEight();
      if (finalError < stopBelow) return { history, iterations: iteration, finalError };
    }
    learner.learn(task, batch, trials);
  }
  return { history, iterations: study.iterations, finalError: errorOfEight() };
}
