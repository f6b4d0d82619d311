// Answers the rig's messages: configuration, ticks, weights, samples; runs in the tick thread of the simulation process.
import type { Clock } from '../common/base/clock.ts';
import { simulationConfigurationSchema } from '../common/simulation-protocol/configuration.ts';
import { type ControlAnswer, populationControlSchema } from '../common/simulation-protocol/control-message.ts';
import { SimulationFaultError } from '../common/simulation-protocol/fault.ts';
import {
  decodeJson,
  encodeJson,
  maxPayloadBytes,
  protocolFault,
  rigMessage,
  simulationMessage,
} from '../common/simulation-protocol/messages.ts';
import type { SimulationResult, TickOutcome } from '../common/simulation-protocol/result.ts';
import { writeResult } from '../common/simulation-protocol/result-message.ts';
import { type SaveAnswer, saveStateSchema } from '../common/simulation-protocol/saved-state.ts';
import { type NetworkSample, readSampleRequest, writeSample } from '../common/simulation-protocol/sample-message.ts';
import { TickReader } from '../common/simulation-protocol/tick-message.ts';
import { encodeWeights } from '../common/simulation-protocol/weights-message.ts';
import { frameHeaderBytes, FrameWriter } from '../common/transport/frame.ts';
import type { NetworkState } from './backend/network-state.ts';
import type { CreateSimulation, Simulation } from './create-simulation.ts';
import { fingerprint, writeStateFile } from './state/state-file.ts';

/** Messages that wait for an answer to the one before: a tick and a reading of weights, and some to spare. */
const waitingMax = 8;

export class RigAnswers {
  readonly #clock: Clock;
  readonly #create: CreateSimulation;
  readonly #send: (frame: Uint8Array) => void;
  readonly #ticks = new TickReader();
  readonly #writer = new FrameWriter();
  readonly #sampleWriter = new FrameWriter();
  readonly #result: SimulationResult = {
    tick: -1,
    computeNs: 0,
    spikes: new Uint32Array(0),
    requests: [],
    meanPlasticWeightMillivolts: 0,
  };
  #simulation: Simulation | undefined;
  #fingerprint = '';
  #isConfigured = false;
  #pending: Promise<void> | undefined;
  #waiting = 0;

  /** @param send takes a frame that is overwritten when the next message of its kind is answered */
  constructor(clock: Clock, create: CreateSimulation, send: (frame: Uint8Array) => void) {
    this.#clock = clock;
    this.#create = create;
    this.#send = send;
  }

  /**
   * The rig waits for an answer before it asks again; a question that comes before is answered after it.
   * @returns undefined when the answer is sent, else when it will be.
   * @throws SimulationFaultError when there is no answer.
   */
  answer(type: number, payload: Uint8Array): void | Promise<void> {
    if (this.#pending === undefined) return this.#keep(this.#answer(type, payload));
    if (++this.#waiting > waitingMax) throw protocolFault(`more than ${waitingMax} messages at once`);
    const copy = payload.slice();
    return this.#keep(
      this.#pending.then(() => {
        this.#waiting--;
        return this.#answer(type, copy);
      }),
    );
  }

  /** Until it is answered. */
  #keep(answered: void | Promise<void>): void | Promise<void> {
    if (answered === undefined) return undefined;
    this.#pending = answered;
    return answered.then(() => {
      if (this.#pending === answered) this.#pending = undefined;
    });
  }

  #answer(type: number, payload: Uint8Array): void | Promise<void> {
    switch (type) {
      case rigMessage.configure:
        return this.#configure(payload);
      case rigMessage.tick:
        return this.#tick(payload);
      case rigMessage.readWeights:
        return this.#sendWeights();
      case rigMessage.saveState:
        return this.#saveState(payload);
      case rigMessage.control:
        return this.#control(payload);
      case rigMessage.sample:
        return this.#sample(payload);
      default:
        throw protocolFault(`a message of type ${type}`);
    }
  }

  #configure(payload: Uint8Array): void | Promise<void> {
    if (this.#isConfigured) throw protocolFault('a second configuration');
    this.#isConfigured = true;
    const configuration = decodeJson(payload, simulationConfigurationSchema);
    const ready = (simulation: Simulation) => {
      this.#simulation = simulation;
      this.#fingerprint = fingerprint(configuration);
      this.#send(encodeJson(simulationMessage.ready, simulation.ready));
    };
    const created = this.#create(configuration);
    return created instanceof Promise ? created.then(ready) : ready(created);
  }

  #tick(payload: Uint8Array): void | Promise<void> {
    const startNs = this.#clock.nowNs();
    const { tick, channels, count, ticksToAdvance } = this.#ticks.read(payload);
    const outcome = this.#configured().tick(channels, count, ticksToAdvance);
    if (outcome instanceof Promise)
      return outcome.then((later) => this.#sendResult(tick, ticksToAdvance, startNs, later));
    this.#sendResult(tick, ticksToAdvance, startNs, outcome);
  }

  #sendResult(tick: number, ticksToAdvance: number, startNs: number, outcome: Readonly<TickOutcome>): void {
    const result = Object.assign(this.#result, outcome);
    result.tick = tick;
    result.computeNs = this.#clock.nowNs() - startNs;
    const frame = writeResult(this.#writer, result);
    if (frame.length > maxPayloadBytes + frameHeaderBytes) {
      throw new SimulationFaultError({
        code: 'too-many-spikes',
        text: `The population fired ${result.spikes.length} spikes in ${ticksToAdvance} ticks, more than an answer holds.`,
      });
    }
    this.#send(frame);
  }

  #sendWeights(): void | Promise<void> {
    const send = (weights: Float32Array) => {
      for (const frame of encodeWeights({ tick: this.#result.tick, weights })) this.#send(frame);
    };
    const weights = this.#configured().plasticWeights();
    return weights instanceof Promise ? weights.then(send) : send(weights);
  }

  /** Takes as long as the disk takes: the rig asks for it while nothing waits for a tick. */
  #saveState(payload: Uint8Array): void | Promise<void> {
    const { path } = decodeJson(payload, saveStateSchema);
    const save = (state: NetworkState) => {
      this.#send(encodeJson(simulationMessage.saved, this.#save(path, state)));
    };
    const state = this.#configured().state();
    return state instanceof Promise ? state.then(save) : save(state);
  }

  #save(path: string, state: NetworkState): SaveAnswer {
    try {
      return writeStateFile(path, this.#fingerprint, state);
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  #control(payload: Uint8Array): void | Promise<void> {
    const simulation = this.#configured();
    const send = (problem: string) => {
      const { step, drives } = simulation;
      this.#send(encodeJson(simulationMessage.controlled, { problem, step, drives } satisfies ControlAnswer));
    };
    const done = simulation.control(decodeJson(payload, populationControlSchema));
    return done instanceof Promise ? done.then(send) : send(done);
  }

  #sample(payload: Uint8Array): void | Promise<void> {
    const projection = readSampleRequest(payload);
    const { projections } = this.#configured().ready;
    if (projection !== undefined && projections[projection]?.learning === undefined)
      throw protocolFault(`a request for weights of projection ${projection}, which does not learn`);
    const send = (sample: NetworkSample) => {
      this.#send(writeSample(this.#sampleWriter, sample));
    };
    const sample = this.#configured().sample(this.#result.tick, projection);
    return sample instanceof Promise ? sample.then(send) : send(sample);
  }

  #configured(): Simulation {
    if (this.#simulation === undefined) throw protocolFault('a request before the configuration');
    return this.#simulation;
  }
}
