// Temporal credit: a cue asks for one of two actions at once, and the reward for it comes a delay later; analysis process.
import type { InteractiveTask } from './temporal-task.ts';

/**
 * The first step shows one of two cues, and the larger of the two outputs in it is the action. Reward 1 comes `delaySteps`
 * later if the action was that of the cue, else 0; nothing else is paid.
 */
export function temporalCredit(delaySteps: number): InteractiveTask {
  return {
    name: 'temporal-credit',
    inputs: 2,
    outputs: 2,
    begin(random) {
      const cue = random.below(2);
      const errors = new Float64Array(2);
      let [step, isRight] = [0, false];
      return {
        kind: cue,
        rightAction: cue,
        get isOver() {
          return step > delaySteps;
        },
        errors,
        observe: () => Float64Array.of(Number(step === 0 && cue === 0), Number(step === 0 && cue === 1)),
        act(action) {
          if (step === 0) isRight = action[cue]! > action[1 - cue]!;
          errors.set(step === 0 ? action.map((each, index) => each - Number(index === cue)) : [0, 0]);
          return Number(step++ === delaySteps && isRight);
        },
      };
    },
  };
}
