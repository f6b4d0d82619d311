import { expect, it } from 'vitest';
import { alignmentsOf, alignTo } from './response-alignment.ts';

const session = (digitalInputs: { line: number; name: string }[]) => ({
  description: { digitalInputs, sampleRateHz: 1000 },
  notes: [{ fromSeconds: 1.5 }],
});

it('offers the edges of each digital input, both ways, besides deliveries and events', () => {
  const words = alignmentsOf(session([{ line: 3, name: 'camera' }]).description).map((each) => each.words);
  expect(words).toEqual([
    'deliveries',
    'refused requests (control)',
    'marks of the recording',
    'beginnings of phases',
    'beginnings of notes',
    'rising edges of camera',
    'falling edges of camera',
  ]);
});

it('asks by the line that has the name in the session itself, and not at all where none has', () => {
  const [a, b, c] = [session([{ line: 3, name: 'camera' }]), session([{ line: 5, name: 'camera' }]), session([])];
  const id = alignmentsOf(a.description).at(-1)!.id;
  expect(alignTo(id, -1, a)).toEqual({ to: 'falling', line: 3 });
  expect(alignTo(id, -1, b)).toEqual({ to: 'falling', line: 5 });
  expect(alignTo(id, -1, c)).toBeUndefined();
});

it('narrows deliveries down to an electrode, and takes notes as the samples at which they begin', () => {
  const of = session([]);
  expect(alignTo('delivered', 4, of)).toEqual({ to: 'delivered', electrode: 4 });
  expect(alignTo('refused', -1, of)).toEqual({ to: 'refused' });
  expect(alignTo('notes', -1, of)).toEqual({ to: 'samples', samples: [1500] });
});
