// Refusals of commands in words. Rig thread and application.
import type { CommandRefusal } from '../../../common/contract/commands.ts';

/** The command makes no sense now. @param what why. @param cure what to do first. */
export function notNow(what: string, cure: string): { refusal: CommandRefusal } {
  return { refusal: { code: 'not-now', what, cure } };
}

/** The command was tried and did not work. */
export function failed(what: string, cure: string): { refusal: CommandRefusal } {
  return { refusal: { code: 'failed', what, cure } };
}
