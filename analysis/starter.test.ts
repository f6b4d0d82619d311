import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { findStarter, type Program } from './starter.ts';

const progress = { kind: 'progress', fraction: 0.5, what: 'Writing samples and spikes' } as const;

/** A process with `extra`; its events are fired by `emitter.emit`. */
function fakeProgram(extra: Partial<Program> = {}) {
  const emitter = new EventEmitter();
  const written: string[] = [];
  const stdout = { write: (text: string) => written.push(text) > 0 };
  const program = Object.assign(emitter, { stdout, ...extra }) as unknown as Program;
  return { emitter, written, starter: findStarter(program) };
}

describe('the starter of the analysis program', () => {
  it('hears from a Node child by its line to the parent', () => {
    const send = vi.fn(() => true);
    const { starter, written } = fakeProgram({ send, connected: true });
    starter.send(progress);
    expect(send).toHaveBeenCalledExactlyOnceWith(progress, undefined, undefined, expect.any(Function));
    expect(written).toEqual([]);
  });

  it('may go away while it is told something', () => {
    const gone = new Error('write EPIPE');
    // As Node does: without a callback the error is an event that ends the program.
    const send = vi.fn(
      (_message: object, _handle?: undefined, _options?: undefined, onSent?: (error: Error) => void) => {
        if (onSent === undefined) throw gone;
        onSent(gone);
        return false;
      },
    );
    fakeProgram({ send, connected: true }).starter.send(progress);
    expect(send).toHaveBeenCalledOnce();
  });

  it('is told nothing when it was a Node parent that is gone', () => {
    const send = vi.fn(() => true);
    const { starter, written } = fakeProgram({ send, connected: false });
    starter.send(progress);
    expect(send).not.toHaveBeenCalled();
    expect(written).toEqual([]);
  });

  it('hears from an Electron utility process by its parent port, and can cancel over it', () => {
    const port = Object.assign(new EventEmitter(), { postMessage: vi.fn() });
    const { starter } = fakeProgram({ parentPort: port });
    const cancel = vi.fn();
    const listening = starter.onCancel(cancel);
    starter.send(progress);
    expect(port.postMessage).toHaveBeenCalledExactlyOnceWith(progress);
    port.emit('message', { data: { kind: 'other' } });
    expect(cancel).not.toHaveBeenCalled();
    port.emit('message', { data: { kind: 'cancel' } });
    expect(cancel).toHaveBeenCalledOnce();
    listening.dispose();
    expect(port.listenerCount('message')).toBe(0);
  });

  it('reads JSON lines when a person started the program', () => {
    const { starter, written } = fakeProgram();
    starter.send(progress);
    starter.send(progress);
    expect(written).toEqual([`${JSON.stringify(progress)}\n`, `${JSON.stringify(progress)}\n`]);
  });

  it.each([
    ['message', { kind: 'cancel' }],
    ['disconnect', undefined],
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGINT'],
  ])('cancels a Node child by %s', (event, value) => {
    const { emitter, starter } = fakeProgram({ send: () => true });
    const cancel = vi.fn();
    const listening = starter.onCancel(cancel);
    emitter.emit('message', 'something else');
    expect(cancel).not.toHaveBeenCalled();
    emitter.emit(event, value);
    expect(cancel).toHaveBeenCalledOnce();
    listening.dispose();
    expect(emitter.eventNames()).toEqual([]);
  });
});
