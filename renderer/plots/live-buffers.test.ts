import { describe, expect, it } from 'vitest';
import { LiveBuffers } from './live-buffers.ts';
import { liveMessage } from './live-messages.fixture.ts';

const message = (firstBin: number, bins = 4, channels = 2) =>
  liveMessage({ firstBin, bins, channels, binSeconds: 0.25 });
const pushMessage = (live: LiveBuffers, { header, arrays }: ReturnType<typeof liveMessage>) =>
  live.push(header, arrays);

describe('LiveBuffers', () => {
  it('takes in every part of a message and says that it has changed', () => {
    const live = new LiveBuffers();
    let changes = 0;
    live.onChange(() => changes++);
    const populations = [{ name: 'all', firstNeuron: 0, neurons: 9 }];
    const arrays = {
      spikeSeconds: Float64Array.of(0.3),
      spikeChannel: Uint16Array.of(1),
      spikeMicrovolts: Float32Array.of(-80),
      neuronSeconds: Float64Array.of(0.4),
      neuron: Uint32Array.of(7),
      tickSeconds: Float64Array.of(1.5),
      tickMilliseconds: Float32Array.of(0.4),
      deliverySeconds: Float64Array.of(0.5),
      deliveryElectrode: Uint16Array.of(1),
      deliveryMicroamps: Float32Array.of(2),
    };
    pushMessage(live, liveMessage({ bins: 4 }, arrays, populations));
    expect([live.traces.endBin, live.spikes.end, live.neuronSpikes.end, live.deliveries.end]).toEqual([4, 1, 1, 1]);
    expect([live.ticks.newestSeconds, live.nowSeconds, live.rates.populations.length]).toEqual([1.5, 1.5, 1]);
    expect(live.responses.electrodes()).toEqual([1]);
    expect(changes).toBe(1);
  });

  it('forgets everything when the stream begins again or another source is connected', () => {
    const live = new LiveBuffers();
    const spike = {
      spikeSeconds: Float64Array.of(100),
      spikeChannel: Uint16Array.of(0),
      spikeMicrovolts: Float32Array.of(-80),
    };
    pushMessage(live, liveMessage({ firstBin: 400, bins: 4 }, spike));
    pushMessage(live, message(0));
    expect([live.spikes.end, live.nowSeconds, live.traces.endBin]).toEqual([0, 1, 4]);
    pushMessage(live, liveMessage({ firstBin: 4, bins: 4 }, spike));
    pushMessage(live, message(8, 4, 3));
    expect([live.spikes.end, live.traces.channels, live.traces.firstBin]).toEqual([0, 3, 8]);
  });

  it('keeps what it has when a message brings nothing', () => {
    const live = new LiveBuffers();
    pushMessage(live, message(40));
    pushMessage(live, message(44, 0));
    expect([live.nowSeconds, live.traces.endBin]).toEqual([11, 44]);
  });
});
