// What the native addon exports; the TypeScript kernels implement the same interfaces; runs in the rig thread, the simulation's tick thread and tests.

import type { NativeRulePlan } from './native-rule-plan.ts';

/** Everything a spike kernel must know, derived once per session from the detection parameters. */
export interface SpikeKernelPlan {
  readonly channels: number;
  readonly microvoltsPerBit: number;
  /** Band-pass, section-major, sections × 5: b0, b1, b2, a1, a2. */
  readonly sections: Float64Array;
  /** A spike is a downward crossing of minus this many σ. */
  readonly thresholdSigmas: number;
  /** Counted from the accepted crossing. */
  readonly refractorySamples: number;
  /** σ per channel, µV: the fixed value, or where the running estimate starts. */
  readonly initialNoiseMicrovolts: Float64Array;
  /** Absent when σ is fixed. */
  readonly runningNoise: RunningNoisePlan | undefined;
}

/**
 * A running estimate of σ by tracking the median of |y|: each sample moves the estimate up or down by a fixed
 * fraction of it, the step, whatever the sample's size, so that spikes and artefacts weigh no more than noise.
 * The step s begins large and shrinks, s ← s − stepDecay × s², which averages evenly over all samples so far
 * (Robbins & Monro 1951), down to a floor, at which old samples fade.
 * Two estimates run: the slow one is used; when the two differ by more than `changeRatio`, the noise
 * itself has changed, and the slow one starts again from the fast one, with its step.
 */
export interface RunningNoisePlan {
  readonly startStep: number;
  readonly stepDecay: number;
  /** Floors of the steps of the two estimates. */
  readonly slowStep: number;
  readonly fastStep: number;
  /** Above 1. */
  readonly changeRatio: number;
  /** σ is never below this, µV. */
  readonly floorMicrovolts: number;
  /** No spike is reported before this many samples have been heard. */
  readonly readySamples: number;
}

/** Filters blocks and finds spikes in them. Keeps filter, noise and refractory state from block to block. */
export interface SpikeKernel {
  /**
   * Filters one block and finds its crossings, ordered by sample, then channel. Allocates nothing.
   * @param samples sample-major, sampleCount × channels, in units of `microvoltsPerBit`.
   * @param blankFrom first sample of the block in which crossings are ignored and noise is not measured.
   * @param blankUntil first sample after it; no sample is blanked when it is not above `blankFrom`.
   * @param filteredMicrovolts takes the filtered block, sample-major, sampleCount × channels.
   * @param noiseMicrovolts takes σ per channel after the block.
   * @param sampleOffsets @param channels @param amplitudesMicrovolts take the crossings; of equal length.
   * @returns the number of crossings; those beyond the length of the arrays are counted, not stored.
   */
  detect(
    samples: Int16Array,
    sampleCount: number,
    blankFrom: number,
    blankUntil: number,
    filteredMicrovolts: Float32Array,
    noiseMicrovolts: Float64Array,
    sampleOffsets: Uint16Array,
    channels: Uint16Array,
    amplitudesMicrovolts: Float32Array,
  ): number;

  /** Numbers that the kernel's memory takes; the same for the native kernel and the TypeScript one, as is their order. */
  memoryLength(): number;
  /** @param into takes the memory; memoryLength() long. */
  saveMemory(into: Float64Array): void;
  /** Goes on from a memory of a kernel with the same plan. @param from memoryLength() long. */
  loadMemory(from: Float64Array): void;
}

/** The kernels of the signal path. */
export interface SignalKernels {
  readonly SpikeKernel: new (plan: SpikeKernelPlan) => SpikeKernel;
}

/** A periodic timer on its own thread. */
export interface NativeTickTimer {
  /** Ends the ticks; none comes after it returns. Stopping twice does nothing. */
  stop(): void;
}

/**
 * Called once per due tick.
 * @param tickIndex 0 for the first tick.
 * @param scheduledNs when the tick was due, on the clock of `process.hrtime`.
 * @param actualNs when the call was made.
 * @param missedTicks how many ticks before this one were due since the last call and are skipped.
 */
export type OnTick = (tickIndex: number, scheduledNs: number, actualNs: number, missedTicks: number) => void;

/** What step kernels and the loops of learning rules in C++ are made for: registers of 512 or 256 bits, or any processor. */
export const nativeVectors = ['avx512', 'avx2', 'any'] as const;
export type NativeVectors = (typeof nativeVectors)[number];

/**
 * A network in flat arrays, which are read while it is built. Names of kernels are those of neuron models; a lack of
 * memory and parts that do not fit each other throw a TypeError.
 */
export interface NativeNetworkPlan {
  readonly stepsPerTick: number;
  /** 1 to 64; the one that calls is among them. The result is the same. */
  readonly threads: number;
  /** The best that kernels and loops may be made for, where the processor has it. The result is the same. */
  readonly vectors: NativeVectors;
  /** How many numbers the signals of a tick are. */
  readonly signalWords: number;
  readonly populations: readonly {
    readonly neurons: number;
    readonly kernel: string;
    readonly initialState: readonly Int32Array[];
    readonly receptors: number;
    readonly parameters: Int32Array;
    readonly tables: readonly Int32Array[];
    /** A signed whole number of 32 bits. */
    readonly randomKey: number;
    /** Index of the state that is sent in every step as a share of a spike. */
    readonly graded: number | undefined;
  }[];
  readonly projections: readonly {
    readonly from: number;
    readonly to: number;
    readonly receptor: number;
    readonly delaySteps: number;
    readonly rowStart: Uint32Array;
    readonly targets: Uint32Array;
    readonly weights: Int32Array;
    readonly shortTerm:
      | {
          readonly utilisation: number;
          readonly facilitationFactors: Int32Array;
          readonly recoveryFactors: Int32Array;
        }
      | undefined;
    readonly rule: NativeRulePlan | undefined;
  }[];
  readonly inputs: readonly {
    readonly to: number;
    readonly receptor: number;
    readonly neuronsPerElectrode: number;
    readonly weight: number;
  }[];
}

/** A network that is computed tick by tick. */
export interface NativeNetwork {
  /**
   * Allocates nothing in JavaScript.
   * @param channels electrodes that spiked; the first `count` are valid
   * @param spikes takes the neurons that fired, step after step, ascending; as long as all of them firing in each step
   * @param saturation takes what left its range: 0 nothing, 1 a population, 2 a trace, 3 a variable of a synapse; index of the population
   *   or projection; how many neurons, or whose trace, or which variable; in which step. The network must not be used after that.
   * @param signals third factors of learning rules, `signalWords` of the plan; read during the call
   * @returns how many neurons fired
   */
  tick(
    channels: Uint16Array,
    count: number,
    spikes: Uint32Array,
    saturation: Float64Array,
    signals: Int32Array,
  ): number;
  /** Sum of the weights of a projection that learns, each as it was when its part was summed last; 0 for any other. */
  weightSum(projection: number): number;
  /** A copy of the weights of a projection that learns, synapses by sender, then receiver; empty for any other. */
  weights(projection: number): Int32Array;
  /** Reads a variable of some neurons, numbered within their population; `values` takes one for each. */
  readState(population: number, variable: number, neurons: Uint32Array, values: Int32Array): void;
  /**
   * Reads what synapses of a projection that learns keep; `values` takes one for each synapse.
   * @param array 0 for the weights, then the variables of the rule
   * @param senders sending neuron of each synapse. @param synapses in the order of `weights()`.
   */
  readSynapses(
    projection: number,
    array: number,
    senders: Uint32Array,
    synapses: Uint32Array,
    values: Int32Array,
  ): void;
  /** What the loop over the synapses of a projection that change in every step looks like, as native/src/fused-shapes.hpp lists it; or nothing. */
  stepShape(projection: number): string;
  /** Whether they are changed in one loop, which is faster than several; the result is the same. */
  isStepFused(projection: number): boolean;
  /** From the next tick on; as many as the population has. Parameters are no part of the state. */
  setParameters(population: number, parameters: Int32Array): void;
  /** A copy of everything that decides what comes, by the names of simulation/backend/network-state.ts. */
  state(): Record<string, Int32Array>;
  /** @throws TypeError when it is not a state of this network; then nothing has changed. */
  restore(step: number, arrays: Readonly<Record<string, Int32Array>>): void;
  /** Gives back its memory and threads; nothing else may be called after that. */
  release(): void;
}

export interface NativeAddon extends SignalKernels {
  readonly Network: new (plan: NativeNetworkPlan) => NativeNetwork;
  /** Must equal `nativeInterfaceVersion`. */
  readonly interfaceVersion: number;
  /**
   * Starts at once; tick n is due (n + 1) × periodNs after `nowNs`. Keeps the process alive until stopped.
   * @param nowNs the present on the clock of `process.hrtime`.
   */
  readonly TickTimer: new (periodNs: number, nowNs: number, onTick: OnTick) => NativeTickTimer;
  /** Asks the operating system to run the calling thread before others; the tick timer's own thread asks too. */
  raiseThreadPriority(): ThreadPriority;
  /**
   * Changes how Dawn (a loaded file called dawn.node) hands out memory, in this process, until it is changed again. Electron forbids buffers
   * outside of V8's memory: 'copy' makes them copies, which are right for reading only. 'forbid' answers as Electron does, for tests.
   * @returns in how many places it was changed; 0 when Dawn is not loaded.
   */
  hookExternalBuffers(mode: 'forbid' | 'copy'): number;
}

/** Whether the operating system agreed; the reason says what it granted or why not. */
export interface ThreadPriority {
  readonly applied: boolean;
  readonly reason: string;
}

/** Raised with every change of `NativeAddon`, so that an old build is refused. */
export const nativeInterfaceVersion = 10;
