// The neuron models of brian2_models.py in our whole numbers: spikes under steady drive, and statistics under common input.
import type { networkModelSchema } from '../../common/experiment/network-model.ts';
import { weightUnitOf } from '../../common/experiment/network/population.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import type { ModelStatistics } from './compare.ts';
import type { ComparedModel } from './comparison.ts';

type Population = (typeof networkModelSchema)['_input']['populations'][number];

const noInput = new Uint16Array(0);
const binSeconds = 0.02;

function population(model: ComparedModel, neurons: number, bias: number): Population {
  const size = { name: 'cells', neurons };
  switch (model) {
    case 'lif':
      return { ...size, model, biasMillivolts: bias };
    case 'lif-conductance':
      return { ...size, model, restMillivolts: -60, resetMillivolts: -60, biasMillivolts: bias };
    case 'adex':
      return { ...size, model, biasMillivolts: bias };
    case 'izhikevich':
      return { ...size, model, biasMillivoltsPerMillisecond: bias };
    case 'rate':
      return { ...size, model, biasMillivolts: bias };
  }
}

/** @returns spikes of a neuron in two seconds for each bias. */
export function currents(model: ComparedModel, biases: readonly number[]): number[] {
  return biases.map((bias) => {
    const network = compileNetwork(
      configurationOf({
        stepMilliseconds: 0.05,
        populations: [population(model, 1, bias)],
        inputs: [{ to: 'cells', neuronsPerElectrode: 1, ...inUnit(model, 0) }],
      }),
    );
    const backend = new TypescriptBackend(network);
    let spikes = 0;
    for (let tick = 0; tick < 2000; tick++) spikes += backend.step(noInput, 0).length;
    return spikes;
  });
}

const inUnit = (model: ComparedModel, weight: number) =>
  weightUnitOf(model) === 'nS' ? { weightNanosiemens: weight } : { weightMillivolts: weight };

/** 400 neurons, each with half of 100 sources of 30 Hz; the mean over several draws of connections and spikes. */
export function driven(
  model: ComparedModel,
  weight: number,
  bias: number,
  seconds: number,
  draws: number,
): ModelStatistics {
  return meanOfDraws(draws, (seed) => drivenOnce(model, weight, bias, seconds, seed));
}

/** 400 neurons that fire by chance. */
export function byChance(rateHz: number, seconds: number, draws: number): ModelStatistics {
  return meanOfDraws(draws, (seed) => {
    const populations: Population[] = [
      { name: 'cells', neurons: 400, model: 'poisson', rateHz },
      { name: 'others', neurons: 1, model: 'spike-source' },
    ];
    const inputs = [{ to: 'others', neuronsPerElectrode: 1, weightMillivolts: 0 }];
    return run(configurationOf({ stepMilliseconds: 0.1, populations, inputs }, { seed }), 0, seconds);
  });
}

function meanOfDraws(draws: number, drawOnce: (seed: number) => ModelStatistics): ModelStatistics {
  const each = Array.from({ length: draws }, (_, draw) => drawOnce(draw + 1));
  const mean = (of: keyof ModelStatistics) => meanOf(each.map((statistics) => statistics[of]));
  return { rateHz: mean('rateHz'), cv: mean('cv'), correlation: mean('correlation') };
}

function drivenOnce(
  model: ComparedModel,
  weight: number,
  bias: number,
  seconds: number,
  seed: number,
): ModelStatistics {
  return run(
    configurationOf(
      {
        stepMilliseconds: 0.1,
        populations: [{ name: 'sources', neurons: 100, model: 'poisson', rateHz: 30 }, population(model, 400, bias)],
        projections: [
          {
            name: 'common',
            from: 'sources',
            to: 'cells',
            connections: { kind: 'random', probability: 0.5 },
            weightSpreadFraction: 0,
            ...inUnit(model, weight),
          },
        ],
        inputs: [{ to: 'cells', neuronsPerElectrode: 1, ...inUnit(model, 0) }],
      },
      { seed },
    ),
    100,
    seconds,
  );
}

/** @param first of the 400 neurons that are looked at */
function run(configuration: SimulationConfiguration, first: number, seconds: number): ModelStatistics {
  const backend = new TypescriptBackend(compileNetwork(configuration));
  const times = Array.from({ length: 400 }, (): number[] => []);
  for (let tick = 0; tick < (0.5 + seconds) * 1000; tick++) {
    for (const neuron of backend.step(noInput, 0))
      if (neuron >= first && tick >= 500) times[neuron - first]!.push(tick / 1000 - 0.5);
  }
  return statisticsOf(times, seconds);
}

function statisticsOf(times: readonly number[][], seconds: number): ModelStatistics {
  const cvs = times.flatMap((each) => {
    const intervals = each.slice(1).map((time, index) => time - each[index]!);
    if (intervals.length <= 4) return [];
    const mean = meanOf(intervals);
    return [Math.sqrt(meanOf(intervals.map((interval) => (interval - mean) ** 2))) / mean];
  });
  const bins = Math.floor(seconds / binSeconds);
  const standardised = times.flatMap((each) => {
    const counts = new Float64Array(bins);
    for (const time of each) counts[Math.min(bins - 1, Math.floor(time / binSeconds))]!++;
    const mean = meanOf([...counts]);
    const deviation = Math.sqrt(meanOf([...counts].map((count) => (count - mean) ** 2)));
    return deviation === 0 ? [] : [counts.map((count) => (count - mean) / deviation)];
  });
  // The mean over all pairs, from the variance of the sum.
  const sum = new Float64Array(bins);
  for (const each of standardised) for (const [bin, value] of each.entries()) sum[bin]! += value;
  const neurons = standardised.length;
  const ofSum = meanOf([...sum].map((value) => value * value));
  return {
    rateHz: times.reduce((all, each) => all + each.length, 0) / times.length / seconds,
    cv: meanOf(cvs),
    correlation: (ofSum - neurons) / (neurons * (neurons - 1)),
  };
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
