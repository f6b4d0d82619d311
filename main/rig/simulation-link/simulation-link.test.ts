import { existsSync, statSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Defect } from '../../../common/base/assert.ts';
import type { SimulationConfiguration, SimulationReady } from '../../../common/simulation-protocol/configuration.ts';
import { fromEnvironment } from '../../../common/simulation-protocol/environment.ts';
import type { SimulationFault } from '../../../common/simulation-protocol/fault.ts';
import {
  encodeHello,
  encodeJson,
  rigMessage,
  simulationMessage,
} from '../../../common/simulation-protocol/messages.ts';
import type { SimulationResult } from '../../../common/simulation-protocol/result.ts';
import { writeResult } from '../../../common/simulation-protocol/result-message.ts';
import {
  type NetworkSample,
  readSampleRequest,
  writeSample,
} from '../../../common/simulation-protocol/sample-message.ts';
import { TickReader } from '../../../common/simulation-protocol/tick-message.ts';
import { encodeWeights } from '../../../common/simulation-protocol/weights-message.ts';
import { encodeFrame, FrameDecoder, FrameWriter } from '../../../common/transport/frame.ts';
import { openSimulationLink, type SimulationLink } from './simulation-link.ts';

const ready: SimulationReady = {
  backend: 'scripted',
  neurons: 3,
  synapses: 2,
  plasticSynapses: 2,
  populations: [],
  projections: [],
};
const configuration: SimulationConfiguration = {
  network: {
    exocortex: 'network-model/1',
    title: 'Empty',
    stepMilliseconds: 0.5,
    populations: [],
    projections: [],
    inputs: [],
    signals: [],
    readouts: [],
  },
  ownRules: [],
  stimuli: [],
  seed: 1,
  channels: 4,
  tickMilliseconds: 1,
};
const result: SimulationResult = {
  tick: 5,
  computeNs: 7,
  spikes: Uint32Array.of(2),
  requests: [],
  meanPlasticWeightMillivolts: 0.5,
};
const resultFrame = (tick: number) => writeResult(new FrameWriter(), { ...result, tick });

const sampleFrame = writeSample(new FrameWriter(), {
  tick: 5,
  potentialsMillivolts: [],
  weights: undefined,
  learning: { signals: [], frozen: [], held: [] },
});

interface Frame {
  type: number;
  payload: Uint8Array;
}

/** The program's side, written out by hand. */
class Program {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  readonly #frames: Frame[] = [];
  #awaited: ((frame: Frame) => void) | undefined;

  constructor(link: SimulationLink, hello?: Uint8Array) {
    const { address, token } = fromEnvironment(link.environment)!;
    this.socket = createConnection(address);
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.on('close', () => resolve()));
    const decoder = new FrameDecoder(1_000_000, (type, payload) => {
      const frame = { type, payload: payload.slice() };
      if (this.#awaited === undefined) this.#frames.push(frame);
      else this.#awaited(frame);
      this.#awaited = undefined;
    });
    this.socket.on('data', (chunk) => decoder.push(chunk));
    this.socket.write(hello ?? encodeHello(token));
  }

  next(): Promise<Frame> {
    const frame = this.#frames.shift();
    return frame === undefined ? new Promise((resolve) => (this.#awaited = resolve)) : Promise.resolve(frame);
  }
}

/** What the rig heard, and a promise that the connection has ended. */
function hear() {
  const heard = { results: [] as number[], samples: [] as number[], faults: [] as SimulationFault[], closings: 0 };
  let onClosed = () => {};
  const closed = new Promise<void>((resolve) => (onClosed = resolve));
  let onResult = (_tick: number) => {};
  const listeners = {
    onResult: ({ tick }: Readonly<SimulationResult>) => {
      heard.results.push(tick);
      onResult(tick);
    },
    onSample: ({ tick }: NetworkSample) => heard.samples.push(tick),
    onFault: (fault: SimulationFault) => heard.faults.push({ code: fault.code, text: fault.text }),
    onClosed: () => {
      heard.closings++;
      onClosed();
    },
  };
  const nextResult = () => new Promise<number>((resolve) => (onResult = resolve));
  return { heard, closed, listeners, nextResult };
}

const opened: SimulationLink[] = [];
const programs: Program[] = [];
afterEach(() => {
  for (const link of opened.splice(0)) link.dispose();
  for (const program of programs.splice(0)) program.socket.destroy();
});

async function open() {
  const ear = hear();
  const link = await openSimulationLink(ear.listeners);
  opened.push(link);
  return { link, ...ear };
}

function connect(link: SimulationLink, hello?: Uint8Array): Program {
  const program = new Program(link, hello);
  programs.push(program);
  return program;
}

/** A link whose program is connected and has its network. */
async function openReady() {
  const rig = await open();
  const program = connect(rig.link);
  const answer = rig.link.configure(configuration);
  expect((await program.next()).type).toBe(rigMessage.configure);
  program.socket.write(encodeJson(simulationMessage.ready, ready));
  expect(await answer).toEqual(ready);
  return { ...rig, program };
}

describe('the simulation link', () => {
  it.runIf(process.platform !== 'win32')(
    'listens in a folder that only this user may enter, and removes it in the end',
    async () => {
      const { link } = await open();
      const folder = dirname(fromEnvironment(link.environment)!.address);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      link.dispose();
      expect(existsSync(folder)).toBe(false);
    },
  );

  it('configures the program whether it connects before or after', async () => {
    await openReady();
    const { link } = await open();
    const answer = link.configure(configuration);
    const program = connect(link);
    await program.next();
    program.socket.write(encodeJson(simulationMessage.ready, ready));
    expect(await answer).toEqual(ready);
  });

  it('closes a stranger’s connection, however it introduces itself, and still takes the program', async () => {
    const { link, heard } = await open();
    const { token } = fromEnvironment(link.environment)!;
    const tooMuch = Buffer.concat([encodeHello(token), Uint8Array.of(0)]);
    const otherToken = encodeHello('0'.repeat(token.length));
    for (const hello of [otherToken, tooMuch, Buffer.alloc(1000)]) await connect(link, hello).closed;
    const program = connect(link);
    void link.configure(configuration).catch(() => {});
    expect((await program.next()).type).toBe(rigMessage.configure);
    expect(heard).toEqual({ results: [], samples: [], faults: [], closings: 0 });
  });

  it('takes nobody else after the program', async () => {
    const { link } = await openReady();
    await connect(link).closed;
  });

  it('sends a tick and hands out its result, one at a time', async () => {
    const { link, program, nextResult, heard } = await openReady();
    const answered = nextResult();
    link.sendTick(5, 2, Uint16Array.of(3, 1, 9), 2);
    expect(link.isBusy).toBe(true);
    expect(() => link.sendTick(6, 1, Uint16Array.of(), 0)).toThrow(Defect);
    const input = new TickReader().read((await program.next()).payload);
    expect(input).toMatchObject({ tick: 5, ticksToAdvance: 2, count: 2 });
    expect([...input.channels.subarray(0, 2)]).toEqual([3, 1]);
    program.socket.write(resultFrame(5));
    expect(await answered).toBe(5);
    expect(link.isBusy).toBe(false);
    link.sendTick(6, 1, Uint16Array.of(), 0);
    expect(heard).toEqual({ results: [5], samples: [], faults: [], closings: 0 });
  });

  it('reads the weights in order with the ticks', async () => {
    const { link, program, nextResult } = await openReady();
    const answered = nextResult();
    link.sendTick(5, 1, Uint16Array.of(), 0);
    const snapshot = link.readWeights();
    expect((await program.next()).type).toBe(rigMessage.tick);
    expect((await program.next()).type).toBe(rigMessage.readWeights);
    program.socket.write(resultFrame(5));
    for (const frame of encodeWeights({ tick: 5, weights: Float32Array.of(1, 2) })) program.socket.write(frame);
    expect(await answered).toBe(5);
    expect(await snapshot).toEqual({ tick: 5, weights: Float32Array.of(1, 2) });
  });

  it('asks for a sample and hands it out when it comes, while ticks go on', async () => {
    const { link, program, nextResult, heard } = await openReady();
    link.requestSample(1);
    expect(() => link.requestSample(1)).toThrow(Defect);
    expect(link.isBusy).toBe(false);
    const request = await program.next();
    expect(request.type).toBe(rigMessage.sample);
    expect(readSampleRequest(request.payload)).toBe(1);
    const answered = nextResult();
    link.sendTick(5, 1, Uint16Array.of(), 0);
    program.socket.write(resultFrame(5));
    expect(await answered).toBe(5);
    expect(heard.samples).toEqual([]);
    program.socket.write(sampleFrame);
    const again = nextResult();
    link.sendTick(6, 1, Uint16Array.of(), 0);
    program.socket.write(resultFrame(6));
    await again;
    expect(heard).toMatchObject({ samples: [5], faults: [] });
    link.requestSample(undefined);
  });

  it('tells once that the program is gone, and what waited for it fails', async () => {
    const { link, program, closed, heard } = await openReady();
    link.sendTick(5, 1, Uint16Array.of(), 0);
    const snapshot = expect(link.readWeights()).rejects.toThrow('ended');
    program.socket.destroy();
    await closed;
    await snapshot;
    link.dispose();
    expect(heard).toEqual({ results: [], samples: [], faults: [], closings: 1 });
  });

  it('fails to configure when the program dies first', async () => {
    const { link, closed } = await open();
    const program = connect(link);
    const answer = expect(link.configure(configuration)).rejects.toThrow('ended');
    await program.next();
    program.socket.destroy();
    await closed;
    await answer;
  });

  it('hands on the fault of the program and then closes', async () => {
    const { link, closed, heard } = await open();
    const program = connect(link);
    const fault = { code: 'network-too-large', text: 'The network has too many synapses.' } as const;
    const answer = expect(link.configure(configuration)).rejects.toMatchObject(fault);
    await program.next();
    program.socket.write(encodeJson(simulationMessage.fault, fault));
    await closed;
    await answer;
    await program.closed;
    expect(heard).toEqual({ results: [], samples: [], faults: [fault], closings: 1 });
  });

  it('says nothing more once it is disposed', async () => {
    const { link, program, heard } = await openReady();
    link.dispose();
    link.sendTick(5, 1, Uint16Array.of(), 0);
    await program.closed;
    expect(heard).toEqual({ results: [], samples: [], faults: [], closings: 0 });
  });

  const tickFor = (link: SimulationLink) => link.sendTick(5, 1, Uint16Array.of(), 0);
  it.each<[string, Uint8Array, (link: SimulationLink) => void]>([
    ['a frame that is too long', Uint8Array.of(255, 255, 255, 255, 18), tickFor],
    ['a message of an unknown type', encodeFrame(99, new Uint8Array(3)), tickFor],
    ['a result that is cut short', encodeFrame(simulationMessage.result, new Uint8Array(7)), tickFor],
    ['the result of another tick', resultFrame(4), tickFor],
    ['a result that nobody asked for', resultFrame(5), () => {}],
    ['a sample that nobody asked for', sampleFrame, () => {}],
    [
      'a sample that is cut short',
      encodeFrame(simulationMessage.sample, new Uint8Array(9)),
      (link) => link.requestSample(undefined),
    ],
    ['weights that nobody asked for', encodeWeights({ tick: 1, weights: new Float32Array(2) })[0]!, () => {}],
    [
      'weights of another network',
      encodeWeights({ tick: 1, weights: new Float32Array(3) })[0]!,
      (link) => void link.readWeights().catch(() => {}),
    ],
    ['a second answer to the configuration', encodeJson(simulationMessage.ready, ready), () => {}],
    ['a fault without words', encodeJson(simulationMessage.fault, { code: 'defect' }), () => {}],
  ])('takes %s for a fault of the protocol and closes', async (_, bytes, before) => {
    const { link, program, closed, heard } = await openReady();
    before(link);
    program.socket.write(bytes);
    // Whatever follows is not heard any more.
    program.socket.write(resultFrame(5));
    await closed;
    await program.closed;
    expect(heard.faults.map(({ code }) => code)).toEqual(['protocol']);
    expect([heard.results, heard.closings]).toEqual([[], 1]);
  });
});
