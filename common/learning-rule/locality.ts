// What a synapse must know to follow a rule, as a class; derived from what the rule declares that it reads.
import type { NeuronRead, RuleDeclaration, ThirdFactor } from './declaration.ts';

export const localityClasses = ['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6'] as const;
export type LocalityClass = (typeof localityClasses)[number];

export const localityWords: Readonly<Record<LocalityClass, string>> = {
  L0: 'its two neurons now, and its own weight',
  L1: 'also memories of its own, or of its two neurons',
  L2: 'also one number that all synapses share',
  L3: 'also one number for its receiving neuron, over connections of their own',
  L4: 'also a second state of its own neurons',
  L5: 'also a number over connections that must equal the forward weights',
  L6: 'what no synapse can know',
};

const ofPathway: Readonly<Record<ThirdFactor['pathway'], LocalityClass>> = {
  broadcast: 'L2',
  separate: 'L3',
  'transposed-weights': 'L5',
  global: 'L6',
};

const ofRead: Readonly<Record<NeuronRead['kind'], LocalityClass>> = {
  value: 'L0',
  trace: 'L1',
  average: 'L1',
  'second-state': 'L4',
};

/** @returns the highest class among everything that the rule reads. */
export function localityOf({ pre, post, thirdFactors, synapse }: RuleDeclaration): LocalityClass {
  const classes: LocalityClass[] = [
    ...[...Object.values(pre), ...Object.values(post)].map(({ kind }) => ofRead[kind]),
    ...Object.values(thirdFactors).map(({ pathway }) => ofPathway[pathway]),
    ...(Object.keys(synapse).length > 0 ? (['L1'] as const) : []),
  ];
  return classes.reduce<LocalityClass>((highest, each) => (each > highest ? each : highest), 'L0');
}
