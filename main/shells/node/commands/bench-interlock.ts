// `exocortex bench interlock`: how fast a trip reaches the wire and the electrode, idle and under load. Main process of the plain-Node shell.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createControlBlock } from '../../../../common/base/control-block.ts';
import { type Disposable, DisposableStore } from '../../../../common/base/disposable.ts';
import { deviceTokenVariable, type VirtualRigRequest } from '../../../../common/device-protocol/virtual-rig-options.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { type BenchTrip, type OutputLine, reactions, type Reactions } from './bench-reactions.ts';

export interface BenchOptions {
  /** In each of the two conditions. */
  trips: number;
  seed: number;
  isJson: boolean;
}

const clockOffsetMicroseconds = 1_000_000;

/** Last message of the bench thread. */
interface BenchAnswer {
  trips: BenchTrip[];
  refusedArmings: number;
}

/** What one condition showed. */
interface Condition extends Reactions {
  condition: 'idle' | 'load';
  trips: number;
  /** On a busy machine commands expire on their way; the device refuses them. */
  refusedArmings: number;
  seconds: number;
}

/** All cores busy, and another thread of this process that allocates as fast as it can. */
function startLoad(): Disposable {
  const owned = new DisposableStore();
  for (let core = 0; core < availableParallelism(); core++) {
    const child = spawn(process.execPath, ['-e', 'for (;;) Math.sqrt(Math.random());'], { stdio: 'ignore' });
    owned.onDispose(() => child.kill('SIGKILL'));
  }
  const storm = new Worker(
    'let kept = []; for (;;) { kept.push(new Array(1000).fill({})); if (kept.length > 1000) kept = []; }',
    {
      eval: true,
    },
  );
  owned.onDispose(() => void storm.terminate());
  return owned;
}

function address(folder: string): string {
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\exocortex-bench-${randomBytes(8).toString('hex')}`
    : join(folder, 'device.sock');
}

async function measure(
  { platform, printError }: ShellSetting,
  options: BenchOptions,
  isLoaded: boolean,
): Promise<Condition> {
  const owned = new DisposableStore();
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-bench-'));
  owned.onDispose(() => rmSync(folder, { recursive: true, force: true }));
  const outputJournal = join(folder, 'output.jsonl');
  const token = randomBytes(16).toString('hex');
  const request: VirtualRigRequest = {
    address: address(folder),
    pacing: 'real-time',
    seed: options.seed,
    tickMilliseconds: 1,
    source: { kind: 'virtual', channels: 4, sampleRateHz: 1000, unitsPerElectrode: 0 },
    clockOffsetMicroseconds,
    outputJournal,
  };
  const startedMs = performance.now();
  try {
    owned.add(platform.startProgram('virtual-rig', [JSON.stringify(request)], { [deviceTokenVariable]: token }));
    if (isLoaded) owned.add(startLoad());
    const control = createControlBlock();
    const channel = new MessageChannel();
    const thread = (name: string, workerData: object, port: MessageChannel['port1']) =>
      new Worker(join(platform.programsFolder, `${name}.js`), { workerData, transferList: [port], name });
    thread('watchdog-thread', { control, port: channel.port2 }, channel.port2);
    const workerData = {
      address: request.address,
      token,
      watchdogPort: channel.port1,
      control,
      trips: options.trips,
      seed: options.seed,
      doesAllocate: isLoaded,
    };
    const bench = thread('interlock-bench-thread', workerData, channel.port1);
    const { trips, refusedArmings } = await new Promise<BenchAnswer>((resolve, reject) => {
      bench.on('message', (message: BenchAnswer | { done: number }) => {
        if ('trips' in message) resolve(message);
        else if (!options.isJson)
          printError(`${isLoaded ? 'load' : 'idle'}: ${message.done} of ${options.trips} trips`);
      });
      bench.on('error', reject);
      bench.on('exit', (code) => reject(new Error(`the bench thread ended with code ${code}`)));
    });
    const lines = readFileSync(outputJournal, 'utf8').trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as OutputLine);
    const found = reactions(trips, events, clockOffsetMicroseconds);
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
    return { condition: isLoaded ? 'load' : 'idle', trips: trips.length, refusedArmings, seconds, ...found };
  } finally {
    owned.dispose();
  }
}

function show(
  print: (text: string) => void,
  { condition, trips, seconds, reactions: tables, pulses, pulsesPastLease, unbalancedPulses, sleptThrough }: Condition,
): void {
  print(
    `\n${condition}: ${trips} trips in ${seconds} s, ${pulses} pulses, ${pulsesPastLease} past the lease, ${unbalancedPulses} unbalanced`,
  );
  print('cause       from … to                              trips       p50       p99    p99.99       max  ms');
  for (const { cause, to, count, p50, p99, p9999, max } of tables) {
    const numbers = [p50, p99, p9999, max].map((value) => value.toFixed(3).padStart(10)).join('');
    print(`${cause.padEnd(12)}${to.padEnd(38)}${String(count).padStart(6)}${numbers}`);
  }
  if (sleptThrough.hangs > 0)
    print(
      `${sleptThrough.hangs} hangs ended before the watchdog looked: it had no turn for up to ${sleptThrough.longestPauseMilliseconds.toFixed(1)} ms; the rig thread tripped itself`,
    );
}

/** @returns 0 only when no pulse began past its lease and none was unbalanced. */
export async function benchInterlock(setting: ShellSetting, options: BenchOptions): Promise<number> {
  const conditions = [await measure(setting, options, false), await measure(setting, options, true)];
  const sum = (of: (condition: Condition) => number) =>
    conditions.reduce((total, condition) => total + of(condition), 0);
  const result = {
    trips: sum(({ trips }) => trips),
    pulsesPastLease: sum(({ pulsesPastLease }) => pulsesPastLease),
    unbalancedPulses: sum(({ unbalancedPulses }) => unbalancedPulses),
    leaseMilliseconds: 100,
    beatMaxMilliseconds: 50,
    conditions,
  };
  if (options.isJson) setting.print(JSON.stringify(result));
  else for (const condition of conditions) show(setting.print, condition);
  return result.pulsesPastLease === 0 && result.unbalancedPulses === 0 ? 0 : 1;
}
