// e-prop for leaky integrate-and-fire neurons: an eligibility trace from the surrogate slope, and a learning signal for each neuron.
import type { RuleDeclaration } from '../declaration.ts';
import {
  largestSignedWeight,
  membranePotential,
  membraneTimeConstant,
  readoutTimeConstant,
  signedBounds,
  surrogate,
  surrogateGain,
} from './surrogate-parameters.ts';

export const ePropLif: RuleDeclaration = {
  name: 'e-prop-lif',
  title: 'e-prop, LIF',
  about:
    'Each synapse remembers how much it could have moved its receiver to fire; a learning signal over connections of its own says what firing was worth. The signal in a step is about the readout of the step before.',
  form: 'spiking',
  sources: ['Bellec, Scherr, Subramoney, Hajek, Salaj, Legenstein & Maass 2020, Nat. Commun. 11:3625, Methods'],
  parameters: {
    learningRate: {
      symbol: 'eta',
      label: 'Learning rate',
      unit: 'w',
      min: 0,
      max: 1000,
      default: 0.001,
    },
    membraneTimeConstantMilliseconds: membraneTimeConstant,
    readoutTimeConstantMilliseconds: readoutTimeConstant,
    ...surrogate,
    surrogateGain,
    maximumWeight: largestSignedWeight,
  },
  pre: { x: { kind: 'trace', label: 'Trace of the sender in the membrane', timeConstant: 'tau_m' } },
  post: { u: membranePotential },
  thirdFactors: {
    error: { label: 'Learning signal of the receiver', unit: '', pathway: 'separate', min: -100, max: 100 },
  },
  synapse: { e_bar: { label: 'Filtered eligibility', unit: '1/ms', initial: 0, min: 0, max: 20 } },
  bounds: signedBounds,
  on: {
    step: {
      w: 'w - eta * error * e_bar * dt',
      e_bar: 'e_bar + (1 - exp(-dt / tau_out)) * (gamma * positive(1 - abs(u - theta) / v_0) * x - e_bar)',
    },
  },
};
