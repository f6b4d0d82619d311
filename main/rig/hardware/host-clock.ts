// The host's monotonic clock, shared by all processes of the machine; runs in the rig and watchdog threads.
import type { Clock } from '../../../common/base/clock.ts';

export const hostClock: Clock = { nowNs: () => Number(process.hrtime.bigint()) };
