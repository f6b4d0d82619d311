// Freezes, resets and clamps what learns, as the operator says; simulation process.
import type { LearningControl } from '../common/simulation-protocol/control-message.ts';
import type { Backend, BlockingBackend } from './backend/backend.ts';
import { arrayName, type NetworkState } from './backend/network-state.ts';
import { withoutSurveys } from './backend/weight-survey.ts';
import type { CompiledNetwork } from './network/compiled-network.ts';
import type { Signals } from './signals/signals.ts';

/** @returns why nothing was done, or '' when it was done. */
export function controlLearning(
  control: LearningControl,
  network: CompiledNetwork,
  signals: Signals,
  backend: BlockingBackend,
): string;
export function controlLearning(
  control: LearningControl,
  network: CompiledNetwork,
  signals: Signals,
  backend: Backend,
): string | Promise<string>;
export function controlLearning(
  control: LearningControl,
  network: CompiledNetwork,
  signals: Signals,
  backend: Backend,
): string | Promise<string> {
  if (control.kind === 'clamp') {
    if (control.signal >= signals.count) return `there is no signal ${control.signal}`;
    signals.clamp(control.signal, control.value ?? undefined);
    return '';
  }
  if (!network.gates.has(control.projection)) return `projection ${control.projection} does not learn`;
  if (control.kind === 'freeze') {
    signals.freeze(control.projection, control.isFrozen);
    return '';
  }
  const reset = (state: NetworkState) => {
    backend.restore(atBeginning(network, control.projection, state));
    return '';
  };
  const state = backend.state();
  return state instanceof Promise ? state.then(reset) : reset(state);
}

/** The same state with the synapses of a projection of the model as they were at the beginning. */
function atBeginning(network: CompiledNetwork, projection: number, { step, arrays }: NetworkState): NetworkState {
  const gate = network.gates.get(projection);
  const own = [...network.projections.entries()].flatMap(([index, { rule, weights }]) =>
    rule?.gateAt !== gate
      ? []
      : [
          [arrayName('projection', index, 'weights'), weights] as const,
          ...rule!.variables.map(
            ({ initial }, variable) =>
              [
                arrayName('projection', index, 'variable', variable),
                new Int32Array(weights.length).fill(initial),
              ] as const,
          ),
        ],
  );
  const changed = [...network.projections.keys()].filter((index) => network.projections[index]!.rule?.gateAt === gate);
  return { step, arrays: { ...withoutSurveys(arrays, changed), ...Object.fromEntries(own) } };
}
