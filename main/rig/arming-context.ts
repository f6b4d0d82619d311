// What a check before arming is asked with, and what it says. Rig thread.
import type { ControlBlock } from '../../common/base/control-block.ts';
import type { ArmingSummary } from '../../common/contract/commands.ts';
import type { RigTime } from './rig-time.ts';

export type Check = ArmingSummary['checks'][number];

/** What arming is asked with, and what only the main thread can find out. */
export interface ArmingContext {
  control: ControlBlock;
  time: RigTime;
  random: () => number;
  /** Serial number that the operator read from the probe; undefined: not typed. */
  probe: string | undefined;
  /** Why the site's limit file does not hold now; undefined: it does, or none is needed. */
  siteProblem: string | undefined;
  /** Why the audit log cannot be written; undefined: it can. */
  auditProblem: string | undefined;
}
