// Takes the live stream apart: status to the rig's state, samples and spikes to the plots, and tells the core what was drawn. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import type { NetworkPicture } from '../../common/contract/network-picture.ts';
import type { LiveArrays, LiveHeader } from '../../common/contract/streams.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { unpackSections } from '../../common/transport/sections.ts';
import type { PageTime } from '../time/page-time.ts';

/** Where the parts of a live message go. */
export interface LiveSinks {
  status(status: RigStatus): void;
  /** Samples, spikes and latencies; the arrays may be kept. */
  samples(header: LiveHeader, arrays: LiveArrays): void;
  /** A new look into the simulated network. */
  network(picture: NetworkPicture): void;
  /** Everything up to this message has been drawn. */
  acknowledge(frame: number): void;
}

const rateWindowMs = 1000;

export class LiveFeed implements Disposable {
  /** Drawn messages per second, over the last second. */
  framesPerSecond = $state(0);
  readonly #sinks: LiveSinks;
  readonly #time: PageTime;
  readonly #rateTimer: Disposable;
  /** The newest message, and how many have come since the last drawing. */
  #newest = 0;
  #undrawn = 0;
  #awaitedFrame: Disposable | undefined;
  #drawnInWindow = 0;

  constructor(sinks: LiveSinks, time: PageTime) {
    this.#sinks = sinks;
    this.#time = time;
    this.#rateTimer = time.every(rateWindowMs, () => {
      this.framesPerSecond = this.#drawnInWindow;
      this.#drawnInWindow = 0;
    });
  }

  take(bytes: Uint8Array): void {
    const { header, arrays } = unpackSections<LiveHeader, LiveArrays>(bytes);
    this.#sinks.status(header.status);
    this.#sinks.samples(header, arrays);
    if (header.network !== undefined) this.#sinks.network(header.network);
    this.#newest = header.frame;
    this.#undrawn++;
    this.#awaitedFrame ??= this.#time.onNextFrame(() => this.#drawn());
  }

  /** Forgets what an earlier connection sent: its frame numbers mean nothing to the next one. */
  reset(): void {
    this.#awaitedFrame?.dispose();
    this.#awaitedFrame = undefined;
    this.#undrawn = 0;
  }

  dispose(): void {
    this.reset();
    this.#rateTimer.dispose();
  }

  #drawn(): void {
    this.#awaitedFrame = undefined;
    this.#sinks.acknowledge(this.#newest);
    this.#drawnInWindow += this.#undrawn;
    this.#undrawn = 0;
  }
}
