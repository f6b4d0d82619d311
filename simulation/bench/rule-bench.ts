// Entry of the bench program for learning rules: measures one rule for `exocortex bench rules` and ends.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ruleCostRequestSchema } from '../../common/bench/rule-cost.ts';
import { loadNative } from '../../native/load-native.ts';
import { availableMemoryBytes } from '../available-memory.ts';
import { measureRuleCost } from './measure-rule-cost.ts';

if (process.send === undefined) {
  console.error('rule-bench: this program is started by Exocortex; it does nothing by itself.');
  process.exit(2);
}

process.on('disconnect', () => process.exit(0));
process.once('message', (message) => {
  const applicationRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
  const request = ruleCostRequestSchema.parse(message);
  process.send?.(measureRuleCost(request, loadNative({ applicationRoot }), availableMemoryBytes()), () =>
    process.exit(0),
  );
});
