// Synapses that tire, recover and facilitate, one state for all synapses of a sender; simulation process.
import type { ShortTermPlasticity } from '../../common/experiment/network/projection.ts';
import { define, variable } from '../kernel/expression.ts';
import { product24, share } from '../kernel/fixed-point.ts';
import { decayFactors } from './traces.ts';

/** Of utilisation, resources and their decays: 1 is 2²⁴. */
export const shortTermUnit = 2 ** 24;

/**
 * At the arrival of a spike Δ after the last one (Tsodyks, Pawelzik & Markram 1998):
 * u = U + u₋ (1 − U) exp(−Δ / τfac), x = 1 − (1 − x₋ (1 − u₋)) exp(−Δ / τrec), and the spike counts u x times its weight. Before the first
 * spike u₋ = 0 and x₋ = 1.
 */
export const facilitated = define('facilitated', ['before', 'factor', 'utilisation'], (before, factor, utilisation) => {
  const left = product24(before, factor);
  return utilisation.plus(left).minus(product24(left, utilisation));
});
/** @see facilitated */
export const recovered = define('recovered', ['resources', 'used', 'factor'], (resources, used, factor) => {
  const missing = resources.times(-1).plus(shortTermUnit).plus(product24(resources, used));
  return product24(missing, factor).times(-1).plus(shortTermUnit);
});
/** What a spike counts, in units of 2⁻¹⁵. */
export const efficacy = define('efficacy', ['utilisation', 'resources'], (utilisation, resources) =>
  product24(utilisation, resources).shiftRight(9),
);

/** The part of a weight that arrives, rounded; `part` in units of 2⁻¹⁵. */
export const partOf = define('partOf', ['weight', 'part'], (weight, part) => share(weight, part, 1));

/** Every expression above: a call of each function. */
export const shortTermRoots = [
  facilitated(variable('before'), variable('factor'), variable('utilisation')),
  recovered(variable('resources'), variable('used'), variable('factor')),
  efficacy(variable('utilisation'), variable('resources')),
  partOf(variable('weight'), variable('part')),
].map(({ node }) => node);

export interface CompiledShortTerm {
  /** U in `shortTermUnit`. */
  readonly utilisation: number;
  /** exp(−Δ / τ) by Δ in steps, in `shortTermUnit`; what is older has decayed to 0. */
  readonly facilitationFactors: Int32Array;
  readonly recoveryFactors: Int32Array;
}

export function compileShortTerm(model: ShortTermPlasticity, stepMilliseconds: number): CompiledShortTerm {
  const factors = (milliseconds: number) =>
    milliseconds === 0 ? new Int32Array(0) : decayFactors(milliseconds, stepMilliseconds, 24);
  return {
    utilisation: Math.round(model.utilisation * shortTermUnit),
    facilitationFactors: factors(model.facilitationMilliseconds),
    recoveryFactors: factors(model.recoveryMilliseconds),
  };
}
