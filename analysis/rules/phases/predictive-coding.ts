// How the values of a predictive coding network settle; analysis process.
import type { Matrix } from '../base/matrix.ts';
import type { LayerActivity, MultilayerNetwork } from '../deep/multilayer-network.ts';
import { below } from './phase-learner.ts';
import type { RestSettings } from './settings.ts';

/** What the outputs do: held at their targets, with a precision against hidden layers, or free and pulled with strength β. */
export type OutputValue =
  { readonly kind: 'clamped'; readonly precision: number } | { readonly kind: 'nudged'; readonly beta: number };

/** A network with a batch; targets are samples × outputs. */
export interface PredictiveTask {
  readonly network: MultilayerNetwork;
  readonly inputs: Matrix;
  readonly targets: Matrix;
  readonly output: OutputValue;
}

/** Of each layer, samples × neurons: its values, what the layer below predicts, and the errors times their precision. */
export interface PredictiveState {
  readonly values: readonly Matrix[];
  readonly predictions: readonly LayerActivity[];
  readonly errors: readonly Matrix[];
}

/** What settling is made of. */
export interface PredictiveParts {
  /** @returns what each layer predicts of the next from these values. */
  predict(task: PredictiveTask, values: readonly Matrix[]): LayerActivity[];
  /** @returns whether predictions follow the values, or stay as they were at first. */
  readonly follows: boolean;
  /** @returns values less predictions, times precisions. */
  error(task: PredictiveTask, values: readonly Matrix[], predictions: readonly LayerActivity[], index: number): Matrix;
  /** @returns what synapses read of a layer as sender. */
  sender(state: PredictiveState, index: number): Matrix;
  /** @returns where a value is driven by the errors: minus the slope of the energy. */
  drive(task: PredictiveTask, state: PredictiveState, index: number): Matrix;
}

/** @returns the state before targets come: values are what is predicted, but a clamped output. */
export function startOfSettling(parts: PredictiveParts, task: PredictiveTask): PredictiveState {
  const predictions = task.network.forward(task.inputs);
  const values = predictions.map(({ rates }) => rates);
  if (task.output.kind === 'clamped') values[values.length - 1] = task.targets;
  return withErrors(parts, task, values, predictions);
}

/** One step of all values at once, each by the errors from before. @param step in time constants */
export function settlingStep(
  parts: PredictiveParts,
  task: PredictiveTask,
  state: PredictiveState,
  step: number,
): PredictiveState {
  const last = state.values.length - 1;
  const values = state.values.map((value, index) =>
    index === last && task.output.kind === 'clamped'
      ? value
      : value.with(parts.drive(task, state, index), (own, drive) => own + step * drive),
  );
  return withErrors(parts, task, values, parts.follows ? parts.predict(task, values) : state.predictions);
}

/**
 * Settles until the network is at rest, or for so many steps.
 * @param see called with every state, the first one before the first step
 */
export function settleValues(
  parts: PredictiveParts,
  task: PredictiveTask,
  { T, rest, step }: RestSettings & { readonly step: number },
  see?: (state: PredictiveState) => void,
): PredictiveState {
  let state = startOfSettling(parts, task);
  see?.(state);
  for (let count = 0; count < T; count++) {
    const next = settlingStep(parts, task, state, step);
    const moved = largestDifference(state.values, next.values);
    state = next;
    see?.(state);
    if (moved <= rest) break;
  }
  return state;
}

export const withErrors = (
  parts: PredictiveParts,
  task: PredictiveTask,
  values: readonly Matrix[],
  predictions: readonly LayerActivity[],
): PredictiveState => ({
  values,
  predictions,
  errors: values.map((_, index) => parts.error(task, values, predictions, index)),
});

/** @returns half the sum of squared errors times their precisions, and the pull on free outputs; the sum over samples. */
export function energy({ output, targets }: PredictiveTask, { values, predictions }: PredictiveState): number {
  const last = values.length - 1;
  const half = (a: Matrix, b: Matrix) => a.minus(b).values.reduce((sum, each) => sum + (each * each) / 2, 0);
  const precision = output.kind === 'clamped' ? output.precision : 1;
  const ofLayers = values.map(
    (value, index) => (index === last ? precision : 1) * half(value, predictions[index]!.rates),
  );
  return ofLayers.reduce(
    (sum, each) => sum + each,
    output.kind === 'nudged' ? output.beta * half(values[last]!, targets) : 0,
  );
}

function largestDifference(before: readonly Matrix[], after: readonly Matrix[]): number {
  let largest = 0;
  for (const [index, { values }] of before.entries()) {
    for (let at = 0; at < values.length; at++)
      largest = Math.max(largest, Math.abs(values[at]! - after[index]!.values[at]!));
  }
  return largest;
}

export const strictParts: PredictiveParts = {
  follows: true,
  predict: ({ network: { layers }, inputs }, values) =>
    layers.map(({ weights, biases, activation }, index) => {
      const drive = below(inputs, values, index)
        .times(weights.transposed())
        .map((value, at) => value + biases[at % biases.length]!);
      return { drive, rates: drive.map((value) => activation.of(value)) };
    }),
  sender: ({ values }, index) => values[index]!,
  error({ output }, values, predictions, index) {
    const errors = values[index]!.minus(predictions[index]!.rates);
    return index === values.length - 1 && output.kind === 'clamped' ? errors.scaled(output.precision) : errors;
  },
  drive({ network: { layers }, targets, output }, { values, predictions, errors }, index) {
    const own = errors[index]!;
    if (index === values.length - 1) {
      const beta = output.kind === 'nudged' ? output.beta : 0;
      return targets.minus(values[index]!).with(own, (pull, error) => beta * pull - error);
    }
    const { weights, activation } = layers[index + 1]!;
    const slopes = predictions[index + 1]!.drive.map((drive) => activation.slope(drive));
    return errors[index + 1]!.each(slopes).times(weights).minus(own);
  },
};

/** Predictions stay those of the forward pass, and synapses read them. */
export const fixedParts: PredictiveParts = {
  ...strictParts,
  follows: false,
  sender: ({ predictions }, index) => predictions[index]!.rates,
};
