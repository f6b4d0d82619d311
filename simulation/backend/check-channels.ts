// What the rig promises of the spikes that it sends; simulation process.
import { assert } from '../../common/base/assert.ts';

/** @param count number of valid entries in `spikes`. @param channels of the network */
export function checkChannels(spikes: Uint16Array, count: number, channels: number): void {
  for (let index = 0; index < count; index++) {
    const channel = spikes[index]!;
    assert(channel < channels, `a spike on channel ${channel} of ${channels}`);
  }
}
