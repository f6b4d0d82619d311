import { describe, expect, it } from 'vitest';
import { ReceiveBuffer, receiveBufferBytes } from './receive-buffer.ts';

describe('the receive buffer', () => {
  it('hands out copies in order, once', () => {
    const buffer = new ReceiveBuffer();
    const bytes = Uint8Array.of(1, 2);
    buffer.keep(bytes);
    bytes.fill(9);
    buffer.keep(Uint8Array.of(3));
    expect(buffer.isEmpty).toBe(false);
    expect(buffer.take()).toEqual([Uint8Array.of(1, 2), Uint8Array.of(3)]);
    expect(buffer.isEmpty).toBe(true);
    expect(buffer.take()).toEqual([]);
  });

  it('knows when it has lost something, until it is emptied', () => {
    const buffer = new ReceiveBuffer();
    buffer.keep(new Uint8Array(receiveBufferBytes));
    expect(buffer.isWhole).toBe(true);
    buffer.keep(new Uint8Array(1));
    expect(buffer.isWhole).toBe(false);
    expect(buffer.take()).toHaveLength(1);
    expect(buffer.isWhole).toBe(true);
  });
});
