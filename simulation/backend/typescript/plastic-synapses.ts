// Applies a learning rule to the synapses of one projection; simulation process.
import type { CompiledRule } from '../../learning/compile-rule.ts';
import { BlockRunner } from '../../learning/block-runner.ts';
import {
  type Input,
  type Program,
  type ProgramEvent,
  programEvents,
  type Side,
} from '../../../common/learning-rule/program/program.ts';
import { Traces } from '../../learning/traces.ts';
import { type SynapseColumns, toColumns } from '../../network/columns.ts';
import type { SynapseRows } from '../../network/compiled-network.ts';
import type { SpikeList } from '../../spike-list.ts';
import { traceSaturated, variableSaturated } from '../saturation.ts';
import { WeightSurvey } from '../weight-survey.ts';
import { EventSynapses, synapsesAtOnce } from './event-synapses.ts';
import { ValueAverages } from './value-averages.ts';

/** What a rule may read of the neurons beside their spikes. */
export interface NeuronsRead {
  /** Number of receivers. */
  readonly receivers: number;
  /** Membrane potentials of the receivers after their step; empty where they have none. */
  readonly potential: Int32Array;
}

/** Owns weights, variables, traces and averages, and the order of events in a step: arrivals, firings, the step itself; then traces grow. */
export class PlasticSynapses {
  /** As the rule keeps them, in the order of the rows. */
  readonly weights: Int32Array;
  /** What synapses keep beside their weights, as the rule counts them, in the order of the rows. */
  readonly variables: readonly Int32Array[];
  readonly survey: WeightSurvey;
  readonly #name: string;
  readonly #rule: CompiledRule;
  readonly #rows: Omit<SynapseRows, 'weights'>;
  readonly #columns: SynapseColumns;
  readonly #neurons: NeuronsRead;
  readonly #traces: Readonly<Record<Side, readonly Traces[]>>;
  readonly #averages: Readonly<Record<Side, readonly ValueAverages[]>>;
  /** Who fires in this step, or whose spikes arrive: 1, else 0; only where the rule reads it. */
  readonly #fired: Readonly<Record<Side, Int32Array>>;
  readonly #runners: Readonly<Partial<Record<ProgramEvent, BlockRunner>>>;
  readonly #event = new EventSynapses();
  #signals: Int32Array = new Int32Array(0);
  #step = 0;

  /** @param name of the projection. @param rows with the weights as the rule keeps them */
  constructor(name: string, rule: CompiledRule, rows: SynapseRows, neurons: NeuronsRead, stepMilliseconds: number) {
    const { rowStart, targets } = rows;
    const counts = { sender: rowStart.length - 1, receiver: neurons.receivers };
    const onSides = <T>(make: (side: Side) => T) => ({ sender: make('sender'), receiver: make('receiver') });
    this.#name = name;
    this.#rule = rule;
    this.#rows = { rowStart, targets };
    this.#columns = toColumns(rows, neurons.receivers);
    this.#neurons = neurons;
    this.weights = rows.weights.slice();
    this.survey = new WeightSurvey(rows);
    this.variables = rule.variables.map(({ initial }) => new Int32Array(targets.length).fill(initial));
    this.#traces = onSides((side) =>
      rule.traceTimeConstants[side].map((milliseconds) => new Traces(counts[side], milliseconds, stepMilliseconds)),
    );
    this.#averages = onSides((side) => rule.averages[side].map((how) => new ValueAverages(counts[side], how)));
    this.#fired = onSides((side) => new Int32Array(readsFired(rule, side) ? counts[side] : 0));
    this.#runners = Object.fromEntries(
      programEvents.flatMap((event) => {
        const block = rule.blocks[event];
        return block === undefined ? [] : [[event, new BlockRunner(block, synapsesAtOnce)]];
      }),
    );
  }

  /**
   * Learns from one step.
   * @param arrived senders whose spikes arrive in this step, numbered within their population
   * @param fired receivers that fire in this step, numbered within theirs
   * @param signals of the tick, of the whole network
   * @throws SimulationFaultError 'saturated'.
   */
  step(step: number, arrived: SpikeList, fired: SpikeList, signals: Int32Array): void {
    this.#step = step;
    this.#signals = signals;
    this.#markFired('sender', arrived, 1);
    this.#markFired('receiver', fired, 1);
    if (signals[this.#rule.gateAt] !== 0) this.#learn(arrived, fired);
    this.#grow('sender', arrived);
    this.#grow('receiver', fired);
    this.#markFired('sender', arrived, 0);
    this.#markFired('receiver', fired, 0);
  }

  /** Not while the projection is frozen: then traces and averages go on, and synapses stay as they are. */
  #learn(arrived: SpikeList, fired: SpikeList): void {
    const { arrival, firing, step } = this.#runners;
    if (arrival) this.#eachRow(arrival, arrived);
    if (firing) this.#eachColumn(firing, fired);
    if (step) this.#eachSynapse(step);
  }

  /** Every array that decides what comes: name, values, number among its like. */
  stateArrays(): (readonly [string, Int32Array, number?])[] {
    const ofTraces = (side: Side) =>
      this.#traces[side].flatMap(({ values, since }, trace) => [
        [`${side}Trace`, values, trace] as const,
        [`${side}Since`, since, trace] as const,
      ]);
    const ofAverages = (side: Side) =>
      this.#averages[side].map(({ values }, average) => [`${side}Average`, values, average] as const);
    return [
      ['weights', this.weights],
      ...this.variables.map((values, variable) => ['variable', values, variable] as const),
      ...ofTraces('sender'),
      ...ofTraces('receiver'),
      ...ofAverages('sender'),
      ...ofAverages('receiver'),
    ];
  }

  #eachRow(runner: BlockRunner, arrived: SpikeList): void {
    const { rowStart } = this.#rows;
    for (let index = 0; index < arrived.count; index++) {
      const sender = arrived.neurons[index]!;
      const end = rowStart[sender + 1]!;
      for (let from = rowStart[sender]!; from < end;) {
        from = this.#event.takeRow(this.#rows, sender, from, end);
        this.#carryOut(runner);
      }
    }
  }

  #eachColumn(runner: BlockRunner, fired: SpikeList): void {
    const { columnStart } = this.#columns;
    for (let index = 0; index < fired.count; index++) {
      const receiver = fired.neurons[index]!;
      const end = columnStart[receiver + 1]!;
      for (let from = columnStart[receiver]!; from < end;) {
        from = this.#event.takeColumn(this.#columns, receiver, from, end);
        this.#carryOut(runner);
      }
    }
  }

  #eachSynapse(runner: BlockRunner): void {
    const { rowStart } = this.#rows;
    for (let sender = 0; sender + 1 < rowStart.length; sender++) {
      const end = rowStart[sender + 1]!;
      for (let from = rowStart[sender]!; from < end;) {
        from = this.#event.takeRow(this.#rows, sender, from, end);
        this.#carryOut(runner);
      }
    }
  }

  /** One block for the synapses of the event. */
  #carryOut(runner: BlockRunner): void {
    const { count, synapses } = this.#event;
    const { inputs, isUniform, outputs } = runner.block;
    for (const [index, input] of inputs.entries())
      this.#read(input, runner.inputs[index]!, isUniform[index]! ? 1 : count);
    runner.run(count);
    for (const [index, { variable, isFaultBeyond }] of outputs.entries()) {
      const to = variable < 0 ? this.weights : this.variables[variable]!;
      const beyond = runner.store(index, to, (each) => synapses[each]!, count);
      if (isFaultBeyond && beyond > 0) throw variableSaturated(this.#name, this.#rule.variables[variable]!, this.#step);
    }
  }

  #read(input: Input, into: Int32Array, count: number): void {
    const { synapses } = this.#event;
    switch (input.kind) {
      case 'weight':
        for (let each = 0; each < count; each++) into[each] = this.weights[synapses[each]!]!;
        return;
      case 'variable': {
        const of = this.variables[input.index]!;
        for (let each = 0; each < count; each++) into[each] = of[synapses[each]!]!;
        return;
      }
      case 'factor': {
        const { isPerReceiver } = this.#rule.factors[input.index]!;
        const start = this.#rule.factorStarts[input.index]!;
        for (let each = 0; each < count; each++)
          into[each] = this.#signals[start + (isPerReceiver ? this.#event.receivers[each]! : 0)]!;
        return;
      }
      case 'trace': {
        const neurons = this.#neuronsOf(input.side);
        const trace = this.#traces[input.side][input.index]!;
        for (let each = 0; each < count; each++) into[each] = trace.at(neurons[each]!, this.#step);
        return;
      }
      case 'average':
        return gather(this.#averages[input.side][input.index]!.values, this.#neuronsOf(input.side), into, count);
      case 'potential':
        return gather(this.#neurons.potential, this.#event.receivers, into, count);
      case 'fired':
        return gather(this.#fired[input.side], this.#neuronsOf(input.side), into, count);
    }
  }

  #neuronsOf(side: Side): Uint32Array {
    return side === 'sender' ? this.#event.senders : this.#event.receivers;
  }

  #markFired(side: Side, spikes: SpikeList, mark: number): void {
    const of = this.#fired[side];
    if (of.length === 0) return;
    for (let index = 0; index < spikes.count; index++) of[spikes.neurons[index]!] = mark;
  }

  #grow(side: Side, spikes: SpikeList): void {
    for (const trace of this.#traces[side]) {
      for (let index = 0; index < spikes.count; index++) {
        const neuron = spikes.neurons[index]!;
        if (trace.add(neuron, this.#step)) throw traceSaturated(this.#name, neuron, this.#step);
      }
    }
    for (const [index, average] of this.#averages[side].entries())
      average.step(this.#rule.averages[side][index]!.of === 'fired' ? this.#fired[side] : this.#neurons.potential);
  }
}

function gather(of: Int32Array, neurons: Uint32Array, into: Int32Array, count: number): void {
  for (let each = 0; each < count; each++) into[each] = of[neurons[each]!]!;
}

/** Whether a rule reads who fires: itself, or as a mean. */
export function readsFired({ blocks, averages }: Program, side: Side): boolean {
  return (
    averages[side].some(({ of }) => of === 'fired') ||
    Object.values(blocks).some(({ inputs }) => inputs.some((input) => input.kind === 'fired' && input.side === side))
  );
}
