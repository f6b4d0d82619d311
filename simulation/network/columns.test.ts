import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toColumns } from './columns.ts';

it('columns list every synapse once, under its receiver, with its sender, in ascending order', () => {
  const rows = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 10 }), { maxLength: 8 });
  fc.assert(
    fc.property(rows, (list) => {
      const sorted = list.map((row) => [...row].sort((a, b) => a - b));
      const rowStart = Uint32Array.from([0, ...sorted.map((_, index) => sorted.slice(0, index + 1).flat().length)]);
      const targets = Uint32Array.from(sorted.flat());
      const columns = toColumns({ rowStart, targets, weights: new Int32Array(targets.length) }, 10);
      const expected = Array.from({ length: 10 }, (_, receiver) =>
        sorted.flatMap((row, sender) =>
          row.flatMap((target, at) => (target === receiver ? [[rowStart[sender]! + at, sender]] : [])),
        ),
      );
      const found = Array.from({ length: 10 }, (_, receiver) => {
        const range = [columns.columnStart[receiver]!, columns.columnStart[receiver + 1]!] as const;
        const senders = columns.senders.subarray(...range);
        return [...columns.synapses.subarray(...range)].map((synapse, index) => [synapse, senders[index]!]);
      });
      expect(found).toEqual(expected);
    }),
  );
});
