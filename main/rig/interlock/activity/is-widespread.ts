// Whether a number of channels is the share that counts. Rig thread; pure.
import type { ActivityLimits } from '../../../../common/limits/activity-limits.ts';

/** @param count of the `channels` that do something at once. */
export function isWidespread({ elevatedChannelsPermille }: ActivityLimits, count: number, channels: number): boolean {
  return !(count * 1000 < elevatedChannelsPermille * channels);
}
