// Checks that a synapse of a rule for single synapses depends on nothing but what the rule declares; analysis process.
import { bcm } from '../../../../common/learning-rule/catalogue/bcm.ts';
import { btsp } from '../../../../common/learning-rule/catalogue/btsp.ts';
import { clopathStdp } from '../../../../common/learning-rule/catalogue/clopath-stdp.ts';
import { exploratoryHebb } from '../../../../common/learning-rule/catalogue/exploratory-hebb.ts';
import { hebb } from '../../../../common/learning-rule/catalogue/hebb.ts';
import { oja } from '../../../../common/learning-rule/catalogue/oja.ts';
import { pairStdp } from '../../../../common/learning-rule/catalogue/pair-stdp.ts';
import { rewardStdp } from '../../../../common/learning-rule/catalogue/reward-stdp.ts';
import { sanger } from '../../../../common/learning-rule/catalogue/sanger.ts';
import { threeFactorHebb } from '../../../../common/learning-rule/catalogue/three-factor-hebb.ts';
import { tripletStdp } from '../../../../common/learning-rule/catalogue/triplet-stdp.ts';
import { vogelsIstdp } from '../../../../common/learning-rule/catalogue/vogels-istdp.ts';
import type { RuleDeclaration } from '../../../../common/learning-rule/declaration.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { linearLayer, rectifiedLayer, type RateLayerDynamics } from '../../local/rate-layer.ts';
import { synapseDynamics } from '../../local/synapse-dynamics.ts';
import type { SynapseInput } from '../../local/synapse-simulation.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import { layerOf, type RateImplementation } from './rate-implementation.ts';
import { implementationOf, type SpikingImplementation, synapsesOf, wrongDynamics } from './spiking-implementation.ts';

/** Of twelve synapses the first four are watched, for the first 300 of 400 steps. */
const [count, watched, steps, present] = [12, 4, 400, 300];

interface Watching extends SpikingImplementation {
  /** Which of the given steps a synapse meets in a step of the simulation. */
  readonly meets: (step: number) => number;
}

/** What synapses meet in each step; synapses in `others`, and everything from `future` on, are drawn from another seed. */
function inputs(declaration: RuleDeclaration, isChanged: boolean): SynapseInput[] {
  const [own, other] = [new Random(81), new Random(isChanged ? 82 : 81)];
  return Array.from({ length: steps }, (_, step) => {
    // Both are always drawn, so that the watched synapses meet the same in either case.
    const pick = (low: number, high: number, isWatched: boolean) => {
      const [first, second] = [own.uniform(), other.uniform()];
      return low + (high - low) * (isWatched && step < present ? first : second);
    };
    const each = (low: number, high: number) =>
      Float64Array.from({ length: count }, (_unused, synapse) => pick(low, high, synapse < watched));
    const spikes = () =>
      Array.from(each(0, 1).entries()).flatMap(([synapse, drawn]) => (drawn < 0.08 ? [synapse] : []));
    // The values that rules of this kind read are membrane potentials.
    const values = Object.entries(declaration.post).flatMap(([symbol, { kind }]) =>
      kind === 'value' ? [[symbol, each(-80, -40)] as const] : [],
    );
    const factors = Object.entries(declaration.thirdFactors).map(([symbol, { pathway, min = -1 }]) => {
      const low = Math.max(min, -1);
      return [symbol, pathway === 'broadcast' ? pick(low, 1, true) : each(low, 1)] as const;
    });
    return { arrivals: spikes(), firings: spikes(), signals: Object.fromEntries([...values, ...factors]) };
  });
}

/** @returns weights and variables of the watched synapses, every 30 steps, whatever the order of `places`. */
function outcome(
  subject: Watching,
  given: readonly SynapseInput[],
  places: readonly number[],
  others: number,
): number[] {
  const weights = Float64Array.from(places, (place) => (place < watched ? 0.2 + 0.1 * place : others));
  const synapses = synapsesOf(subject, {}, count, 1, weights);
  const at = new Map(places.map((place, index) => [place, index]));
  const found: number[] = [];
  for (let step = 0; step < present; step++) {
    const { arrivals = [], firings = [], signals = {} } = given[subject.meets(step)]!;
    const moved = Object.entries(signals).map(([symbol, value]) => [
      symbol,
      typeof value === 'number' ? value : Float64Array.from(places, (place) => value[place]!),
    ]);
    synapses.step({
      arrivals: arrivals.map((place) => at.get(place)!),
      firings: firings.map((place) => at.get(place)!),
      signals: Object.fromEntries(moved),
    });
    // Not only at the end, where weights may rest at a bound.
    if (step % 30 !== 29) continue;
    for (const values of Object.values(synapses.state))
      for (let place = 0; place < watched; place++) found.push(values[at.get(place)!]!);
  }
  return found;
}

/** @returns how many numbers differ in any bit when all else is other, or stands in another order. */
function differences(subject: Watching): Measurement {
  const order = Array.from({ length: count }, (_, place) => place);
  const usual = outcome(subject, inputs(subject.declaration, false), order, 0.5);
  const others = outcome(subject, inputs(subject.declaration, true), order, 0.7);
  const turned = outcome(subject, inputs(subject.declaration, true), order.toReversed(), 0.7);
  const differing = usual.filter((value, index) => value !== others[index] || value !== turned[index]);
  const isIdle = usual.slice(0, watched).every((weight, place) => weight === 0.2 + 0.1 * place);
  return below(isIdle ? NaN : differing.length, 1, `of ${usual.length}`);
}

/** Three receivers, of which the last begins with other weights: @returns how many weights of the others differ. */
function rateDifferences(subject: RateImplementation): Measurement {
  const learn = (last: number) => {
    const begin = Matrix.of([
      [0.3, 0.1, -0.2, 0.4],
      [-0.1, 0.5, 0.2, 0.1],
      [last, 0.2, last, -0.3],
    ]);
    const layer = layerOf(subject, {}, begin);
    const random = new Random(83);
    for (let presentation = 0; presentation < 100; presentation++)
      layer.present(Float64Array.from({ length: 4 }, () => random.normal()));
    return layer.weights.values.subarray(0, 8);
  };
  const [usual, others] = [learn(0.1), learn(0.6)];
  const differing = usual.filter((weight, index) => weight !== others[index]);
  return below(differing.length, 1, `of ${usual.length}`);
}

const spiking = (declaration: RuleDeclaration) => {
  const own: Watching = { ...implementationOf(declaration), meets: (step) => step };
  const neighbours: Watching['dynamics'] = {
    ...synapseDynamics,
    advanceTrace: (trace, spikes, remains) =>
      synapseDynamics.advanceTrace(
        trace,
        spikes.map((index) => (index + 1) % trace.length),
        remains,
      ),
  };
  return ruleCheck({
    id: `${declaration.name}-locality`,
    rules: [declaration.name],
    title: `${declaration.title}: other synapses, their order and the future change no bit of a synapse`,
    source: 'Test G2; test G6',
    gate: 'differing numbers < 1',
    subject: own,
    measure: differences,
    mutants: {
      'one trace for all': { ...own, dynamics: wrongDynamics.oneTraceForAll },
      'trace of the neighbour': { ...own, dynamics: neighbours },
      'ten steps ahead, a delay counted backwards': { ...own, meets: (step) => step + 10 },
    },
  });
};

const rate = (declaration: RuleDeclaration, dynamics: RateLayerDynamics, leak: RateLayerDynamics, name: string) =>
  ruleCheck({
    id: `${declaration.name}-locality`,
    rules: [declaration.name],
    title: `${declaration.title}: the weights of a later receiver change no bit of those of earlier ones`,
    source: 'Test G2',
    gate: 'differing weights < 1',
    subject: { declaration, dynamics } as RateImplementation,
    measure: rateDifferences,
    mutants: { [name]: { declaration, dynamics: leak } },
  });

/** Rates divided by their sum: each receiver would have to know all others. */
const normalised: RateLayerDynamics = {
  ...linearLayer,
  respond: (drives) => drives.map((drive) => drive / (1 + drives.reduce((sum, each) => sum + Math.abs(each), 0))),
};
const normalisedWords = 'rates divided by those of all receivers';

export const localityChecks: readonly RuleCheck[] = [
  ...[pairStdp, tripletStdp, clopathStdp, vogelsIstdp, rewardStdp, threeFactorHebb, exploratoryHebb, btsp].map(spiking),
  rate(hebb, linearLayer, normalised, normalisedWords),
  rate(oja, linearLayer, normalised, normalisedWords),
  rate(bcm, rectifiedLayer, normalised, normalisedWords),
  rate(
    sanger,
    linearLayer,
    { ...linearLayer, explainsFor: (receiver, other) => receiver !== other },
    'all other receivers explain',
  ),
];
