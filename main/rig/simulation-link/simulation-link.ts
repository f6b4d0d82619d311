// The rig's end of the local socket to the simulation process; rig thread. Spawning the process is the caller's.
import type { Socket } from 'node:net';
import { assert } from '../../../common/base/assert.ts';
import type { Disposable } from '../../../common/base/disposable.ts';
import {
  type SimulationConfiguration,
  type SimulationReady,
  simulationReadySchema,
} from '../../../common/simulation-protocol/configuration.ts';
import {
  type ControlAnswer,
  controlAnswerSchema,
  type PopulationControl,
} from '../../../common/simulation-protocol/control-message.ts';
import { toEnvironment } from '../../../common/simulation-protocol/environment.ts';
import {
  type SimulationFault,
  SimulationFaultError,
  simulationFaultSchema,
} from '../../../common/simulation-protocol/fault.ts';
import {
  decodeJson,
  encodeJson,
  maxPayloadBytes,
  protocolFault,
  rigMessage,
  simulationMessage,
} from '../../../common/simulation-protocol/messages.ts';
import type { SimulationResult, WeightsSnapshot } from '../../../common/simulation-protocol/result.ts';
import { ResultReader } from '../../../common/simulation-protocol/result-message.ts';
import {
  encodeSampleRequest,
  type NetworkSample,
  readSample,
} from '../../../common/simulation-protocol/sample-message.ts';
import { type SaveAnswer, saveAnswerSchema } from '../../../common/simulation-protocol/saved-state.ts';
import { writeTick } from '../../../common/simulation-protocol/tick-message.ts';
import { WeightsReader } from '../../../common/simulation-protocol/weights-message.ts';
import { encodeFrame, FrameDecoder, FrameError, FrameWriter } from '../../../common/transport/frame.ts';
import { ProgramListener } from './program-listener.ts';

export interface SimulationLinkListeners {
  /** Answer to `sendTick`, which may be called again from here. The object is valid until the listener returns. */
  readonly onResult: (result: Readonly<SimulationResult>) => void;
  /** Answer to `requestSample`. */
  readonly onSample: (sample: NetworkSample) => void;
  /** The simulation reported a fault or broke the protocol; `onClosed` follows. */
  readonly onFault: (fault: SimulationFault) => void;
  /** The connection has ended, once and for all; not called after `dispose`. */
  readonly onClosed: () => void;
}

/** Knows no deadline: what is late is decided by the rig's loop. */
export interface SimulationLink extends Disposable {
  /** To be added to the environment of the simulation process: where to connect, and the secret. */
  readonly environment: Readonly<Record<string, string>>;

  /** Whether a tick was sent and not answered. At most one is in flight. */
  readonly isBusy: boolean;

  /** Ticks that the simulation has computed since it was ready. */
  readonly advancedTicks: number;

  /**
   * Waits for the program to connect, sends the configuration and waits until the network is built; once per link.
   * Rejects when the connection ends before that, with the simulation's own fault if it reported one.
   */
  configure(configuration: SimulationConfiguration): Promise<SimulationReady>;

  /**
   * Sends a tick; only after `configure` and when not busy. Without effect once the connection has ended.
   * @param tick index of the tick, the newest one where several are advanced
   * @param ticksToAdvance 1 to 65535: more than 1 after ticks that were skipped because an answer was late
   * @param channels electrodes that spiked in all of these ticks, one entry per spike; may be reused after the call
   * @param count number of valid entries in `channels`
   */
  sendTick(tick: number, ticksToAdvance: number, channels: Uint16Array, count: number): void;

  /**
   * Asks for a look at the network, in order with the ticks; only after `configure`, and not before the answer to the last one.
   * Nobody need wait for the answer. Without effect once the connection has ended.
   * @param projection index in the network model of one that learns; undefined: membrane potentials only
   */
  requestSample(projection: number | undefined): void;

  /** Reads all plastic weights, in order with the ticks; one reading at a time. Rejects when the connection ends. */
  readWeights(): Promise<WeightsSnapshot>;

  /** Freezes, resets or clamps what learns, or drives populations; only when not busy, one at a time. Rejects when the connection ends. */
  control(control: PopulationControl): Promise<ControlAnswer>;

  /** Saves the state after the last tick to a file; only when not busy, one at a time. Rejects when the connection ends. */
  saveState(path: string): Promise<SaveAnswer>;
}

/** Begins to listen for the simulation. @throws (rejects) the system's error when no socket can be opened. */
export async function openSimulationLink(listeners: SimulationLinkListeners): Promise<SimulationLink> {
  const connection = new Connection(listeners);
  await connection.listen();
  return connection;
}

/** An answer that somebody waits for. */
interface Awaited<T> {
  readonly resolve: (answer: T) => void;
  readonly reject: (error: Error) => void;
}

class Connection implements SimulationLink {
  readonly #listeners: SimulationLinkListeners;
  readonly #listener = new ProgramListener((socket) => this.#attach(socket));
  readonly #decoder = new FrameDecoder(maxPayloadBytes, (type, payload) => this.#receive(type, payload));
  readonly #writer = new FrameWriter();
  readonly #results = new ResultReader();
  #socket: Socket | undefined;
  #isEnded = false;
  /** Frame that waits for the program to connect, then stays to tell that there was one. */
  #configuration: Uint8Array | undefined;
  #awaitedReady: Awaited<SimulationReady> | undefined;
  #ready: SimulationReady | undefined;
  #awaitedWeights: (Awaited<WeightsSnapshot> & { readonly reader: WeightsReader }) | undefined;
  #awaitedSave: Awaited<SaveAnswer> | undefined;
  #awaitedControl: Awaited<ControlAnswer> | undefined;
  #tickInFlight: number | undefined;
  #ticksInFlight = 0;
  advancedTicks = 0;
  #isSampleAsked = false;

  constructor(listeners: SimulationLinkListeners) {
    this.#listeners = listeners;
  }

  listen(): Promise<void> {
    return this.#listener.listen();
  }

  get environment(): Readonly<Record<string, string>> {
    return toEnvironment(this.#listener);
  }

  get isBusy(): boolean {
    return this.#tickInFlight !== undefined;
  }

  configure(configuration: SimulationConfiguration): Promise<SimulationReady> {
    assert(this.#configuration === undefined, 'a simulation is configured twice');
    this.#configuration = encodeJson(rigMessage.configure, configuration);
    return new Promise((resolve, reject) => {
      this.#awaitedReady = { resolve, reject };
      if (this.#isEnded) reject(endedError());
      else this.#socket?.write(this.#configuration!);
    });
  }

  sendTick(tick: number, ticksToAdvance: number, channels: Uint16Array, count: number): void {
    assert(this.#ready !== undefined, 'a tick is sent before the simulation is ready');
    assert(this.#tickInFlight === undefined, `tick ${tick} is sent while tick ${this.#tickInFlight} is in flight`);
    if (this.#isEnded) return;
    this.#tickInFlight = tick;
    this.#ticksInFlight = ticksToAdvance;
    this.#socket!.write(writeTick(this.#writer, { tick, ticksToAdvance, channels, count }));
  }

  requestSample(projection: number | undefined): void {
    assert(this.#ready !== undefined, 'a sample is asked for before the simulation is ready');
    assert(!this.#isSampleAsked, 'two samples are asked for at once');
    if (this.#isEnded) return;
    this.#isSampleAsked = true;
    this.#socket!.write(encodeSampleRequest(projection));
  }

  readWeights(): Promise<WeightsSnapshot> {
    assert(this.#ready !== undefined, 'weights are read before the simulation is ready');
    assert(this.#awaitedWeights === undefined, 'weights are read twice at once');
    const reader = new WeightsReader(this.#ready.plasticSynapses);
    return new Promise((resolve, reject) => {
      if (this.#isEnded) return reject(endedError());
      this.#awaitedWeights = { resolve, reject, reader };
      this.#socket!.write(encodeFrame(rigMessage.readWeights, new Uint8Array(0)));
    });
  }

  saveState(path: string): Promise<SaveAnswer> {
    assert(this.#ready !== undefined && !this.isBusy, 'a state is saved within a tick');
    assert(this.#awaitedSave === undefined, 'two states are saved at once');
    return new Promise((resolve, reject) => {
      if (this.#isEnded) return reject(endedError());
      this.#awaitedSave = { resolve, reject };
      this.#socket!.write(encodeJson(rigMessage.saveState, { path }));
    });
  }

  control(control: PopulationControl): Promise<ControlAnswer> {
    assert(this.#ready !== undefined && !this.isBusy, 'the population is controlled within a tick');
    assert(this.#awaitedControl === undefined, 'the population is controlled twice at once');
    return new Promise((resolve, reject) => {
      if (this.#isEnded) return reject(endedError());
      this.#awaitedControl = { resolve, reject };
      this.#socket!.write(encodeJson(rigMessage.control, control));
    });
  }

  dispose(): void {
    this.#end(endedError());
  }

  #attach(socket: Socket): void {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#push(chunk));
    socket.on('close', () => this.#close(endedError()));
    if (this.#configuration !== undefined) socket.write(this.#configuration);
  }

  #push(chunk: Uint8Array): void {
    if (this.#isEnded) return;
    try {
      this.#decoder.push(chunk);
    } catch (error) {
      if (error instanceof SimulationFaultError) this.#fail(error);
      else if (error instanceof FrameError) this.#fail(protocolFault(error.message));
      else throw error;
    }
  }

  #receive(type: number, payload: Uint8Array): void {
    if (this.#isEnded) return;
    if (type === simulationMessage.result && this.#tickInFlight !== undefined) this.#takeResult(payload);
    else if (type === simulationMessage.sample && this.#isSampleAsked) this.#takeSample(payload);
    else if (type === simulationMessage.weights && this.#awaitedWeights !== undefined) this.#takeWeights(payload);
    else if (type === simulationMessage.ready && this.#awaitedReady !== undefined) this.#takeReady(payload);
    else if (type === simulationMessage.saved && this.#awaitedSave !== undefined) this.#takeSaved(payload);
    else if (type === simulationMessage.controlled && this.#awaitedControl !== undefined) this.#takeControlled(payload);
    else if (type === simulationMessage.fault)
      throw new SimulationFaultError(decodeJson(payload, simulationFaultSchema));
    else throw protocolFault(`a message of type ${type} that nobody asked for`);
  }

  #takeResult(payload: Uint8Array): void {
    const result = this.#results.read(payload);
    if (result.tick !== this.#tickInFlight)
      throw protocolFault(`an answer to tick ${result.tick} instead of ${this.#tickInFlight}`);
    this.#tickInFlight = undefined;
    this.advancedTicks += this.#ticksInFlight;
    this.#listeners.onResult(result);
  }

  #takeSample(payload: Uint8Array): void {
    const sample = readSample(payload);
    this.#isSampleAsked = false;
    this.#listeners.onSample(sample);
  }

  #takeReady(payload: Uint8Array): void {
    this.#ready = decodeJson(payload, simulationReadySchema);
    this.#awaitedReady?.resolve(this.#ready);
    this.#awaitedReady = undefined;
  }

  #takeWeights(payload: Uint8Array): void {
    const snapshot = this.#awaitedWeights?.reader.read(payload);
    if (snapshot === undefined) return;
    this.#awaitedWeights?.resolve(snapshot);
    this.#awaitedWeights = undefined;
  }

  #takeSaved(payload: Uint8Array): void {
    this.#awaitedSave?.resolve(decodeJson(payload, saveAnswerSchema));
    this.#awaitedSave = undefined;
  }

  #takeControlled(payload: Uint8Array): void {
    this.#awaitedControl?.resolve(decodeJson(payload, controlAnswerSchema));
    this.#awaitedControl = undefined;
  }

  #fail(fault: SimulationFaultError): void {
    this.#listeners.onFault(fault);
    this.#close(fault);
  }

  #close(error: Error): void {
    if (this.#isEnded) return;
    this.#end(error);
    this.#listeners.onClosed();
  }

  #end(error: Error): void {
    this.#isEnded = true;
    this.#socket?.destroy();
    this.#listener.dispose();
    this.#awaitedReady?.reject(error);
    this.#awaitedWeights?.reject(error);
    this.#awaitedSave?.reject(error);
    this.#awaitedControl?.reject(error);
  }
}

function endedError(): Error {
  return new Error('the connection to the simulation has ended');
}
