// Escape, Space or Enter at the terminal stops at once, while a command of the plain-Node shell runs. Main process.
import { type Disposable, toDisposable } from '../../../common/base/disposable.ts';

export type StopKey = 'Escape' | 'Space' | 'Enter';

/** What is used of standard input. */
export interface TerminalInput {
  readonly isTTY?: boolean | undefined;
  /** Raw: every key arrives at once and is not shown, and Ctrl+C is a key as any other. */
  setRawMode(isRaw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  off(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
}

/** Arrow and function keys begin with Escape, and pasted lines end with Enter: they stop as well. */
const stopKeys: ReadonlyMap<number, StopKey> = new Map([
  [0x1b, 'Escape'],
  [0x20, 'Space'],
  [0x0d, 'Enter'],
  [0x0a, 'Enter'],
]);
const controlC = 0x03;

export interface TerminalStop {
  /** A program in the background that changes its terminal is suspended by the system. */
  isInForeground: boolean;
  /** Called in the turn that brings the key. */
  onStop(key: StopKey): void;
  /** Called at the first Ctrl+C, after the terminal has been given back: the next Ctrl+C is the system's again. */
  onInterrupt(): void;
}

/** @returns the hold of the terminal, to be disposed of before the command ends; or why its keys cannot be read. */
export function stopAtTerminal(
  input: TerminalInput,
  { isInForeground, onStop, onInterrupt }: TerminalStop,
): Disposable | { unsupported: string } {
  if (input.isTTY !== true) return { unsupported: 'Standard input is no terminal: no key pressed here stops.' };
  if (!isInForeground) return { unsupported: 'The program runs in the background: no key pressed here stops.' };
  const hold = toDisposable(() => {
    input.off('data', take);
    input.setRawMode(false);
    input.pause();
  });
  function take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const key = stopKeys.get(byte);
      if (key !== undefined) return onStop(key);
      if (byte === controlC) {
        hold.dispose();
        return onInterrupt();
      }
    }
  }
  input.setRawMode(true);
  input.on('data', take);
  input.resume();
  return hold;
}
