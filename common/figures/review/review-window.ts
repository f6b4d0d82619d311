// The stretch of a recorded session that is looked at: moved, zoomed, kept within the session; used in the page and in reports.
import { Emitter } from '../../base/event.ts';

/** The narrowest window: a few spikes' width. */
const narrowestSeconds = 0.004;

export class ReviewWindow {
  readonly sampleRateHz: number;
  readonly #onChange = new Emitter<void>();
  readonly onChange = this.#onChange.event;
  #sessionSamples: number;
  #from = 0;
  #samples: number;

  constructor(sampleRateHz: number, sessionSamples: number) {
    this.sampleRateHz = sampleRateHz;
    this.#sessionSamples = sessionSamples;
    this.#samples = Math.max(sessionSamples, this.#narrowest);
  }

  /** First sample that is seen; a fraction between samples. */
  get fromSample(): number {
    return this.#from;
  }
  get samples(): number {
    return this.#samples;
  }
  get toSample(): number {
    return this.#from + this.#samples;
  }
  get sessionSamples(): number {
    return this.#sessionSamples;
  }
  get isWhole(): boolean {
    return this.#samples >= this.#sessionSamples;
  }

  /** The session has more samples now. A window over all of it goes on being over all of it. */
  grow(sessionSamples: number): void {
    const wasWhole = this.isWhole;
    this.#sessionSamples = sessionSamples;
    this.#set(this.#from, wasWhole ? sessionSamples : this.#samples);
  }

  /** Multiplies the window; what is at `share` (0 left, 1 right) stays there. */
  zoom(factor: number, share: number): void {
    const anchor = this.#from + share * this.#samples;
    const samples = this.#clampWidth(this.#samples * factor);
    this.#set(anchor - share * samples, samples);
  }

  /** @param share of the window's width; above 0: later. */
  pan(share: number): void {
    this.#set(this.#from + share * this.#samples, this.#samples);
  }

  show(fromSample: number, toSample: number): void {
    this.#set(Math.min(fromSample, toSample), Math.abs(toSample - fromSample));
  }

  centre(sample: number): void {
    this.#set(sample - this.#samples / 2, this.#samples);
  }

  showAll(): void {
    this.#set(0, this.#sessionSamples);
  }

  showEnd(): void {
    this.#set(this.#sessionSamples - this.#samples, this.#samples);
  }

  get #narrowest(): number {
    return narrowestSeconds * this.sampleRateHz;
  }

  #clampWidth(samples: number): number {
    return Math.max(this.#narrowest, Math.min(samples, Math.max(this.#sessionSamples, this.#narrowest)));
  }

  #set(from: number, samples: number): void {
    this.#samples = this.#clampWidth(samples);
    this.#from = Math.max(0, Math.min(from, this.#sessionSamples - this.#samples));
    this.#onChange.fire();
  }
}
