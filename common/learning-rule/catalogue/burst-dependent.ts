// Burst-dependent plasticity of spiking neurons: more bursts than usual strengthen, fewer weaken.
import type { RuleDeclaration } from '../declaration.ts';
import { fraction, largestWeight, timeConstant } from './spiking-parameters.ts';

/** Whether the receiver's spike comes soon after one before. */
const soon = 'y >= exp(-T_b / tau_b)';
/** 1 for a spike that makes an event a burst: the second, not those after it. */
const burst = `(${soon}) * (1 - b)`;
/** 1 for a spike that begins an event. */
const event = 'y < exp(-T_b / tau_b)';
const surprise = `(${burst} - usual * (${event}))`;

export const burstDependent: RuleDeclaration = {
  name: 'burst-dependent',
  title: 'Burst-dependent plasticity',
  about:
    'An event is a single spike or the first of a burst. Each event of the receiver weakens the synapses that were active before it, in proportion to how often its events become bursts; each burst strengthens them. On the average nothing changes until bursts come more often, or more rarely, than they did.',
  form: 'spiking',
  sources: [
    'Payeur, Guerguiev, Zenke, Richards & Naud 2021, Nat. Neurosci. 24:1010, eq. 1; the burst probability is averaged over events, not over time',
  ],
  parameters: {
    traceTimeConstantMilliseconds: timeConstant('tau', 'Time constant of the trace, τ', 50),
    burstIntervalMilliseconds: timeConstant('T_b', 'Longest interval within a burst', 16),
    intervalTraceTimeConstantMilliseconds: timeConstant('tau_b', 'Time constant of the fast trace', 5),
    changeFraction: fraction('A', 'Change by a burst', 0.001),
    averagedEvents: {
      symbol: 'n',
      label: 'Events that the usual burst probability is averaged over',
      unit: '',
      min: 2,
      max: 1000,
      default: 50,
    },
    maximumWeight: largestWeight,
  },
  pre: { x: { kind: 'trace', label: 'Trace of the sender', timeConstant: 'tau' } },
  post: {
    y: {
      kind: 'trace',
      label: 'Fast trace of the receiver, which tells how long its last spike is past',
      timeConstant: 'tau_b',
    },
  },
  thirdFactors: {},
  synapse: {
    usual: { label: 'Usual burst probability of the receiver', unit: '', min: 0, max: 1, initial: 0.2 },
    b: { label: 'Whether the last spike of the receiver was in a burst', unit: '', min: 0, max: 1, initial: 0 },
  },
  bounds: { min: '0', max: 'w_max' },
  on: {
    firing: {
      w: `w + A * w_max * ${surprise} * x`,
      usual: `clip(usual + ${surprise} / n, 0, 1)`,
      b: soon,
    },
  },
};
