// What anybody may tighten while a rig is connected, armed or not: for this session, and never looser; used in every process.
import { z } from 'zod';
import { electrodeNumber, limitShape } from '../experiment/limit-profile.ts';
import { activityLimits } from './activity-limits.ts';
import type { LimitLayer } from './combine-limits.ts';
import { electrodeLimits } from './electrode-limits.ts';
import { fileLayer } from './file-layer.ts';
import { timingLimits } from './timing-limits.ts';
import { totalLimits } from './total-limits.ts';

export const sessionTighteningSchema = z.strictObject({
  /** Electrodes that are concerned; all, when absent. */
  electrodes: z.array(electrodeNumber).min(1).max(4096).optional(),
  electrode: z.strictObject(limitShape(electrodeLimits)).optional(),
  total: z.strictObject(limitShape(totalLimits)).optional(),
  timing: z.strictObject(limitShape(timingLimits)).optional(),
  activity: z.strictObject(limitShape(activityLimits)).optional(),
});
export type SessionTightening = z.infer<typeof sessionTighteningSchema>;

/** @param allowed the electrodes that may be stimulated now: those that are not concerned stay as they are. */
export function tighteningLayer(tightening: SessionTightening, allowed: readonly number[]): LimitLayer {
  const { electrodes = allowed, electrode = {}, total, timing, activity } = tightening;
  const concerned = new Set(electrodes);
  return fileLayer({
    electrodeGroups: [
      { electrodes: [...concerned], ...electrode },
      { electrodes: allowed.filter((each) => !concerned.has(each)) },
    ],
    total,
    timing,
    activity,
  });
}
