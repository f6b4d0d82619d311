// Entry of the bench program for gradients through time: times iterations for `exocortex bench rules` and ends.
import { evidenceRunRequestSchema } from '../../common/bench/evidence-run.ts';
import { timeEvidence } from './time-evidence.ts';

if (process.send === undefined) {
  console.error('evidence-bench: this program is started by Exocortex; it does nothing by itself.');
  process.exit(2);
}

process.on('disconnect', () => process.exit(0));
process.once('message', (message) => {
  process.send?.(timeEvidence(evidenceRunRequestSchema.parse(message)), () => process.exit(0));
});
