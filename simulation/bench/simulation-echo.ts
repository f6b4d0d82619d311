// Entry of a program that stands for the simulation in the loop and computes nothing: the control of `exocortex bench simulation`.
import { fromEnvironment } from '../../common/simulation-protocol/environment.ts';
import { loadNativeOf } from '../../native/load-native.ts';
import { serveRig } from '../serve-rig.ts';
import { createEmptySimulation } from './empty-simulation.ts';

const rig = fromEnvironment(process.env);
if (rig === undefined) {
  console.error('simulation-echo: this program is started by Exocortex; it does nothing by itself.');
  process.exit(2);
}

loadNativeOf(import.meta.url)?.raiseThreadPriority();
process.on('disconnect', () => process.exit(0));
serveRig({
  ...rig,
  clock: { nowNs: () => Number(process.hrtime.bigint()) },
  create: createEmptySimulation,
  onClosed: (fault) => process.exit(fault === undefined ? 0 : 1),
});
