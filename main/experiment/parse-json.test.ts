// JSON is held to its own rules, and the offending character is found.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';
import { ProblemList } from './problem-list.ts';

function placesIn(text: string): string[] {
  const problems = new ProblemList();
  parseJson('f.json', text, problems);
  return problems.sorted().map(({ line, column }) => `${line}:${column}`);
}

test.each([
  ['a comma after the last entry', '{\n  "a": 1,\n}', '3:1'],
  ['a bare word', '{\n  "a": tru,\n  "b": 1\n}', '2:11'],
  ['a single quote', '{"a": \'1\'}', '1:7'],
  ['a comment', '// no\n{}', '1:1'],
  ['a missing bracket', '{\n  "a": [1\n', '3:1'],
  ['nothing', '', '1:1'],
  ['more than one value', '{} 3', '1:4'],
])('JSON with %s is refused at that place', (_, text, place) => {
  expect(placesIn(text)).toEqual([place]);
});

test('JSON with a doubled key is refused at the second', () => {
  expect(placesIn('{\n\t"a": 1,\n\t"a": 2\n}')).toEqual(['3:2']);
});

test('whatever JSON.stringify writes is accepted', () => {
  const key = fc.stringMatching(/^[a-z]{1,5}$/);
  const leaf = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const value = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf), fc.dictionary(key, leaf)));
  fc.assert(
    fc.property(value, fc.constantFrom(0, 2, '\t'), (written, indent) => {
      expect(placesIn(JSON.stringify(written, null, indent))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('arbitrary text is refused or accepted, never thrown at', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => void placesIn(text)),
    { numRuns: 300 },
  );
});
