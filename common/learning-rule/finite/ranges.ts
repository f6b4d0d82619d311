// Between what everything lies that a rule reads and does not bound itself; runs in every process.
import type { Range } from './range-of-equation.ts';

/** The largest trace: as many spikes as 30 bits hold. */
export const traceHigh = 2 ** 9;

/** Of the integration step of a network, `dt` in equations. */
export const stepMillisecondsRange: Range = { low: 0.05, high: 1 };
