import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StudyOutcome } from '../../../../common/rule-study/study-results.ts';
import { temporaryFolder } from '../../../journal/temporary-folder.fixture.ts';
import { runStudy } from '../run-study.ts';
import { smallStudy, unitWorker } from '../small-study.fixture.ts';
import { studyKinds } from '../study-kinds.ts';
import { problemOf } from './well-formed.fixture.ts';

let temporary: ReturnType<typeof temporaryFolder>;
let outcome: StudyOutcome;
beforeAll(async () => {
  temporary = temporaryFolder();
  outcome = await runStudy(smallStudy(), {
    folder: temporary.path,
    hash: 'one',
    kinds: studyKinds,
    workers: 1,
    startWorker: () => unitWorker(),
    now: () => performance.now(),
  });
});
afterAll(() => temporary.dispose());
const read = (name: string) => readFileSync(join(temporary.path, name), 'utf8');

describe('the report of a study', () => {
  it('is a page, tables, numbers and a figure for each question', () => {
    expect(outcome.files.map((file) => basename(file))).toEqual([
      'report.html',
      'table.md',
      'table.csv',
      'learning-curves.svg',
      'angles-layer-1.svg',
      'angles-layer-2.svg',
      'sensitivity-learningRate.svg',
      'results.json',
      'timing.json',
    ]);
    expect(JSON.parse(read('results.json'))).toEqual(outcome.results);
  });

  it.each(['learning-curves.svg', 'angles-layer-1.svg', 'angles-layer-2.svg', 'sensitivity-learningRate.svg'])(
    '%s is well-formed, with text that can be selected and every number finite',
    (name) => {
      const svg = read(name);
      expect(problemOf(svg)).toBeUndefined();
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg).toMatch(/<text [^>]*>backpropagation<\/text>/);
    },
  );

  it('labels its axes with units and its lines by rule', () => {
    expect(read('learning-curves.svg')).toContain('>Accuracy (%)</text>');
    expect(read('learning-curves.svg')).toContain('>Presentations of a batch</text>');
    expect(read('angles-layer-1.svg')).toContain('>Angle (°)</text>');
    expect(read('angles-layer-1.svg')).toContain('>chance</text>');
    // The control's hidden layer has no angle.
    expect(read('angles-layer-1.svg')).not.toContain('readout-only');
    expect(read('angles-layer-2.svg')).toContain('readout-only');
  });

  it('has one row for each rule in every table, with published numbers and the expectations', () => {
    expect(read('table.csv').trim().split('\r\n')).toHaveLength(1 + 3);
    expect(read('table.md')).toContain('100 (Somebody 2000)');
    expect(read('table.md')).toContain(
      '| accuracy of readout-only at most 75 % | 50 | yes | Minsky & Papert 1969 |'.replace(
        '50',
        String(outcome.results.gates[0]?.measured?.toPrecision(3).replace(/\.0$/, '')),
      ),
    );
    const page = read('report.html');
    expect(page).toContain('<h1>XOR &lt; &amp; &gt;</h1>');
    expect(problemOf(page.slice(page.indexOf('<body>'), page.indexOf('</html>')))).toBeUndefined();
  });
});
