// A network in Brian2 that is run again and again, as a process of its own. Main process of the plain-Node shell.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Disposable } from '../../../../../common/base/disposable.ts';
import { peerGreetingSchema, type PeerRun, peerRunSchema } from '../../../../../common/bench/peer-run.ts';
import { Skipped } from './bench-context.ts';

export interface PeerOptions {
  python: string;
  /** Path of brian2_peer.py. */
  script: string;
  model: 'cuba' | 'coba';
  target: 'cpp' | 'cython';
  warmUpSeconds: number;
  seconds: number;
  /** For what is compiled. */
  folder: string;
}

export class Brian2Peer implements Disposable {
  readonly version: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    version: string,
    child: ChildProcessByStdio<Writable, Readable, Readable>,
    lines: AsyncIterator<string>,
  ) {
    this.version = version;
    this.#child = child;
    this.#lines = lines;
  }

  /** Resolves when everything is compiled. @throws Skipped with the reason when it does not come to that. */
  static async start(options: PeerOptions): Promise<Brian2Peer> {
    const { python, script, model, target, warmUpSeconds, seconds, folder } = options;
    const child = spawn(python, [script, model, target, `${warmUpSeconds}`, `${seconds}`, folder], {
      // What Brian2 writes beside what it compiles stays there too.
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => (complaint = (complaint + text.toString()).slice(-4000)));
    child.on('error', (error) => (complaint = error.message));
    // A process that is gone shows at its output.
    child.stdin.on('error', () => {});
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done !== true)
      return new Brian2Peer(peerGreetingSchema.parse(JSON.parse(first.value)).version, child, lines);
    throw new Skipped(`Brian2 did not start: ${complaint.trim().split('\n').at(-1) ?? ''}`);
  }

  /** @throws Skipped when the process ended. */
  async run(): Promise<PeerRun> {
    this.#child.stdin.write('\n');
    const line = await this.#lines.next();
    if (line.done === true) throw new Skipped('Brian2 ended during a run');
    return peerRunSchema.parse(JSON.parse(line.value));
  }

  dispose(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
