// Checks of burst-dependent plasticity, of ensembles and of single spikes; analysis process.
import type { Values } from '../../../../common/learning-rule/vector-equation.ts';
import { applyRule } from '../../../../common/learning-rule/apply-rule.ts';
import { burstDependent } from '../../../../common/learning-rule/catalogue/burst-dependent.ts';
import type { RuleDeclaration } from '../../../../common/learning-rule/declaration.ts';
import { parseRule } from '../../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, mean, standardError } from '../../base/vectors.ts';
import { logistic, tanh } from '../../deep/activation.ts';
import { burstChanges, type BurstParts, burstParts } from '../../phases/burst-ensemble.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { descent } from './reference-gradient.ts';
import { smallProblem } from './small-problem.ts';

const withEquation = (w: string): BurstParts => ({
  ...burstParts,
  declaration: { ...burstParts.declaration, on: { step: { w } } },
});

/** 2000 receivers, each with one synapse, for 300 steps; @returns the change of each weight. */
function simulate(
  declaration: RuleDeclaration,
  eventProbability: number,
  burstProbability: number,
  usual: number,
  events: number,
): Float64Array {
  const rule = parseRule(declaration);
  const random = new Random(23);
  const receivers = 2000;
  const parameters = { averagedEvents: events, changeFraction: 0.001, maximumWeight: 1 };
  return Float64Array.from({ length: receivers }, () => {
    let synapse: Record<string, Values> = { w: 0.5, usual, b: 0 };
    for (let step = 0; step < 300; step++) {
      const x = random.uniform();
      if (random.uniform() >= eventProbability) continue;
      // The first spike finds no trace of another; a second one follows at once.
      const fire = (y: number) =>
        (synapse = { ...synapse, ...applyRule(rule, 'firing', parameters, { ...synapse, x, y }, 1) });
      fire(0);
      if (random.uniform() < burstProbability) fire(0.9);
    }
    return (synapse['w'] as number) - 0.5;
  });
}

/** As the declaration says them: whether a spike makes an event a burst, and whether it begins one. */
const isBurst = '((y >= exp(-T_b / tau_b)) * (1 - b))';
const isEvent = '(y < exp(-T_b / tau_b))';
const spiking = (on: Partial<Record<'w' | 'usual', string>>): RuleDeclaration => ({
  ...burstDependent,
  on: { firing: { ...burstDependent.on.firing, ...on } },
});

export const burstChecks: readonly RuleCheck[] = [
  ruleCheck<BurstParts>({
    id: 'burst-ensemble-follows-gradient',
    rules: ['burst-dependent-ensemble'],
    title:
      'With weak teacher and feedback over the transposed weights, each layer of ensembles changes along the gradient',
    source: 'Payeur et al. 2021, ensemble limit',
    gate: 'largest angle of a layer in degrees < 0.5',
    subject: burstParts,
    measure(parts) {
      const rule = parseRule(parts.declaration);
      const angles = [logistic, tanh].flatMap((activation) => {
        const { network, inputs, targets } = smallProblem(24, [6, 10, 8, 3], 6, { activation });
        const feedback = network.layers.slice(1).map(({ weights }) => weights.transposed());
        const parameters = { learningRate: 1, teachingStrength: 0.001, dendriticGain: 0.02 };
        const own = burstChanges(parts, rule, parameters, network, feedback, inputs, targets);
        const wanted = descent(network, inputs, targets);
        return own.map(({ weights }, index) => angleDegrees(weights.values, wanted[index]!.weights.values));
      });
      return below(Math.max(...angles), 0.5);
    },
    mutants: {
      'usual burst probability without events': withEquation('w + eta / kappa * (bursts - usual) * x'),
      'feedback not gated by the slope of events': { ...burstParts, gate: () => 1 },
      'feedback gated by the slope, not by the slope for each event': {
        ...burstParts,
        gate: (activation, drive) => activation.slope(drive),
      },
      'every burst depresses': withEquation('w - eta / kappa * (bursts - usual * events) * x'),
      'random feedback': {
        ...burstParts,
        feedback: (bursts, { rows, columns }) =>
          bursts.times(Matrix.normal(columns, rows, 1 / Math.sqrt(rows), new Random(25))),
      },
    },
  }),
  ruleCheck<BurstParts>({
    id: 'burst-ensemble-usual-bursts',
    rules: ['burst-dependent-ensemble'],
    title: 'Bursts as probable as usual change nothing, exactly',
    source: 'Payeur et al. 2021, eq. 1: P = mean of P',
    gate: 'largest change = 0',
    subject: burstParts,
    measure(parts) {
      const { network, inputs } = smallProblem(26, [6, 10, 8, 3], 6);
      const feedback = network.layers.slice(1).map(({ weights }) => weights.transposed());
      const own = burstChanges(
        parts,
        parseRule(parts.declaration),
        { learningRate: 1 },
        network,
        feedback,
        inputs,
        network.predict(inputs),
      );
      const value = Math.max(...own.flatMap(({ weights, biases }) => [...weights.values, ...biases]).map(Math.abs));
      return { value, passes: value === 0 };
    },
    mutants: {
      'usual burst probability without events': withEquation('w + eta / kappa * (bursts - usual) * x'),
      'bursts alone': withEquation('w + eta / kappa * bursts * x'),
      'usual burst probability of one half for all': withEquation('w + eta / kappa * (bursts - 0.5 * events) * x'),
    },
  }),
  ruleCheck<RuleDeclaration>({
    id: 'burst-dependent-long-run',
    rules: ['burst-dependent'],
    title: 'Usual bursts change nothing on the average; more of them change weights until they are usual',
    source: 'Payeur et al. 2021, eq. 1; the expected change summed over events',
    gate: 'distance to the expected change in standard errors < 3, at the usual probability and at a higher one',
    subject: burstDependent,
    measure(declaration) {
      const [event, usual, events, steps] = [0.2, 0.3, 20, 300];
      const distances = [0.3, 0.6].map((probability) => {
        const changes = simulate(declaration, event, probability, usual, events);
        // Of x, uniform from 0 to 1, the mean is one half.
        const expected = 0.001 * 0.5 * (probability - usual) * events * (1 - (1 - event / events) ** steps);
        return Math.abs(mean(changes) - expected) / standardError(changes);
      });
      return below(Math.max(...distances), 3, distances.map((each) => each.toFixed(2)).join(' and '));
    },
    mutants: {
      'usual burst probability without events': spiking({ w: `w + A * w_max * (${isBurst} - usual) * x` }),
      'events strengthen as well': spiking({ w: `w + A * w_max * (${isBurst} + usual * ${isEvent}) * x` }),
      'usual burst probability never moves': spiking({ usual: 'usual' }),
      'usual burst probability falls with every spike': spiking({
        usual: `clip(usual + (${isBurst} - usual) / n, 0, 1)`,
      }),
      'usual burst probability moves by each burst alone': spiking({ usual: `clip(usual + ${isBurst} / n, 0, 1)` }),
    },
  }),
];
