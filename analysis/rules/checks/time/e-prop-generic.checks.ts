// What holds for e-prop as for every rule: locality, silence without a signal, chance at first, time steps; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, mean, norm, standardError } from '../../base/vectors.ts';
import { type EProp, eProp, ePropChange, ePropReads, learningSignals } from '../../time/e-prop.ts';
import { createFeedback, drawFeedback } from '../../time/feedback.ts';
import { SpikingActivity } from '../../time/spiking-activity.ts';
import { SpikingNetwork } from '../../time/spiking-network.ts';
import { wholeGradient } from '../../time/surrogate-gradient.ts';
import { type RuleCheck, near, ruleCheck } from '../check.ts';
import { withReplaced } from './changed-rule.ts';
import { gradientOf, type SmallTrial, smallTrial } from './small-spiking-network.ts';

const rules = ['e-prop-lif', 'e-prop-alif'];

interface Learner {
  readonly eProp: EProp;
  signals(network: SpikingNetwork, errors: Float64Array, feedback: Matrix): Float64Array;
}
const learner: Learner = { eProp, signals: (_, errors, feedback) => learningSignals(errors, feedback) };

const changeOf = (subject: Learner, trial: SmallTrial, feedback: Matrix, network = trial.network) =>
  ePropChange(subject.eProp, network, trial, subject.signals(network, trial.errors, feedback));

/** The largest difference of two changes; 0 only when they are the same bit for bit. */
const difference = (a: Matrix, b: Matrix) => Math.max(...a.minus(b).values.map(Math.abs));

/** Everything that the synapses are not told: all weights of the network, its readout, and what happens after step 30. */
function othersChanged(subject: Learner, seed: number): number {
  const trial = smallTrial(seed);
  const { network, inputs, activity } = trial;
  const feedback = Matrix.normal(3, 8, 0.5, new Random(seed, 7));
  const random = new Random(seed, 8);
  const other = new SpikingNetwork(
    network.settings,
    network.synapses.map(() => random.normal()),
    network.readout.map(() => random.normal()),
  );
  const byWeights = difference(changeOf(subject, trial, feedback), changeOf(subject, trial, feedback, other));
  const until = (step: number, values: Float64Array, width: number, after: () => number) =>
    values.map((value, index) => (index < step * width ? value : after()));
  const early = { ...trial, errors: until(30, trial.errors, 3, () => 0) };
  const later = until(30, inputs, 4, () => Number(random.uniform() < 0.5));
  const laterActivity = network.run(later, new SpikingActivity(activity.steps, 8, 3, true));
  const otherFuture = { ...early, inputs: later, activity: laterActivity };
  return Math.max(byWeights, difference(changeOf(subject, early, feedback), changeOf(subject, otherFuture, feedback)));
}

/** @returns the order at which the eligibility of a decaying trace nears its closed form as steps become shorter */
function convergence({ lif, reads: given }: EProp): number {
  const [steps, readoutMilliseconds, settings] = [40, 10, { adaptive: 0, neurons: 1, inputs: 1, outputs: 1 }];
  const errors = [0.5, 0.25].map((dt) => {
    const { network, ...trial } = smallTrial(1, { ...settings, dtMilliseconds: dt }, steps / dt);
    trial.inputs.fill(0);
    trial.inputs[0] = 1;
    const signals = new Float64Array(trial.activity.steps);
    signals[signals.length - 1] = 1;
    // The potential stays at the threshold.
    const reads = { ...given, potential: () => network.settings.threshold };
    const { values } = ePropChange({ ...eProp, lif, reads }, network, trial, signals, readoutMilliseconds);
    const { surrogateGain, surrogateWidth, membraneMilliseconds } = network.settings;
    const decays = Math.exp(-steps / membraneMilliseconds) - Math.exp(-steps / readoutMilliseconds);
    const exact = (surrogateGain * decays) / (1 - readoutMilliseconds / membraneMilliseconds);
    return Math.abs(-values[0]! * surrogateWidth - exact) / exact;
  });
  return Math.log2(errors[0]! / errors[1]!);
}

export const ePropGenericChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'e-prop-is-local',
    rules,
    title:
      'Changing all weights of the network, its readout and its future changes nothing, given spikes and potentials',
    source: 'what the rule declares that it reads',
    gate: 'largest difference of a change = 0, 3 networks',
    subject: learner,
    mutants: {
      'readout’s weights instead of feedback': {
        ...learner,
        signals: (network, errors) => learningSignals(errors, network.readout),
      },
      'traces weighted with the sender’s other synapses': {
        ...learner,
        eProp: {
          ...eProp,
          reads: {
            ...ePropReads,
            advanceTraces(traces, network, trial, step) {
              ePropReads.advanceTraces(traces, network, trial, step);
              for (let sender = 0; sender < traces.length; sender++)
                traces[sender]! += 1e-3 * mean(network.synapses.row(sender)) * traces[sender]!;
            },
          },
        },
      },
      'potential of the step after': {
        ...learner,
        eProp: {
          ...eProp,
          reads: {
            ...ePropReads,
            potential: (network, activity, step, neuron) =>
              ePropReads.potential(network, activity, Math.min(activity.steps - 1, step + 1), neuron),
          },
        },
      },
    },
    measure: (subject) => near(Math.max(...[1, 2, 3].map((seed) => othersChanged(subject, seed))), 0, 0),
  }),
  ruleCheck({
    id: 'e-prop-is-silent-without-a-signal',
    rules,
    title: 'When outputs are what they should be nothing changes',
    source: 'definition',
    gate: 'largest change < 1e-14',
    subject: learner,
    mutants: {
      'constant in the signal': {
        ...learner,
        eProp: { ...eProp, alif: withReplaced(eProp.alif, 'eta * error', 'eta * (error + 1e-6)') },
      },
      'signal from outputs instead of their errors': {
        ...learner,
        signals: (network, errors, feedback) =>
          learningSignals(
            errors.map((error) => error + 0.01),
            feedback,
          ),
      },
    },
    measure(subject) {
      const trial = { ...smallTrial(1), errors: new Float64Array(60 * 3) };
      const change = changeOf(subject, trial, Matrix.normal(3, 8, 0.5, new Random(1, 7)));
      return near(Math.max(...change.values.map(Math.abs)), 0, 1e-14);
    },
  }),
  ruleCheck({
    id: 'e-prop-random-feedback-starts-at-chance',
    rules,
    title: 'With random feedback the first change is at right angles to the gradient, on average over networks',
    source: 'Lillicrap, Cownden, Tweed & Akerman 2016, Nat. Commun. 7:13276',
    gate: 'angle, mean of 60 networks 90 degrees within 3 standard errors',
    subject: drawFeedback,
    mutants: {
      'feedback that contains the readout’s weights': (network: SpikingNetwork, random: Random) =>
        drawFeedback(network, random).plus(network.readout),
      'feedback with the sign of the readout': (network: SpikingNetwork, random: Random) =>
        drawFeedback(network, random).with(network.readout, (own, its) => Math.abs(own) * Math.sign(its)),
    },
    measure(draw) {
      const angles = Array.from({ length: 60 }, (_, index) => {
        const trial = smallTrial(index + 1);
        const change = changeOf(learner, trial, draw(trial.network, new Random(index + 1, 7)));
        return angleDegrees(change.scaled(-1).values, gradientOf(trial, wholeGradient).values);
      });
      const error = standardError(angles);
      return near(mean(angles), 90, 3 * error, `standard error ${error.toFixed(2)}`);
    },
  }),
  ruleCheck({
    id: 'e-prop-time-step',
    rules: ['e-prop-lif'],
    title: 'Halving the time step halves the distance of the eligibility from its closed form',
    source: 'definition',
    gate: 'order of convergence 1 ± 0.15',
    subject: eProp as EProp,
    mutants: {
      'time constant of the trace in steps': {
        ...eProp,
        reads: {
          ...ePropReads,
          advanceTraces(traces, network, trial, step) {
            const decay = { ...network.decay, membrane: Math.exp(-1 / network.settings.membraneMilliseconds) };
            ePropReads.advanceTraces(traces, Object.assign(network.copy(), { decay }), trial, step);
          },
        },
      },
      'keeps what it should let go': {
        ...eProp,
        lif: withReplaced(eProp.lif, '1 - exp(-dt / tau_out)', 'exp(-dt / tau_out)'),
      },
    },
    measure: (subject) => near(convergence(subject), 1, 0.15),
  }),
  ruleCheck({
    id: 'e-prop-adaptive-feedback-agrees',
    rules,
    title: 'Adaptive feedback nears the readout’s weights by the decay in each change, whatever the changes are',
    source: 'Kolen & Pollack 1994, IEEE Int. Conf. Neural Netw. 1375; Bellec et al. 2020, Methods',
    gate: 'relative error of the distance after 50 changes < 1e-12',
    subject: createFeedback as typeof createFeedback,
    mutants: {
      'decay of the feedback only': (kind, network, random, decay = 0.01) => {
        const feedback = createFeedback(kind, network, random, decay);
        return {
          ...feedback,
          follow(change) {
            const before = network.readout.copy();
            feedback.follow(change);
            network.readout.values.set(before.values);
          },
        };
      },
      'change of the wrong neuron': (kind, network, random, decay) => {
        const feedback = createFeedback(kind, network, random, decay);
        const turned = (change: Matrix) => change.map((_, index) => change.values[(index + 1) % change.values.length]!);
        return { ...feedback, follow: (change) => feedback.follow(turned(change)) };
      },
      'random feedback, which stays': (_kind, network, random) => createFeedback('random', network, random),
    } satisfies Record<string, typeof createFeedback>,
    measure(create) {
      const { network } = smallTrial(1);
      const random = new Random(1, 9);
      const feedback = create('adaptive', network, new Random(1, 7), 0.05);
      const first = norm(feedback.weights.minus(network.readout).values);
      for (let step = 0; step < 50; step++) {
        const change = Matrix.normal(3, 8, 0.1, random);
        network.readout.values.forEach((weight, index, all) => (all[index] = weight + change.values[index]!));
        feedback.follow(change);
      }
      const wanted = first * 0.95 ** 50;
      return near(norm(feedback.weights.minus(network.readout).values) / wanted - 1, 0, 1e-12);
    },
  }),
];
