// Judges a network that has to name one of several answers in a window of a trial; analysis process.
import type { Judgement } from './temporal-task.ts';

/**
 * Cross-entropy of the softmax of the outputs, mean over the window; the answer is the largest mean output.
 * @param outputs steps × answers. @param from first step of the window, which lasts to the end
 */
export function judgeChoice(outputs: Float64Array, answers: number, from: number, wanted: number): Judgement {
  const steps = outputs.length / answers;
  const window = steps - from;
  const errors = new Float64Array(outputs.length);
  const means = new Float64Array(answers);
  let cost = 0;
  for (let step = from; step < steps; step++) {
    const at = step * answers;
    const logits = outputs.subarray(at, at + answers);
    const largest = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    for (let answer = 0; answer < answers; answer++) {
      const likelihood = Math.exp(logits[answer]! - largest) / total;
      means[answer]! += logits[answer]! / window;
      errors[at + answer] = (likelihood - Number(answer === wanted)) / window;
    }
    cost -= (logits[wanted]! - largest - Math.log(total)) / window;
  }
  const best = means.indexOf(Math.max(...means));
  return { cost, errors, score: Number(best === wanted) };
}
