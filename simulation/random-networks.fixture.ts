// Networks of any models and connections, for comparing back ends.
import fc from 'fast-check';
import { spikingRules } from '../common/experiment/network/plasticity.ts';
import { weightUnitOf } from '../common/experiment/network/population.ts';
import { isWeight, weightKeys } from '../common/experiment/network/weight-keys.ts';
import type { networkModelSchema } from '../common/experiment/network-model.ts';
import type { RuleDeclaration, RuleParameter } from '../common/learning-rule/declaration.ts';
import type { SimulationConfiguration } from '../common/simulation-protocol/configuration.ts';
import { configurationOf } from './example-configuration.ts';

export const channels = 8;

type Network = (typeof networkModelSchema)['_input'];
type Population = Network['populations'][number];
type Connections = Network['projections'][number]['connections'];

/** Evenly: `fc.double` draws mostly numbers so small that nothing happens. */
const between = (min: number, max: number) => fc.nat(1_000_000).map((part) => min + ((max - min) * part) / 1_000_000);
const maybe = <T>(of: fc.Arbitrary<T>, otherwise: T) => fc.oneof(fc.constant(otherwise), of);
const sometimes = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const membrane = {
  refractoryMilliseconds: between(0, 10),
  biasMillivolts: between(-10, 40),
  noiseMillivolts: maybe(between(0, 10), 0),
  initialSpreadMillivolts: maybe(between(0, 10), 0),
  backgroundRateHz: maybe(between(0, 20_000), 0),
};
const timeConstants = {
  membraneTimeConstantMilliseconds: between(1, 100),
  synapticTimeConstantMilliseconds: between(0.1, 50),
};

/** All models; `neurons` and `name` are added. */
const models: fc.Arbitrary<Omit<Population, 'name' | 'neurons'>> = fc.oneof(
  fc.record({
    model: fc.constant('lif' as const),
    ...timeConstants,
    inhibitorySynapticTimeConstantMilliseconds: between(0.1, 50),
    ...membrane,
    backgroundWeightMillivolts: between(0, 1),
  }),
  fc.record({ model: fc.constant('lif' as const), ...timeConstants, ...membrane }),
  fc.record({
    model: fc.constant('lif-conductance' as const),
    ...timeConstants,
    ...membrane,
    backgroundWeightNanosiemens: between(0, 2),
  }),
  fc.record({
    model: fc.constant('adex' as const),
    ...timeConstants,
    ...membrane,
    slopeMillivolts: between(0.1, 10),
    adaptationFraction: between(-1, 5),
    backgroundWeightMillivolts: between(0, 1),
  }),
  fc.record({
    model: fc.constant('izhikevich' as const),
    recoveryRatePerMillisecond: between(0, 1),
    biasMillivoltsPerMillisecond: between(-5, 20),
    noiseMillivoltsPerMillisecond: maybe(between(0, 10), 0),
  }),
  fc.record({ model: fc.constant('rate' as const), biasMillivolts: between(-5, 20), noiseMillivolts: between(0, 3) }),
  fc.record({ model: fc.constant('spike-source' as const) }),
  fc.record({ model: fc.constant('poisson' as const), rateHz: between(0, 1000) }),
) as fc.Arbitrary<Omit<Population, 'name' | 'neurons'>>;

/** Between populations that may be of different sizes. */
const connections: fc.Arbitrary<Connections> = fc.oneof(
  fc.record({ kind: fc.constant('random' as const), probability: between(0, 1) }),
  fc.record({ kind: fc.constant('in-degree' as const), synapses: fc.nat(5), mayRepeat: fc.constant(true) }),
  fc.record({ kind: fc.constant('out-degree' as const), synapses: fc.nat(5), mayRepeat: fc.constant(true) }),
  fc.constant({ kind: 'one-to-one' as const }),
  fc.record({
    kind: fc.constant('distance' as const),
    profile: fc.constantFrom('gaussian' as const, 'exponential' as const),
    peakProbability: between(0, 1),
    lengthMicrometres: between(10, 1000),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    synapses: fc.array(fc.record({ sender: fc.nat(1), receiver: fc.nat(1), delayMilliseconds: between(0.05, 10) }), {
      maxLength: 10,
    }),
  }),
);

/** Mostly near the usual value, where something happens. */
const parameterOf = (parameter: RuleParameter) =>
  between(
    Math.max(parameter.min, Math.min(parameter.default / 4, parameter.default * 4)),
    Math.min(parameter.max, Math.max(parameter.default / 4, parameter.default * 4)),
  );

interface Learning {
  readonly rule: RuleDeclaration;
  /** Every weight among the parameters, in the unit of the projection. */
  readonly strength: number;
  readonly parameters: Readonly<Record<string, number>>;
}

/** A spiking rule of the catalogue with parameters of its own. */
const learning: fc.Arbitrary<Learning> = fc.constantFrom(...spikingRules).chain((rule) =>
  fc.record({
    rule: fc.constant(rule),
    strength: between(0, 10),
    parameters: fc.record(
      Object.fromEntries(
        Object.entries(rule.parameters).flatMap(([key, parameter]) =>
          isWeight(parameter) ? [] : [[key, parameterOf(parameter)]],
        ),
      ),
    ),
  }),
);

const projection = (populations: number) =>
  fc.record({
    from: fc.nat(populations - 1),
    to: fc.nat(populations - 1),
    connections,
    weight: between(-5, 5),
    weightDistribution: fc.constantFrom('normal' as const, 'lognormal' as const, 'uniform' as const),
    delayMilliseconds: between(0.05, 20),
    delaySpreadMilliseconds: maybe(between(0, 2), 0),
    delayMillisecondsPerMillimetre: maybe(between(0, 10), 0),
    shortTerm: sometimes(
      fc.record({
        utilisation: between(0, 1),
        recoveryMilliseconds: between(1, 500),
        facilitationMilliseconds: maybe(between(1, 500), 0),
      }),
    ),
    learning: sometimes(learning),
  });

/** @param maxNeurons of a population */
export const randomConfigurations = (maxNeurons: number): fc.Arbitrary<SimulationConfiguration> =>
  fc
    .array(fc.tuple(models, fc.integer({ min: 2, max: maxNeurons })), { minLength: 1, maxLength: 5 })
    .chain((populations) =>
      fc.record({
        populations: fc.constant(populations),
        projections: fc.array(projection(populations.length + 1), { maxLength: 6 }),
        stepMilliseconds: fc.constantFrom(0.05, 0.1, 0.25, 0.5, 1),
        inputs: fc.array(
          fc.record({
            to: fc.nat(populations.length),
            neuronsPerElectrode: fc.integer({ min: 1, max: 100 }),
            weight: between(-50, 50),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        seed: fc.nat(),
      }),
    )
    .map(({ populations: drawn, projections, stepMilliseconds, inputs, seed }) => {
      const populations = [[{ model: 'lif' }, 3] as (typeof drawn)[number], ...drawn];
      const named = (index: number) => `population-${index}`;
      const modelOf = (index: number) => populations[index]![0].model;
      const takesInput = ({ to }: { to: number }) => modelOf(to) !== 'poisson';
      const weight = (to: number, value: number) =>
        weightUnitOf(modelOf(to)) === 'nS' ? { weightNanosiemens: Math.abs(value) } : { weightMillivolts: value };
      return configurationOf(
        {
          stepMilliseconds,
          populations: populations.map(
            ([model, neurons], index) =>
              ({
                name: named(index),
                neurons,
                sheet: { widthMicrometres: 500, heightMicrometres: 300 },
                ...model,
              }) as Population,
          ),
          projections: projections
            .filter(takesInput)
            .map(({ from, to, weight: value, shortTerm, learning: drawn, ...rest }, index) => ({
              name: `projection-${index}`,
              from: named(from),
              to: named(to),
              ...rest,
              ...weight(to, value),
              ...(shortTerm === undefined || modelOf(from) === 'rate' ? {} : { shortTermPlasticity: shortTerm }),
              ...(drawn !== undefined && canLearn(modelOf(to), drawn.rule)
                ? { plasticity: plasticityOf(weightUnitOf(modelOf(to)), drawn) }
                : {}),
            })),
          inputs: inputs
            .map((input) => (takesInput(input) ? input : { ...input, to: 0 }))
            .map(({ to, neuronsPerElectrode, weight: value }) => ({
              to: named(to),
              neuronsPerElectrode,
              ...weight(to, value),
            })),
        },
        { seed, channels },
      );
    });

/** Whether neurons of a model show all that a rule reads. */
const canLearn = (model: Population['model'], { post }: RuleDeclaration) =>
  !('u' in post) || (model !== 'rate' && model !== 'spike-source');

function plasticityOf(unit: 'mV' | 'nS', { rule, strength, parameters }: Learning) {
  const weights = Object.entries(rule.parameters)
    .filter(([, parameter]) => isWeight(parameter))
    .map(([key]) => [weightKeys(key)[unit === 'mV' ? 'millivolts' : 'nanosiemens'], strength]);
  const factors = Object.keys(rule.thirdFactors).map((symbol) => [symbol, { signal: 'any' }]);
  return {
    rule: rule.name,
    ...parameters,
    ...Object.fromEntries(weights),
    ...(factors.length === 0 ? {} : { thirdFactors: Object.fromEntries(factors) }),
  };
}

/** Electrodes that spike in each of some ticks. */
export const randomInput = fc.array(fc.array(fc.nat(channels - 1), { maxLength: 5 }), { minLength: 1, maxLength: 60 });
