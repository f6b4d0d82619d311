// A network in another simulator that is run again and again, as a process of its own. Main process of the plain-Node shell.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Disposable } from '../../../../../common/base/disposable.ts';
import { peerGreetingSchema, type PeerRun, peerRunSchema } from '../../../../../common/bench/peer-run.ts';
import { Skipped } from './bench-context.ts';

export interface PeerOptions {
  /** Of the simulator, for messages. */
  name: string;
  python: string;
  /** Path of a script of resources/bench. */
  script: string;
  args: readonly (string | number)[];
  /** For what is compiled. */
  folder: string;
}

export class PythonPeer implements Disposable {
  readonly version: string;
  readonly #name: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    name: string,
    version: string,
    child: ChildProcessByStdio<Writable, Readable, Readable>,
    lines: AsyncIterator<string>,
  ) {
    this.#name = name;
    this.version = version;
    this.#child = child;
    this.#lines = lines;
  }

  /** Resolves when everything is compiled. @throws Skipped with the reason when it does not come to that. */
  static async start(options: PeerOptions): Promise<PythonPeer> {
    const { name, python, script, args, folder } = options;
    const child = spawn(python, [script, ...args.map(String)], {
      // What is written beside what is compiled stays there too.
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
      return new PythonPeer(name, peerGreetingSchema.parse(JSON.parse(first.value)).version, child, lines);
    throw new Skipped(`${name} did not start: ${complaint.trim().split('\n').at(-1) ?? ''}`);
  }

  /** @throws Skipped when the process ended. */
  async run(): Promise<PeerRun> {
    this.#child.stdin.write('\n');
    const line = await this.#lines.next();
    if (line.done === true) throw new Skipped(`${this.#name} ended during a run`);
    return peerRunSchema.parse(JSON.parse(line.value));
  }

  dispose(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
