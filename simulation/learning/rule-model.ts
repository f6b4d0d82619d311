// What a local learning rule is: traces, parameters, and the weight after each event as expressions, written once for all back ends.
import { type Int, variables } from '../kernel/expression.ts';

type Values<K extends string> = Readonly<Record<K, Int>>;

/**
 * A local rule: the answer depends on the synapse's own weight and the traces of its two neurons, on nothing else. Traces decay
 * exponentially; each spike adds 1 (`traceUnit`), *after* all rules of the step have read them, so that a trace never holds the spike that
 * is being handled, and two neurons that spike in the same step do not see each other.
 * @template S traces of the sender, driven by the arrivals of its spikes at the synapse
 * @template R traces of the receiver, driven by its spikes
 * @template P parameters of a projection, 32 bits each
 */
export interface RuleModel<S extends string = string, R extends string = string, P extends string = string> {
  /** Of the kernels, in camel case. */
  readonly name: string;
  readonly senderTraces: readonly S[];
  readonly receiverTraces: readonly R[];
  readonly parameters: readonly P[];
  /** The weight in mV, Q16, after a spike of the sender has arrived. In a step with both, the arrival comes first. */
  readonly onArrival: Int;
  /** The weight after the receiver has fired. */
  readonly onFiring: Int;
}

type Before<S extends string, R extends string, P extends string> = Values<S | R | P | 'weight'>;

interface Events<S extends string, R extends string, P extends string> {
  onArrival(before: Before<S, R, P>): Int;
  onFiring(before: Before<S, R, P>): Int;
}

export function ruleModel<const S extends string, const R extends string, const P extends string>(
  shape: Pick<RuleModel<S, R, P>, 'name' | 'senderTraces' | 'receiverTraces' | 'parameters'>,
  events: Events<S, R, P>,
): RuleModel<S, R, P> {
  const { senderTraces, receiverTraces, parameters } = shape;
  const before = variables(['weight', ...senderTraces, ...receiverTraces, ...parameters]) as Before<S, R, P>;
  return { ...shape, onArrival: events.onArrival(before), onFiring: events.onFiring(before) };
}
