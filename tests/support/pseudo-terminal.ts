// A device of a test behind a serial port of the kernel: a pseudo-terminal, which a small program holds (pseudo-terminal.cpp).
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Disposable } from '../../common/base/disposable.ts';
import type { VirtualSerialDevice } from '../../main/virtual-rig/serial/virtual-serial-device.ts';
import { compile, findCompiler } from '../../scripts/build-firmware.mjs';

/** Builds the program into `folder`. @returns its path, or why there is none */
export function buildPseudoTerminal(folder: string): { path: string } | { reason: string } {
  const compiler = findCompiler();
  if (process.platform === 'win32') return { reason: 'Windows has no pseudo-terminals that serialport can open' };
  if (compiler === undefined) return { reason: 'no C++ compiler (c++, g++ or clang++) was found' };
  const path = join(folder, 'pseudo-terminal');
  const source = join(import.meta.dirname, 'pseudo-terminal.cpp');
  compile(compiler, ['-std=c++17', '-Wall', '-Wextra', source, '-o', path], folder);
  return { path };
}

export class PseudoTerminal implements Disposable {
  readonly #program: ChildProcessWithoutNullStreams;
  /** What serialport opens. */
  readonly path: string;
  readonly ended: Promise<unknown>;

  static async start(program: string, device: VirtualSerialDevice): Promise<PseudoTerminal> {
    const child = spawn(program);
    // The first line is all that comes until somebody has opened the terminal.
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    return new PseudoTerminal(child, first.toString('latin1').trim(), device);
  }

  private constructor(program: ChildProcessWithoutNullStreams, path: string, device: VirtualSerialDevice) {
    this.#program = program;
    this.path = path;
    this.ended = once(program, 'close');
    program.stdin.on('error', () => {});
    program.stdout.on('data', (bytes: Buffer) => device.take(bytes));
    device.onBytes((bytes) => program.stdin.write(bytes));
  }

  /** Pulls the plug. */
  dispose(): void {
    this.#program.stdin.end();
  }
}
