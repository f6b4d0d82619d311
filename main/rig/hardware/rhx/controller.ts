// A controller behind RHX: what it is, what it is set to, running and stopping, everything confirmed by reading back; runs in the rig thread.
import { setTimeout as wait } from 'node:timers/promises';
import type { Disposable } from '../../../../common/base/disposable.ts';
import { type RhxPort, rhxPorts } from '../../../../common/experiment/rhx-source.ts';
import { CommandLine, type CommandTimes, commandTimes } from './command-line.ts';
import {
  bandParameters,
  checkCapacity,
  columnsOf,
  type RhxColumn,
  type RhxInventory,
  type RhxSelection,
} from './columns.ts';
import { literalAddress } from './literal-address.ts';
import { booleanWords, connectionStates } from './reply.ts';
import { RhxError } from './rhx-problem.ts';

/** ms. */
export interface RhxTimes extends CommandTimes {
  /** After a stop: a run before it would go on where the last one was. */
  readonly settle: number;
  /** First data after a run, and blocks ceasing after a stop. */
  readonly first: number;
  /** Between two looks at something that takes time. */
  readonly poll: number;
}

export const rhxTimes: RhxTimes = { ...commandTimes, settle: 300, first: 1000, poll: 20 };

/** Stops that are sent before it is said that RHX does not stop. */
const stopsMax = 5;
/** Looks at a status before it is said that it does not come. */
const looksMax = 100;

export interface RhxDescription extends RhxInventory {
  readonly version: string;
  readonly sampleRateHz: number;
  /** µA of one step; undefined where the controller cannot stimulate, or says no current. */
  readonly stepMicroamps: number | undefined;
}

/** What was set and read back. */
export interface RhxLayout {
  readonly columns: readonly RhxColumn[];
  readonly spikingChannels: readonly string[];
  readonly blocksPerWrite: number;
}

/** Whether blocks are coming: asked of who reads them. */
export interface BlockWitness {
  /** Blocks that have come so far. */
  readonly blocksReceived: number;
  /** The next timestamp begins a run. */
  beginRun(): void;
}

export class RhxController implements Disposable {
  readonly commands: CommandLine;
  readonly description: RhxDescription;
  readonly host: string;
  readonly times: RhxTimes;

  /** Connects and asks what the controller is; changes nothing. @throws RhxError with what to click */
  static async connect(host: string, port: number, times: RhxTimes = rhxTimes): Promise<RhxController> {
    const commands = await CommandLine.open(host, port, times);
    try {
      return new RhxController(commands, await describe(commands), host, times);
    } catch (error) {
      commands.dispose();
      throw error;
    }
  }

  private constructor(commands: CommandLine, description: RhxDescription, host: string, times: RhxTimes) {
    this.commands = commands;
    this.description = description;
    this.host = host;
    this.times = times;
  }

  /**
   * Sets what is sent, and reads all of it back. The board must stand: channels that are switched in mid-run change the stream without a mark.
   * @param blocksPerWrite 1 gives the least delay, 5 the smoothest stream at 20 kHz, 8 at 30 kHz
   */
  async configure(selection: RhxSelection, blocksPerWrite: number): Promise<RhxLayout> {
    const { commands, description } = this;
    const columns = columnsOf(description, selection);
    checkCapacity(columns.length, description.sampleRateHz);
    const runMode = await commands.getRunMode();
    if (runMode !== 'Stop') throw new RhxError('already-running', `RHX says RunMode ${runMode}`);
    await commands.act('execute clearalldataoutputs');
    for (const kind of ['waveform', 'spike'])
      await commands.set(`tcp${kind}dataoutputhost`, literalAddress(this.host), 'text');
    await commands.set('tcpnumberdatablocksperwrite', blocksPerWrite, 'number');
    const spikingChannels: string[] = [];
    for (const { channel, bands, hasSpikes } of selection.amplifiers) {
      if (!(await commands.getBoolean(`${channel}.enabled`)))
        throw new RhxError('channel-disabled', `RHX records nothing on ${channel}`);
      const wanted = [...bands, ...(hasSpikes ? (['SPK'] as const) : [])];
      for (const band of wanted) await commands.set(`${channel}.${bandParameters[band]}`, true, booleanWords);
      if (hasSpikes) spikingChannels.push(channel);
    }
    for (const other of selection.others) await commands.set(`${other}.${bandParameters.WIDE}`, true, booleanWords);
    return { columns, spikingChannels, blocksPerWrite };
  }

  /** Opens a data port of RHX. @param wanted is set first; undefined: the one that RHX has @returns the port to connect to */
  async openDataPort(kind: 'waveform' | 'spike', wanted?: number): Promise<number> {
    const { commands } = this;
    if (wanted !== undefined) await commands.set(`tcp${kind}dataoutputport`, wanted, 'number');
    await commands.act(`execute connecttcp${kind}dataoutput`);
    await this.#awaitStatus(kind, 'Pending');
    const port = await commands.getNumber(`tcp${kind}dataoutputport`);
    if (port === 0) throw new RhxError('data-port-closed', `the ${kind} port of RHX is set to 0: it listens anywhere`);
    return port;
  }

  /** After the client has connected. */
  async confirmDataPort(kind: 'waveform' | 'spike'): Promise<void> {
    await this.#awaitStatus(kind, 'Connected');
  }

  /** Starts a run and waits until it really runs: RunMode alone proves nothing. */
  async run(witness: BlockWitness): Promise<void> {
    const before = witness.blocksReceived;
    witness.beginRun();
    await this.commands.run();
    const deadlineMs = performance.now() + this.times.first;
    while (witness.blocksReceived === before) {
      if (performance.now() > deadlineMs) {
        const runMode = await this.commands.getRunMode();
        throw new RhxError(
          'did-not-start',
          `no block came in ${this.times.first} ms, though RHX says RunMode ${runMode}`,
        );
      }
      await wait(this.times.poll);
    }
    const first = await this.commands.getNumber('currenttimestamp');
    await wait(this.times.settle);
    const second = await this.commands.getNumber('currenttimestamp');
    // Timestamps wrap.
    if (((second - first) | 0) > 0) return;
    if ((await this.commands.getRunMode()) === 'Stop')
      throw new RhxError('stopped-by-itself', `its run ended at sample ${second} as soon as it had begun`);
    throw new RhxError('frozen-timestamp', `RHX stays at sample ${first}`);
  }

  /** Stops, as often as it takes: until RunMode says so and no blocks come any more. */
  async stop(witness: BlockWitness): Promise<void> {
    for (let stops = 0; stops < stopsMax; stops++) {
      if ((await this.commands.getRunMode()) !== 'Stop') await this.commands.act('set runmode stop');
      const runMode = await this.commands.getRunMode();
      // The last bytes come some 25 ms after the command; then nothing may.
      await wait(this.times.settle);
      const before = witness.blocksReceived;
      await wait(this.times.settle);
      if (runMode === 'Stop' && witness.blocksReceived === before) return;
    }
    throw new RhxError('did-not-stop', `RHX runs on after ${stopsMax} stops`);
  }

  /** Measures all impedances and lets RHX write them to a file on its own computer; it has no other way to tell them. */
  async measureImpedances(folder: string, name: string): Promise<void> {
    const { commands } = this;
    await commands.set('impedancefilename.path', folder, 'text');
    await commands.set('impedancefilename.basefilename', name, 'text');
    await commands.act('execute measureimpedance');
    for (let looks = 0; !(await commands.getBoolean('impedanceshavebeenmeasured')); looks++) {
      if (looks >= looksMax) throw new RhxError('refused', 'RHX has not measured the impedances');
      await wait(this.times.poll * 10);
    }
    await commands.act('execute saveimpedance');
  }

  dispose(): void {
    this.commands.dispose();
  }

  async #awaitStatus(kind: 'waveform' | 'spike', wanted: (typeof connectionStates)[number]): Promise<void> {
    let status = '';
    for (let looks = 0; looks < looksMax; looks++) {
      status = await this.commands.get(`tcp${kind}dataoutputconnectionstatus`, connectionStates);
      if (status === wanted) return;
      await wait(this.times.poll);
    }
    throw new RhxError('data-port-closed', `the ${kind} port of RHX is ${status}, not ${wanted}`);
  }
}

async function describe(commands: CommandLine): Promise<RhxDescription> {
  const version = await commands.get('version', 'text');
  const type = await commands.get('type', 'text');
  const isStimulator = type === 'ControllerStimRecord';
  const sampleRateHz = await commands.getNumber('sampleratehertz');
  const counts: [RhxPort, number][] = [];
  for (const port of rhxPorts) counts.push([port, await commands.getNumber(`${port}.numberamplifierchannels`)]);
  if (counts.every(([, count]) => count === 0))
    throw new RhxError('no-channels', 'RHX sees no amplifier channel on ports A to H');
  const stepMicroamps = isStimulator ? await readStep(commands) : undefined;
  return {
    version,
    isStimulator,
    sampleRateHz,
    // One entry for each port.
    amplifiers: Object.fromEntries(counts) as Record<RhxPort, number>,
    stepMicroamps,
  };
}

/** @returns µA of one step; undefined where RHX names only the end of its range, which says no current */
export async function readStep(commands: CommandLine): Promise<number | undefined> {
  const step = await commands.get('stimstepsizemicroamps', 'text');
  const microamps = Number(step);
  return microamps > 0 ? microamps : undefined;
}
