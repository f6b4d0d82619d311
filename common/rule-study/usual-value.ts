// What stands for a parameter of a rule that a study leaves out.
import type { RuleDeclaration } from '../learning-rule/declaration.ts';
import type { StudyTask } from './task.ts';
import { adamLearningRates } from './time-task.ts';

/** @returns its default, except for the learning rate of tasks that are learned by Adam: that is the task's. @throws RangeError for no parameter of the rule */
export function usualValue({ name, parameters }: RuleDeclaration, key: string, task: StudyTask['kind']): number {
  if (key === 'learningRate' && task in adamLearningRates)
    return adamLearningRates[task as keyof typeof adamLearningRates];
  const parameter = parameters[key];
  if (parameter === undefined) throw new RangeError(`rule '${name}' has no parameter '${key}'`);
  return parameter.default;
}
