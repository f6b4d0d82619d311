// HID devices for tests: plugged in, pressed and unplugged by the test, and every call is counted.
import { toDisposable, type Disposable } from '../../../common/base/disposable.ts';
import type { HidDevice, HidListener, HidSource } from '../hardware/hid-input.ts';

/** A pedal that behaves as a keyboard. */
export const pedal: HidDevice = {
  path: '/fake/pedal',
  vendorId: 0x0c45,
  productId: 0x7403,
  product: 'FootSwitch',
  usagePage: 1,
  usage: 6,
};

export class FakeHidSource implements HidSource {
  readonly #plugged = new Map<string, HidDevice[]>();
  readonly #listeners = new Map<string, HidListener>();
  enumerations = 0;
  openings = 0;
  /** Why listing, and why opening, fails. */
  listingProblem: string | undefined;
  openingProblem: string | undefined;
  #answered = Promise.resolve();

  plug(...collections: HidDevice[]): void {
    for (const { path } of collections) this.#plugged.set(path, []);
    for (const collection of collections) this.#plugged.get(collection.path)?.push(collection);
  }

  unplug(path: string): void {
    this.#plugged.delete(path);
    this.#listeners.get(path)?.onLost('could not read from HID device');
  }

  /** @returns whether anybody heard it */
  report(path: string, ...bytes: number[]): boolean {
    this.#listeners.get(path)?.onReport(Uint8Array.from(bytes));
    return this.#listeners.has(path);
  }

  listenerOf(path: string): HidListener | undefined {
    return this.#listeners.get(path);
  }

  /** From now on the system answers nothing. @returns lets it answer again */
  hang(): () => void {
    let answer = () => {};
    this.#answered = new Promise((resolve) => (answer = resolve));
    return () => answer();
  }

  get openPaths(): string[] {
    return [...this.#listeners.keys()];
  }

  async devices(): Promise<HidDevice[]> {
    this.enumerations++;
    await this.#answered;
    if (this.listingProblem !== undefined) throw new Error(this.listingProblem);
    return [...this.#plugged.values()].flat();
  }

  async open(path: string, listener: HidListener): Promise<Disposable> {
    this.openings++;
    await this.#answered;
    if (this.openingProblem !== undefined) throw new Error(this.openingProblem);
    this.#listeners.set(path, listener);
    return toDisposable(() => this.#listeners.delete(path));
  }
}
