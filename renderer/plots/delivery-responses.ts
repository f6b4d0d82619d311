// Counts spikes around each delivery (peri-stimulus time histogram), per stimulated and per recorded electrode; used in the page.
import type { EventBuffer } from './event-buffer.ts';

/** Time around a delivery that is counted, and its bins. */
export const responseWindow = { fromSeconds: -0.01, toSeconds: 0.04, bins: 50 } as const;
const binSeconds = (responseWindow.toSeconds - responseWindow.fromSeconds) / responseWindow.bins;
/** Spikes of one moment may come in messages apart, and not in order; a delivery is counted when this much more time has passed. */
const slackSeconds = 0.05;

/** Responses to the deliveries at one electrode. */
interface Responses {
  deliveries: number;
  /** Spikes, electrode-major (recorded electrodes × bins). */
  counts: Uint32Array;
}

/** The histogram that is shown. */
export interface ResponseRates {
  deliveries: number;
  /** Spikes per second and electrode, one per bin of `responseWindow`. */
  ratesHz: Float64Array;
}

export class DeliveryResponses {
  #byElectrode = new Map<number, Responses>();
  #channels = 0;
  #nextDelivery = 0;
  /** Counts counted deliveries; a plot that has drawn this revision has nothing to do. */
  revision = 0;

  /** Counts the deliveries whose window has passed. @param nowSeconds stream time up to which spikes are known. */
  update(deliveries: EventBuffer, spikes: EventBuffer, channels: number, nowSeconds: number): void {
    if (channels !== this.#channels) this.#byElectrode.clear();
    this.#channels = channels;
    this.#nextDelivery = Math.max(this.#nextDelivery, deliveries.first);
    while (this.#nextDelivery < deliveries.end) {
      const seconds = deliveries.secondsAt(this.#nextDelivery);
      if (seconds + responseWindow.toSeconds + slackSeconds > nowSeconds) return;
      this.#count(deliveries.idAt(this.#nextDelivery), seconds, spikes);
      this.#nextDelivery++;
      this.revision++;
    }
  }

  clear(): void {
    this.#byElectrode.clear();
    this.#nextDelivery = 0;
    this.revision++;
  }

  /** Stimulated electrodes, the most stimulated first. */
  electrodes(): number[] {
    return [...this.#byElectrode].sort(([, a], [, b]) => b.deliveries - a.deliveries).map(([electrode]) => electrode);
  }

  /** @param electrode the stimulated one. @param recordedFrom electrodes whose spikes count; null: all. */
  rates(electrode: number, recordedFrom: readonly number[] | null): ResponseRates {
    const ratesHz = new Float64Array(responseWindow.bins);
    const responses = this.#byElectrode.get(electrode);
    const recorded = (recordedFrom ?? [...Array(this.#channels).keys()]).filter((one) => one < this.#channels);
    if (!responses || recorded.length === 0) return { deliveries: responses?.deliveries ?? 0, ratesHz };
    for (const channel of recorded)
      for (let bin = 0; bin < responseWindow.bins; bin++)
        ratesHz[bin] = ratesHz[bin]! + responses.counts[channel * responseWindow.bins + bin]!;
    const scale = 1 / (responses.deliveries * recorded.length * binSeconds);
    for (let bin = 0; bin < ratesHz.length; bin++) ratesHz[bin] = ratesHz[bin]! * scale;
    return { deliveries: responses.deliveries, ratesHz };
  }

  #count(electrode: number, seconds: number, spikes: EventBuffer): void {
    const responses = this.#responsesOf(electrode);
    responses.deliveries++;
    const from = seconds + responseWindow.fromSeconds;
    const last = seconds + responseWindow.toSeconds + slackSeconds;
    for (let spike = spikes.firstAtOrAfter(from - slackSeconds); spike < spikes.end; spike++) {
      const at = spikes.secondsAt(spike);
      if (at > last) return;
      const bin = Math.floor((at - from) / binSeconds);
      const channel = spikes.idAt(spike);
      if (bin < 0 || bin >= responseWindow.bins || channel >= this.#channels) continue;
      const place = channel * responseWindow.bins + bin;
      responses.counts[place] = responses.counts[place]! + 1;
    }
  }

  #responsesOf(electrode: number): Responses {
    let responses = this.#byElectrode.get(electrode);
    if (!responses) {
      responses = { deliveries: 0, counts: new Uint32Array(this.#channels * responseWindow.bins) };
      this.#byElectrode.set(electrode, responses);
    }
    return responses;
  }
}
