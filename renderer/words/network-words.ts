// Neuron models, learning rules, delays and back ends of the simulated network in words. Runs in the page.
import { catalogue } from '../../common/learning-rule/catalogue/catalogue.ts';
import type { PicturedProjection } from '../../common/contract/network-picture.ts';
import { threeDigits } from './format.ts';

const models: Readonly<Record<string, string>> = {
  lif: 'leaky integrate-and-fire',
  'lif-conductance': 'integrate-and-fire, conductances',
  adex: 'adaptive exponential',
  izhikevich: 'Izhikevich',
  poisson: 'Poisson, by chance',
  'spike-source': 'recorded units',
  rate: 'mean rate',
};

/** @returns a neuron model in words; its own name where there are none. */
export const modelWords = (model: string): string => models[model] ?? model;

/** The title of a rule within a sentence; a laboratory's own has the word for its kind. */
function ruleWords(rule: string): string {
  if (rule === 'own') return 'a rule of the laboratory’s own';
  return catalogue.find(({ name }) => name === rule)?.title ?? rule;
}

/** @returns whether and how a projection's weights change. */
export function learningWords({ learning, hasShortTermPlasticity }: PicturedProjection): string {
  const lasting = learning === undefined ? 'fixed' : `learns by ${ruleWords(learning.rule)}`;
  return hasShortTermPlasticity ? `${lasting}, short-term plasticity` : lasting;
}

/** @returns "2 ms", or from the shortest to the longest. */
export function delayWords({ shortest, longest }: PicturedProjection['delayMilliseconds']): string {
  const number = (milliseconds: number) => String(Number(milliseconds.toPrecision(3)));
  const words = shortest === longest ? number(shortest) : `${number(shortest)} to ${number(longest)}`;
  return `${words}\u00a0ms`;
}

/** @returns a weight with its unit. */
export const weightWords = (value: number, unit: PicturedProjection['unit']): string =>
  `${threeDigits(value)}\u00a0${unit}`;

const backends: Readonly<Record<string, string>> = {
  native: 'native, C++',
  typescript: 'TypeScript reference',
  webgpu: 'graphics card, WebGPU',
};

/** @returns what computes the network. */
export const backendWords = (backend: string): string => backends[backend] ?? backend;
