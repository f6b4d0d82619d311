// Owning and releasing resources; used in every process.

/** Something that holds a resource until `dispose` is called. Disposing twice does nothing. */
export interface Disposable {
  dispose(): void;
}

/** A disposable that runs `release` once. */
export function toDisposable(release: () => void): Disposable {
  let isDisposed = false;
  return {
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      release();
    },
  };
}

/** Owns several disposables and releases them in reverse order of their addition. */
export class DisposableStore implements Disposable {
  #owned: Disposable[] = [];
  #isDisposed = false;

  /** Takes ownership of `disposable`; after `dispose` it is released at once. */
  add<T extends Disposable>(disposable: T): T {
    if (this.#isDisposed) disposable.dispose();
    else this.#owned.push(disposable);
    return disposable;
  }

  /** Registers a plain function to be run at release. */
  onDispose(release: () => void): void {
    this.add(toDisposable(release));
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const disposable of this.#owned.reverse()) disposable.dispose();
    this.#owned = [];
  }
}
