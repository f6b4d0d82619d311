// Syntax errors have a place and a cure, and places of values are exact.
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../common/experiment/diagnostic.ts';
import { ProblemList } from './problem-list.ts';
import { parseYaml, type SourceTree } from './source-tree.ts';

function parse(text: string): { tree: SourceTree | undefined; lines: string[] } {
  const problems = new ProblemList();
  const tree = parseYaml('f.yaml', text, problems);
  return { tree, lines: problems.sorted().map(formatDiagnostic) };
}

describe('text that is not YAML', () => {
  test.each([
    ['a tab', 'a:\n\tb: 1\n', 'f.yaml:2:1: error: The line is indented with a tab. Indent with spaces.'],
    ['a second colon', 'a: one: two\n', 'f.yaml:1:4: error: A second ": " in one line. Put the text in quotes'],
    ['an open quote', 'a: "b\nc: 1\n', 'f.yaml:3:1: error: Missing closing "quote'],
    ['an open bracket', 'a: [1, 2\nb: 1\n', 'f.yaml:2:1: error: Flow sequence'],
    [
      'a reserved character',
      'a: @b\n',
      'f.yaml:1:4: error: Plain value cannot start with reserved character @. Put the text in quotes.',
    ],
    [
      'a second document',
      'a: 1\n---\nb: 2\n',
      'f.yaml:2:1: error: A second document begins here. Remove the line "---"',
    ],
    ['a foreign tag', 'a: !volts 3\n', 'f.yaml:1:4: error: Unresolved tag: !volts. Remove the tag'],
    ['a wrong indentation', 'a: 1\n  b: 2\n', 'f.yaml:1:4: error: '],
  ])('with %s is reported at its place', (_, text, line) => {
    expect(parse(text).lines).toContainEqual(expect.stringContaining(line));
  });

  test('is reported once for each line', () => {
    expect(parse('- a\nb: 1').lines).toHaveLength(1);
  });

  test.each(['[', '{a: ', '- ', '? ', 'a: '])(
    'but nests %j without end is refused before it exhausts the stack',
    (opening) => {
      expect(parse(opening.repeat(20_000)).lines).toEqual([
        expect.stringContaining('nests deeper than any experiment'),
      ]);
    },
  );
});

test('a key that stands twice is reported at its second place, and the second value counts', () => {
  const { tree, lines } = parse('a: 1\nb: 2\na: 3\n');
  expect(lines).toEqual(['f.yaml:3:1: error: This key stands here twice. Remove one of the two.']);
  expect(tree?.placeAt(['a'])).toMatchObject({ line: 3, column: 4 });
});

describe('the place of', () => {
  const { tree } = parse('# first\na:\n  - b: 1\n    c: &here 2\n  - [x, y]\nd: *here\ne:\nf: {g: 3}\n');
  test.each([
    ['a list is its key', ['a'], 2, 1],
    ['an entry is its first key', ['a', 0], 3, 5],
    ['a value is the value', ['a', 0, 'b'], 3, 8],
    ['a value with an anchor is the value', ['a', 0, 'c'], 4, 14],
    ['an entry of a list in a line', ['a', 1, 1], 5, 9],
    ['an alias is where it is used', ['d'], 6, 4],
    ['an empty value is its key', ['e'], 7, 1],
    ['a value in braces', ['f', 'g'], 8, 8],
    ['something that is not there is what would hold it', ['a', 0, 'nothing', 'below'], 3, 5],
    ['something at the root that is not there is the first key', ['nothing'], 2, 1],
  ])('%s', (_, path, line, column) => {
    expect(tree?.placeAt(path)).toEqual({ file: 'f.yaml', line, column });
  });
});
