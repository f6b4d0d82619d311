// A cause that was latched before this connection, or before this start of the program; used in every process.
import type { Fault } from './faults.ts';

export interface CarriedCause {
  readonly firstCause: Fault;
  readonly isAcknowledged: boolean;
}
