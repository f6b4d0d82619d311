// Answers the rig's messages: configuration, ticks, weights; runs in the tick thread of the simulation process.
import type { Clock } from '../common/base/clock.ts';
import { simulationConfigurationSchema } from '../common/simulation-protocol/configuration.ts';
import { SimulationFaultError } from '../common/simulation-protocol/fault.ts';
import {
  decodeJson,
  encodeJson,
  maxPayloadBytes,
  protocolFault,
  rigMessage,
  simulationMessage,
} from '../common/simulation-protocol/messages.ts';
import type { SimulationResult } from '../common/simulation-protocol/result.ts';
import { writeResult } from '../common/simulation-protocol/result-message.ts';
import { TickReader } from '../common/simulation-protocol/tick-message.ts';
import { encodeWeights } from '../common/simulation-protocol/weights-message.ts';
import { frameHeaderBytes, FrameWriter } from '../common/transport/frame.ts';
import type { CreateSimulation, Simulation } from './create-simulation.ts';

export class RigAnswers {
  readonly #clock: Clock;
  readonly #create: CreateSimulation;
  readonly #send: (frame: Uint8Array) => void;
  readonly #ticks = new TickReader();
  readonly #writer = new FrameWriter();
  readonly #result: SimulationResult = {
    tick: -1,
    computeNs: 0,
    spikes: new Uint32Array(0),
    requests: [],
    meanPlasticWeightMillivolts: 0,
  };
  #simulation: Simulation | undefined;

  /** @param send takes a frame that is overwritten when the next tick is answered */
  constructor(clock: Clock, create: CreateSimulation, send: (frame: Uint8Array) => void) {
    this.#clock = clock;
    this.#create = create;
    this.#send = send;
  }

  /** @throws SimulationFaultError when there is no answer. */
  answer(type: number, payload: Uint8Array): void {
    switch (type) {
      case rigMessage.configure:
        return this.#configure(payload);
      case rigMessage.tick:
        return this.#tick(payload);
      case rigMessage.readWeights:
        return this.#sendWeights();
      default:
        throw protocolFault(`a message of type ${type}`);
    }
  }

  #configure(payload: Uint8Array): void {
    if (this.#simulation !== undefined) throw protocolFault('a second configuration');
    this.#simulation = this.#create(decodeJson(payload, simulationConfigurationSchema));
    this.#send(encodeJson(simulationMessage.ready, this.#simulation.ready));
  }

  #tick(payload: Uint8Array): void {
    const startNs = this.#clock.nowNs();
    const input = this.#ticks.read(payload);
    const outcome = this.#configured().tick(input.channels, input.count, input.ticksToAdvance);
    const result = Object.assign(this.#result, outcome);
    result.tick = input.tick;
    result.computeNs = this.#clock.nowNs() - startNs;
    const frame = writeResult(this.#writer, result);
    if (frame.length > maxPayloadBytes + frameHeaderBytes) {
      throw new SimulationFaultError({
        code: 'too-many-spikes',
        text: `The population fired ${result.spikes.length} spikes in ${input.ticksToAdvance} ticks, more than an answer holds.`,
      });
    }
    this.#send(frame);
  }

  #sendWeights(): void {
    const snapshot = { tick: this.#result.tick, weights: this.#configured().plasticWeights() };
    for (const frame of encodeWeights(snapshot)) this.#send(frame);
  }

  #configured(): Simulation {
    if (this.#simulation === undefined) throw protocolFault('a request before the configuration');
    return this.#simulation;
  }
}
