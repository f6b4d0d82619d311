// Cursors of brain–computer interfaces: centre-out reaching over a decoder, and a single conditioned neuron; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { InteractiveTask } from './temporal-task.ts';

export interface CursorSettings {
  readonly targets: number;
  readonly distance: number;
  readonly steps: number;
  /** The decoder's output is low-passed to a velocity with this many steps; undefined: it is the position. */
  readonly velocitySteps?: number;
  /** Length of a step for the velocity. */
  readonly stepLength: number;
}

/** After Portes, Schmid & Murray 2022; the cursor is where the decoder says. */
export const cursorSettings: CursorSettings = { targets: 4, distance: 1, steps: 20, stepLength: 0.1 };

/**
 * The inputs name the target; the two outputs are the decoder's, that is the network's readout. The reward of a step is minus
 * the squared distance from the target.
 */
export function cursor(settings: CursorSettings = cursorSettings): InteractiveTask {
  const { targets, distance, steps, velocitySteps, stepLength } = settings;
  return {
    name: 'cursor',
    inputs: targets,
    outputs: 2,
    begin(random) {
      const chosen = random.below(targets);
      const angle = (2 * Math.PI * chosen) / targets;
      const target = [distance * Math.cos(angle), distance * Math.sin(angle)] as const;
      const inputs = new Float64Array(targets);
      inputs[chosen] = 1;
      const errors = new Float64Array(2);
      const [position, velocity] = [new Float64Array(2), new Float64Array(2)];
      let step = 0;
      return {
        kind: chosen,
        get isOver() {
          return step >= steps;
        },
        errors,
        observe: () => inputs,
        act(decoded) {
          step += 1;
          for (let axis = 0; axis < 2; axis++) {
            if (velocitySteps === undefined) position[axis] = decoded[axis]!;
            else {
              velocity[axis]! += (decoded[axis]! - velocity[axis]!) / velocitySteps;
              position[axis]! += stepLength * velocity[axis]!;
            }
            errors[axis] = position[axis]! - target[axis]!;
          }
          return -(errors[0]! ** 2 + errors[1]! ** 2);
        },
      };
    },
  };
}

/**
 * Another decoder of the same length, for a change of the interface.
 * @param overlap cosine of the angle between each row and the old one, 0 to 1
 */
export function changedDecoder(decoder: Matrix, overlap: number, random: Random): Matrix {
  const changed = new Matrix(decoder.rows, decoder.columns);
  for (let row = 0; row < decoder.rows; row++) {
    const old = decoder.row(row);
    const length = Math.hypot(...old);
    const other = old.map(() => random.normal());
    const along = other.reduce((sum, value, index) => sum + value * old[index]!, 0) / length ** 2;
    const across = other.map((value, index) => value - along * old[index]!);
    const scale = length / Math.hypot(...across);
    changed
      .row(row)
      .set(old.map((value, index) => overlap * value + Math.sqrt(1 - overlap ** 2) * scale * across[index]!));
  }
  return changed;
}

export interface ConditionedNeuronSettings {
  readonly steps: number;
  /** How far the output must rise above what it was at the start of the session. */
  readonly rise: number;
}

/** One output, the conditioned neuron's rate; the reward of a step is how much of the rise is reached, at most 1. */
export function conditionedNeuron(baseline: number, { steps, rise }: ConditionedNeuronSettings): InteractiveTask {
  return {
    name: 'conditioned-neuron',
    inputs: 1,
    outputs: 1,
    begin() {
      const errors = new Float64Array(1);
      let step = 0;
      return {
        kind: 0,
        get isOver() {
          return step >= steps;
        },
        errors,
        observe: () => Float64Array.of(1),
        act([rate]) {
          step += 1;
          errors[0] = Math.min(0, rate! - baseline - rise);
          return Math.min(1, (rate! - baseline) / rise);
        },
      };
    },
  };
}
