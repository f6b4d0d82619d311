// Every step that is possible in a state; for the model check.
import { channelSteps } from './channel-steps.ts';
import { operatorSteps } from './operator-steps.ts';
import { rigSteps } from './rig-steps.ts';
import { selfTestSteps } from './self-test-steps.ts';
import type { Emit, ModelState, Setting } from './state.ts';
import { watchdogSteps } from './watchdog-steps.ts';
import { worldSteps } from './world-steps.ts';

/** In a fixed order: the same state has the same successors in every run. */
export function forEachSuccessor(now: ModelState, setting: Setting, emit: Emit): void {
  const observe: Emit = (label, next) => {
    next.drop(setting.protocol.device);
    next.observe();
    emit(label, next);
  };
  worldSteps(now, setting, observe);
  operatorSteps(now, setting, observe);
  rigSteps(now, setting, observe);
  selfTestSteps(now, setting, observe);
  watchdogSteps(now, setting, observe);
  channelSteps(now, setting, observe);
}
