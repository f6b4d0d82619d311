import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Disposable } from '../../../common/base/disposable.ts';
import { stopAtTerminal } from './terminal-stop.ts';

/** A terminal that writes down how it is used. */
class FakeTerminal extends EventEmitter {
  readonly calls: string[] = [];
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  setRawMode(isRaw: boolean): void {
    this.calls.push(isRaw ? 'raw' : 'cooked');
  }

  resume(): void {
    this.calls.push('resume');
  }

  pause(): void {
    this.calls.push('pause');
  }
}

let terminal: FakeTerminal;
let heard: string[];
let hold: Disposable;

beforeEach(() => {
  terminal = new FakeTerminal(true);
  heard = [];
  const held = stopAtTerminal(terminal, {
    isInForeground: true,
    onStop: (key) => heard.push(key),
    onInterrupt: () => heard.push(`interrupt, ${terminal.calls.at(-1)}`),
  });
  if ('unsupported' in held) throw new Error(held.unsupported);
  hold = held;
});

const type = (text: string) => terminal.emit('data', Buffer.from(text));

describe('a key at the terminal', () => {
  it.each([
    ['\u001b', 'Escape'],
    [' ', 'Space'],
    ['\r', 'Enter'],
    ['\n', 'Enter'],
  ])('stops in the turn that brings it: %j is %s', (text, key) => {
    type(text);
    expect(heard).toEqual([key]);
  });

  it('stops although another key came with it', () => {
    type('xyz ');
    expect(heard).toEqual(['Space']);
  });

  it('stops once for all the bytes of an arrow key, as Escape', () => {
    type('\u001b[A');
    expect(heard).toEqual(['Escape']);
  });

  it('does nothing when it is another one', () => {
    type('q\t\u001aµ');
    expect(heard).toEqual([]);
  });

  it('interrupts when it is Ctrl+C, and gives the terminal back first', () => {
    type('\u0003');
    type('\u0003');
    expect(heard).toEqual(['interrupt, pause']);
    expect(terminal.calls).toEqual(['raw', 'resume', 'cooked', 'pause']);
  });
});

describe('the terminal', () => {
  it('is given back once, and is not heard after that', () => {
    hold.dispose();
    hold.dispose();
    type(' ');
    expect(heard).toEqual([]);
    expect(terminal.calls).toEqual(['raw', 'resume', 'cooked', 'pause']);
    expect(terminal.listenerCount('data')).toBe(0);
  });

  it.each([
    ['standard input is none', false, true, 'Standard input is no terminal: no key pressed here stops.'],
    ['another program has it', true, false, 'The program runs in the background: no key pressed here stops.'],
  ])('is left alone when %s', (_, isTTY, isInForeground, unsupported) => {
    const left = new FakeTerminal(isTTY);
    const held = stopAtTerminal(left, { isInForeground, onStop: () => {}, onInterrupt: () => {} });
    expect(held).toEqual({ unsupported });
    expect(left.calls).toEqual([]);
    expect(left.listenerCount('data')).toBe(0);
  });
});
