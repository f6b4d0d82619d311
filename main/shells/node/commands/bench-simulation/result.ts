// What `exocortex bench simulation` finds out. Main process of the plain-Node shell; types only.
import type { ParityPair } from './check-parity.ts';
import type { ModelComparison } from './compare-with-brian2.ts';
import type { Machine } from './machine.ts';
import type { LoopMeasurement } from './measure-loop.ts';
import type { Microcircuit } from './measure-microcircuit.ts';
import type { PlasticTicks } from './measure-plastic.ts';

/** What `--json` prints. A part that was not asked for or could not be measured is absent. */
export interface SimulationBenchResult {
  machine: Machine;
  cuba?: ModelComparison;
  coba?: ModelComparison;
  plasticTickMs?: PlasticTicks;
  microcircuit?: Microcircuit;
  parity?: ParityPair[];
  /** CUBA in the loop. */
  loopMs?: LoopMeasurement;
  plasticLoopMs?: LoopMeasurement;
  /** The loop through a process that computes nothing. */
  control?: LoopMeasurement;
  skipped: { what: string; reason: string }[];
}
