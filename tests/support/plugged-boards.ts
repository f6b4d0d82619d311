// Boards that listen on sockets in the place of USB, one program for each; what lies between them and the application is the test's to choose.
import { mkdtempSync, rmSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatedBoard } from '../../main/rig/hardware/hid/emulated-hid-system.ts';
import { HostBoard } from './host-board.ts';

/** Of every board. */
export const boardToken = 'token of a HID rig';

export interface PluggedBoard extends EmulatedBoard {
  readonly board: HostBoard;
}

export class PluggedBoards {
  readonly #program: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'exocortex-boards-'));
  readonly #boards: PluggedBoard[] = [];

  /** @param program the host board's */
  constructor(program: string) {
    this.#program = program;
  }

  /** Resolves when it listens. */
  async plug(serialNumber: string, reportBytes = 64): Promise<PluggedBoard> {
    const address = join(this.#folder, `${this.#boards.length}.sock`);
    const options = {
      program: this.#program,
      mode: 'socket',
      reportBytes,
      serialNumber,
      token: boardToken,
      address,
    } as const;
    const plugged = { address, serialNumber, reportBytes, board: new HostBoard(options) };
    this.#boards.push(plugged);
    while (!existsSync(address)) await new Promise((resolve) => setImmediate(resolve));
    plugged.board.command('tissue 1');
    return plugged;
  }

  async dispose(): Promise<void> {
    for (const { board } of this.#boards) board.dispose();
    for (const { board } of this.#boards) await board.ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
