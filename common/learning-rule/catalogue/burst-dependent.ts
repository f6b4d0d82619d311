// Burst-dependent plasticity of spiking neurons: more bursts than usual strengthen, fewer weaken.
import type { RuleDeclaration, SecondState } from '../declaration.ts';
import { fraction, largestWeight, timeConstant } from './spiking-parameters.ts';

const indicator = (label: string): SecondState => ({ kind: 'second-state', label, unit: '', min: 0, max: 1 });

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
    burst: indicator('Whether an event becomes a burst in this step'),
    event: indicator('Whether an event begins in this step'),
  },
  thirdFactors: {},
  synapse: { usual: { label: 'Usual burst probability of the receiver', unit: '', min: 0, max: 1, initial: 0.2 } },
  bounds: { min: '0', max: 'w_max' },
  on: {
    step: {
      w: 'w + A * w_max * (burst - usual * event) * x',
      usual: 'clip(usual + (burst - usual * event) / n, 0, 1)',
    },
  },
};
