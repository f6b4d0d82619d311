import { describe, expect, it } from 'vitest';
import { loadState, type Remembering, saveState, type StateArchive } from './state-archive.ts';

class Memory implements Remembering {
  number = 0;
  isSet = false;
  readonly values = new Float32Array(3);
  document: { text: string } | undefined = { text: '' };

  exchange(archive: StateArchive): void {
    this.number = archive.number(this.number);
    this.isSet = archive.flag(this.isSet);
    archive.array(this.values);
    this.document = archive.json(this.document);
  }
}

describe('what an object remembers', () => {
  it.each([0.1 + 0.2, -0, NaN, Infinity, -Infinity, 2 ** 53])('comes back as it was, %s too', (number) => {
    const [one, other] = [new Memory(), new Memory()];
    Object.assign(one, { number, isSet: true, document: { text: 'σ' } });
    one.values.set([1, -0, NaN]);
    loadState(other, saveState(one));
    expect(other).toStrictEqual(one);
    expect(Object.is(other.number, number)).toBe(true);
  });

  it('can be that there is nothing', () => {
    const [one, other] = [new Memory(), new Memory()];
    one.document = undefined;
    loadState(other, saveState(one));
    expect(other.document).toBeUndefined();
  });

  it('is not changed by being written down', () => {
    const one = new Memory();
    one.document = { text: 'kept' };
    const { document } = one;
    saveState(one);
    expect(one.document).toBe(document);
  });

  it('is not taken over by something else', () => {
    const bytes = saveState(new Memory());
    expect(() => loadState(new Memory(), bytes.subarray(1))).toThrow();
    expect(() => loadState(new Memory(), Uint8Array.of(...bytes, 0))).toThrow('1 bytes of a memory belong to nothing');
    const longer: Remembering = { exchange: (archive) => archive.array(new Uint8Array(5)) };
    expect(() => loadState({ exchange: (archive) => archive.array(new Uint8Array(4)) }, saveState(longer))).toThrow(
      'a memory of 5 bytes is for something of 4',
    );
  });
});
