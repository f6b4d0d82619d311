// The live feeds of all pages: fills them from the loop and sends what is due. Rig thread.
import type { NetworkPicture } from '../../common/contract/network-picture.ts';
import type { TraceSignal } from '../../common/contract/streams.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import type { ConnectedRig, RigListener } from './connected-rig.ts';
import { LiveFeed, type LiveGeometry } from './operator/live-feed.ts';

const noLatencies = new Uint32Array(0);
const noGeometry: LiveGeometry = { channels: 0, sampleRateHz: 0, microvoltsPerBit: 1, samplesPerTick: 1 };

/** One feed for each page that asked for one; without pages nothing is decimated. */
export class PageFeeds {
  readonly #send: (page: number, bytes: Uint8Array) => void;
  readonly #signals = new Map<number, TraceSignal>();
  readonly #feeds = new Map<number, LiveFeed>();
  /** Pages that look into the network. */
  readonly #inspecting = new Set<number>();
  #geometry: LiveGeometry = noGeometry;
  /** The detector's band-passed block, sample-major, µV. */
  #bandMicrovolts: Float32Array = new Float32Array(0);

  constructor(send: (page: number, bytes: Uint8Array) => void) {
    this.#send = send;
  }

  /** The stream that is shown from now on; undefined when nothing is connected. */
  show(rig: ConnectedRig | undefined): void {
    const identity = rig?.connections.reader.identity;
    if (rig !== undefined) this.#bandMicrovolts = rig.chain.detector.filteredMicrovolts;
    this.#geometry =
      identity === undefined
        ? noGeometry
        : {
            channels: identity.channels,
            sampleRateHz: identity.sampleRateHz,
            microvoltsPerBit: identity.microvoltsPerBit,
            samplesPerTick: identity.samplesPerBlock,
          };
    for (const [page, signal] of this.#signals) this.#open(page, signal);
  }

  subscribe(page: number, signal: TraceSignal): void {
    this.#signals.set(page, signal);
    this.#open(page, signal);
  }

  unsubscribe(page: number): void {
    this.#signals.delete(page);
    this.#feeds.delete(page);
    this.#inspecting.delete(page);
  }

  /** A page begins to look into the simulated network, or ceases to. */
  inspect(page: number, isLooking: boolean): void {
    if (isLooking) this.#inspecting.add(page);
    else this.#inspecting.delete(page);
  }

  get isNetworkLookedAt(): boolean {
    return this.#inspecting.size > 0;
  }

  showNetwork(picture: NetworkPicture): void {
    for (const page of this.#inspecting) this.#feeds.get(page)?.setNetwork(picture);
  }

  acknowledge(page: number, frame: number): void {
    this.#feeds.get(page)?.acknowledge(frame);
  }

  /** Sends what is due. `describe` is called at most once. */
  flush(nowNs: number, rig: ConnectedRig | undefined, describe: () => RigStatus): void {
    let status: RigStatus | undefined;
    for (const feed of this.#feeds.values()) {
      if (!feed.isDue(nowNs)) continue;
      status ??= describe();
      feed.flush(nowNs, status, rig?.chain.latency.histogram ?? noLatencies);
    }
  }

  /** What the loop reports, for the feeds. */
  readonly observer: Pick<RigListener, 'onBlock' | 'onPopulation' | 'onDelivery'> & {
    onTick(endSample: number, latencyNs: number): void;
  } = {
    onBlock: (block, found) => {
      for (const feed of this.#feeds.values()) {
        feed.addBlock(block.firstSample, block.sampleCount, block.samples, this.#bandMicrovolts);
        for (let index = 0; index < found.count; index++) {
          feed.addSpike(
            block.firstSample + (found.sampleOffsets[index] ?? 0),
            found.channels[index] ?? 0,
            found.amplitudesMicrovolts[index] ?? 0,
          );
        }
      }
    },
    onPopulation: (tick, result) => {
      const seconds = tick.endSample / this.#geometry.sampleRateHz;
      for (const feed of this.#feeds.values()) for (const neuron of result.spikes) feed.addNeuronSpike(seconds, neuron);
    },
    onDelivery: (acknowledgement) => {
      for (const feed of this.#feeds.values())
        feed.addDelivery(
          acknowledgement.sampleIndex,
          acknowledgement.electrode,
          acknowledgement.amplitudeNanoamps / 1000,
        );
    },
    onTick: (endSample, latencyNs) => {
      for (const feed of this.#feeds.values()) feed.addTick(endSample / this.#geometry.sampleRateHz, latencyNs / 1e6);
    },
  };

  #open(page: number, signal: TraceSignal): void {
    const feed = new LiveFeed(this.#geometry, signal, (bytes) => this.#send(page, bytes));
    const before = this.#feeds.get(page);
    if (before !== undefined) feed.continueFrom(before);
    this.#feeds.set(page, feed);
  }
}
