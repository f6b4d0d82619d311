// A program that appends to the audit log of a station without end, until it is killed; tests only, a process of its own.
import { writeSync } from 'node:fs';
import { AuditWriter } from './audit-writer.ts';

const [, , folder = '', boot = ''] = process.argv;
const writer = new AuditWriter({
  folder,
  boot,
  build: 'test',
  nowNs: () => Number(process.hrtime.bigint()),
  wall: () => new Date().toISOString(),
});
writer.append({ event: 'state', detail: { from: 'armed', to: 'stimulating', session: 77 }, actor: 'rig' }, true);
for (let entry = 0; ; entry++) {
  const isDurable = entry % 3 === 0;
  writer.append({ event: 'command-refused', detail: { entry, why: 'µ'.repeat(entry % 200) }, actor: 'rig' }, isDurable);
  // Told when the entry is on disk for good, not before.
  if (isDurable) writeSync(1, `${writer.mark?.seq} ${writer.mark?.hash}\n`);
}
