import { describe, expect, test } from 'vitest';
import type { StudyEntry } from '../../common/contract/studies.ts';
import type { GateResult, RuleResult, StudyResults } from '../../common/rule-study/study-results.ts';
import {
  angleWords,
  intervalWords,
  layerWords,
  measuredWords,
  scoreLabel,
  scoreWords,
  startReason,
  startWords,
  stateOfResults,
  studyStateWords,
  taskWords,
} from './study-words.ts';

const study = (more: Partial<StudyEntry> = {}) =>
  ({ title: 'XOR', progress: 'untouched', problems: [], isRunning: false, ...more }) as unknown as StudyEntry;
const problem = { severity: 'error', file: '', line: 1, column: 1, what: '', cure: '' } as const;
const accuracy = { label: 'Accuracy', unit: '%', better: 'higher' } as const;
const loss = { label: 'Loss', unit: '', better: 'lower' } as const;

describe('a study', () => {
  test.each([
    [study(), 'not run', 'Run', ''],
    [study({ progress: 'begun' }), 'partly run', 'Go on', ''],
    [study({ progress: 'done' }), 'done', 'Run', /more seeds/],
    [study({ progress: 'other-version' }), 'other version', 'Run', /another version/],
    [study({ problems: [problem] }), 'file has problems', 'Run', /Correct the file/],
    [study({ problems: [{ ...problem, severity: 'warning' }] }), 'not run', 'Run', ''],
  ])('%#: says how far it is and why it cannot be started', (each, state, start, reason) => {
    expect(studyStateWords(each)).toBe(state);
    expect(startWords(each)).toBe(start);
    expect(startReason(each, undefined, false)).toMatch(reason === '' ? /^$/ : reason);
  });

  test('waits for another one and for a recording', () => {
    expect(startReason(study(), study({ title: 'Digits' }), false)).toContain('“Digits” is running');
    expect(startReason(study(), undefined, true)).toContain('End the run first');
    expect(studyStateWords(study({ isRunning: true }))).toBe('running');
  });

  test('tells how far it is with what is known', () => {
    const task = { notice: 'task', task: '', title: '', state: 'running', fraction: 0.421 } as const;
    expect(taskWords(task)).toBe('42\u00a0%');
    expect(taskWords({ ...task, what: '7 of 21 units', secondsLeft: 200 })).toBe(
      '42\u00a0%, 7 of 21 units, 3\u00a0min 20\u00a0s left',
    );
  });
});

describe('results', () => {
  test.each([
    [study({ progress: 'done' }), undefined, /^$/],
    [study({ progress: 'begun' }), undefined, /earlier state of the study/],
    [study({ progress: 'begun' }), 1, /so far: 1 unit is still to be run/],
    [study({ progress: 'begun' }), 12, /so far: 12 units are still to be run, then expectations are judged/],
  ])('%#: say whether they are of the whole study', (each, unitsMissing, words) => {
    expect(stateOfResults(each, { unitsMissing } as StudyResults)).toMatch(words);
  });

  const rule = {
    score: { mean: 91.6666, standardError: 8 },
    interval: [55.8, 127.51],
    curve: [{ anglesDegrees: [{ mean: 37.6 }, { mean: null }, { mean: 0 }] }],
  } as unknown as RuleResult;
  const diverged = { score: { mean: null, standardError: null }, interval: null, curve: [] } as unknown as RuleResult;

  test('have three digits and their unit, and a dash where there is no number', () => {
    expect(scoreWords(rule, accuracy)).toBe('91.7\u00a0%');
    expect(scoreWords(rule, loss)).toBe('91.7');
    expect(scoreWords(diverged, accuracy)).toBe('–');
    expect([intervalWords(rule), intervalWords(diverged)]).toEqual(['55.8 to 128', '']);
    expect([angleWords(rule), angleWords(diverged)]).toEqual(['38°  –  0°', '']);
    expect([scoreLabel(accuracy), scoreLabel(loss)]).toEqual(['Accuracy (%)', 'Loss']);
  });

  test.each([
    [{ kind: 'score-at-least', value: 90 }, 91.666, '91.7\u00a0%'],
    [{ kind: 'times-reference', atMost: 2 }, 1.5, '1.50 times'],
    [{ kind: 'points-of-reference', within: 2 }, 1.5, '1.50 points below'],
    [{ kind: 'points-of-reference', within: 2 }, -1.5, '1.50 points above'],
    [{ kind: 'angle-at-most', layer: 1, degrees: 45 }, 38.04, '38.0°'],
    [{ kind: 'reaches-within', value: 80, presentations: 100 }, 60, 'after 60 presentations'],
    [{ kind: 'holds-over-delay', value: 75, milliseconds: 1000 }, 2000, 'up to 2000\u00a0ms'],
    [{ kind: 'follows-prediction', within: 0.02 }, 0.0123, '0.0123 from it'],
    [{ kind: 'score-at-most', value: 90 }, null, 'no number: the rule diverged, or there is nothing to measure'],
  ])('an expectation %j was held against %s', (gate, measured, words) => {
    expect(measuredWords({ gate, measured } as unknown as GateResult, accuracy)).toBe(words);
  });

  test('layers are named from the first hidden one to the output', () => {
    expect([1, 2].map((layer) => layerWords(layer, 2))).toEqual(['Angle, hidden layer', 'Angle, output layer']);
    expect([1, 2, 3].map((layer) => layerWords(layer, 3))).toEqual([
      'Angle, hidden layer 1',
      'Angle, hidden layer 2',
      'Angle, output layer',
    ]);
  });
});
