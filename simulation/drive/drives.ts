// The drives that run: which populations step with a raised bias or rate, and for how long; simulation process.
import { assert } from '../../common/base/assert.ts';
import {
  type Drive,
  driveProblem,
  driveRange,
  driven,
  driveTicks,
  type DriveUnit,
} from '../../common/experiment/network/drive.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import type { DriveControl, RunningDrive } from '../../common/simulation-protocol/control-message.ts';
import type { Backend } from '../backend/backend.ts';
import { compileNeurons } from '../models/compile-neurons.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';
import { saturationOf } from './saturation-of.ts';

const stateName = 'drives';
/** Of the state, for each population: ticks left, and the strength as a number of 64 bits. */
const words = 3;

/**
 * A drive is what the file of a population would say of neurons that are always so: while it runs the population has the parameters of
 * that file. So it costs a tick nothing, and is the same on every back end.
 */
export class Drives {
  readonly #network: CompiledNetwork;
  readonly #tickMilliseconds: number;
  /** For each population; 0: it is not driven. */
  readonly #ticksLeft: Int32Array;
  readonly #strengths: Float64Array;
  /** How many populations are driven. */
  #count = 0;

  constructor(network: CompiledNetwork, { tickMilliseconds }: SimulationConfiguration) {
    this.#network = network;
    this.#tickMilliseconds = tickMilliseconds;
    this.#ticksLeft = new Int32Array(network.populations.length);
    this.#strengths = new Float64Array(network.populations.length);
  }

  /** Before the next tick; a drive takes the place of what drives its population now. @returns why nothing was done, or '' when it was done. */
  control(control: DriveControl, backend: Backend): string {
    if (control.kind === 'end-drive') return this.#end(control.population, backend);
    const { population, strength, unit, milliseconds } = control;
    return this.#begin(population, { strength, unit, milliseconds }, backend);
  }

  #begin(population: number, drive: Drive, backend: Backend): string {
    const of = this.#network.populations[population];
    if (of === undefined) return `there is no population ${population}`;
    const { stepMilliseconds, seed } = this.#network;
    const problem = driveProblem(of.model, drive, stepMilliseconds, this.#tickMilliseconds);
    if (problem !== undefined) return `${problem.what}. ${problem.fix}`;
    const saturation = saturationOf(driven(of.model, drive.strength), drive.milliseconds, stepMilliseconds, seed);
    if (saturation !== undefined) return saturation;
    this.#set(population, driveTicks(drive.milliseconds, this.#tickMilliseconds), drive.strength, backend);
    return '';
  }

  #end(population: number | null, backend: Backend): string {
    if (population !== null && this.#network.populations[population] === undefined)
      return `there is no population ${population}`;
    for (const index of this.#ticksLeft.keys())
      if (this.#ticksLeft[index]! > 0 && (population ?? index) === index) this.#set(index, 0, 0, backend);
    return '';
  }

  /** After each tick. */
  endTick(backend: Backend): void {
    if (this.#count === 0) return;
    for (let index = 0; index < this.#ticksLeft.length; index++) {
      if (this.#ticksLeft[index] === 1) this.#set(index, 0, 0, backend);
      else if (this.#ticksLeft[index]! > 1) this.#ticksLeft[index]!--;
    }
  }

  get running(): RunningDrive[] {
    return [...this.#ticksLeft].flatMap((ticksLeft, population) =>
      ticksLeft === 0
        ? []
        : [{ population, strength: this.#strengths[population]!, unit: this.#unitOf(population), ticksLeft }],
    );
  }

  /** @returns how long each population is still driven, and how strongly; nothing where none is. */
  state(): Record<string, Int32Array> {
    if (this.#count === 0) return {};
    const state = new Int32Array(words * this.#ticksLeft.length);
    for (const [index, left] of this.#ticksLeft.entries()) {
      state[words * index] = left;
      state.set(new Int32Array(Float64Array.of(this.#strengths[index]!).buffer), words * index + 1);
    }
    return { [stateName]: state };
  }

  /** @throws RangeError when it is not the state of these populations. */
  restore(arrays: Readonly<Record<string, Int32Array>>, backend: Backend): void {
    const state = arrays[stateName] ?? new Int32Array(words * this.#ticksLeft.length);
    if (state.length !== words * this.#ticksLeft.length)
      throw new RangeError('the state does not say which populations are driven');
    for (const index of this.#ticksLeft.keys()) {
      const strength = new Float64Array(state.slice(words * index + 1, words * (index + 1)).buffer)[0]!;
      this.#set(index, state[words * index]!, strength, backend);
    }
  }

  #set(index: number, ticksLeft: number, strength: number, backend: Backend): void {
    const { model, neurons } = this.#network.populations[index]!;
    const wasDriven = this.#ticksLeft[index]! > 0;
    this.#ticksLeft[index] = ticksLeft;
    this.#strengths[index] = strength;
    if (ticksLeft > 0) {
      const { parameters } = compileNeurons(driven(model, strength), this.#network.stepMilliseconds);
      backend.setParameters(index, parameters);
    } else if (wasDriven) backend.setParameters(index, neurons.parameters);
    this.#count += Number(ticksLeft > 0) - Number(wasDriven);
  }

  #unitOf(population: number): DriveUnit {
    const { model } = this.#network.populations[population]!;
    const range = driveRange(model, this.#network.stepMilliseconds);
    assert(range !== undefined, `${model.name} is driven`);
    return range.unit;
  }
}
