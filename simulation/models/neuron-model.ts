// What a neuron model is: state, parameters, and one step as expressions, written once for all back ends.
import type { Bool, Int } from '../kernel/expression.ts';
import { variables } from '../kernel/expression.ts';

type Values<K extends string> = Readonly<Record<K, Int>>;

/** One step of one neuron. */
export interface NeuronStep<S extends string> {
  readonly next: Values<S>;
  readonly fires: Bool;
  /** A value was brought back to its bounds: what follows is not what the model says. Undefined: that cannot be. */
  readonly isSaturated: Bool | undefined;
}

/**
 * @template S names of the state of a neuron, 32 bits each
 * @template R receptors: what the spikes that arrived have added up to, in Q16
 * @template P parameters of a population, 32 bits each
 */
export interface NeuronModel<S extends string = string, R extends string = string, P extends string = string> {
  /** Of the kernel, in camel case. */
  readonly name: string;
  readonly state: readonly S[];
  readonly receptors: readonly R[];
  readonly parameters: readonly P[];
  /** Whether the step reads `randomBits`, a number of its own for every neuron and step. */
  readonly isRandom: boolean;
  /** A variable of the state that projections send in every step: a share of a spike in units of 2⁻¹⁵, at most one. Undefined: they send spikes. */
  readonly graded: S | undefined;
  /**
   * Where the state mostly is, from the least to the greatest value, a power of 2 of them: there kernels for many neurons compute faster, and
   * elsewhere the same. Undefined: there is no such kernel.
   */
  readonly usually: Usually | undefined;
  readonly step: NeuronStep<S>;
}

type Usually = Readonly<Record<string, readonly [number, number]>>;

interface Shape<S extends string, R extends string, P extends string> {
  name: string;
  state: readonly S[];
  receptors: readonly R[];
  parameters: readonly P[];
  isRandom: boolean;
  graded?: S;
  usually?: Usually;
}

/** @param step writes a step from the values before it */
export function neuronModel<const S extends string, const R extends string, const P extends string>(
  shape: Shape<S, R, P>,
  step: (before: Values<S | R | P> & { readonly randomBits: Int }) => NeuronStep<S>,
): NeuronModel<S, R, P> {
  const { state, receptors, parameters } = shape;
  const before = variables([...state, ...receptors, ...parameters, 'randomBits']);
  return {
    graded: undefined,
    usually: undefined,
    ...shape,
    step: step(before as Values<S | R | P> & { randomBits: Int }),
  };
}
