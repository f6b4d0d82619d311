// What a learning rule says of itself, once for all: parameters, what a synapse reads, and how it changes, as equations.

/** A number that an experiment may set. */
export interface RuleParameter {
  /** Its name in equations. */
  readonly symbol: string;
  readonly label: string;
  /** As `dimensionOf` reads it: 'ms', 'mV', 'Hz', 'w' (the unit of the weight), '1/ms', or '' for a pure number. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** One sentence without a full stop. */
  readonly note?: string;
}

interface Bounded {
  readonly label: string;
  readonly unit: string;
  /** Between these it always is; a value outside stops the simulation. Rate rules may leave them out. */
  readonly min?: number;
  readonly max?: number;
}

/** An exponentially decaying memory of the neuron's own spikes: each adds 1 after all synapses have read it. */
export interface SpikeTrace {
  readonly kind: 'trace';
  readonly label: string;
  /** Symbol of a parameter in ms. */
  readonly timeConstant: string;
}

/** An exponentially decaying mean of a value of the same neuron. */
export interface ValueAverage extends Bounded {
  readonly kind: 'average';
  /** Symbol of the value. */
  readonly of: string;
  readonly timeConstant: string;
}

/** What the neuron is doing now: its rate, its drive, its membrane potential, whether it fires. */
export interface NeuronValue extends Bounded {
  readonly kind: 'value';
}

/** A second state of the same neuron: apical potential, target, other phase, burst. */
export interface SecondState extends Bounded {
  readonly kind: 'second-state';
}

export type NeuronRead = SpikeTrace | ValueAverage | NeuronValue | SecondState;

/** How a signal from elsewhere reaches the synapse; it decides the locality class. */
export type Pathway =
  /** One number for all synapses. */
  | 'broadcast'
  /** A number for each receiver, over connections of their own: random, learned or sparse. */
  | 'separate'
  /** A number for each receiver over connections that must equal the forward weights (or their signs). */
  | 'transposed-weights'
  /** Anything else: other synapses, the whole network, its past. */
  | 'global';

export interface ThirdFactor extends Bounded {
  readonly pathway: Pathway;
}

export interface SynapseVariable extends Bounded {
  readonly initial: number;
}

/** What becomes of a variable of the synapse, by symbol; all right-hand sides read the values from before. */
export type Assignments = Readonly<Record<string, string>>;

export interface RuleDeclaration {
  /** In files: words with hyphens. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences. */
  readonly about: string;
  readonly form: 'rate' | 'spiking';
  /** Author, year, where; the first is where the equations are from. */
  readonly sources: readonly string[];
  /** By their keys in files, which end in the unit where there is one. */
  readonly parameters: Readonly<Record<string, RuleParameter>>;
  /** Of the sending neuron, by symbol. */
  readonly pre: Readonly<Record<string, NeuronRead>>;
  /** Of the receiving neuron, by symbol. */
  readonly post: Readonly<Record<string, NeuronRead>>;
  readonly thirdFactors: Readonly<Record<string, ThirdFactor>>;
  /** Of the synapse beside its weight `w`. */
  readonly synapse: Readonly<Record<string, SynapseVariable>>;
  /** Bounds of `w` as equations of parameters; undefined: none. */
  readonly bounds: { readonly min?: string; readonly max?: string };
  readonly on: {
    /** When a spike of the sender arrives at the synapse. */
    readonly arrival?: Assignments;
    /** When the receiver fires. In a step with both, arrivals come first. */
    readonly firing?: Assignments;
    /** In every step of the simulation, or in every presentation of a rate network; `dt` is its length in ms. */
    readonly step?: Assignments;
  };
}
