// The guide must say of every rule and task whether it is studied and why not; `vitest run -u` writes its table anew.
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../../../common/learning-rule/catalogue/catalogue.ts';
import { ruleStudySchema } from '../../../common/rule-study/study.ts';
import { replaceRuleTaskTable, ruleTaskTable } from './rule-task-table.ts';
import { readParameters, rulesFor } from './study-kind.ts';
import { kindOf, studyKinds } from './study-kinds.ts';
import { partOf, type Reason, reasons, whyNot } from './why-not.ts';

const guide = new URL('../../../docs/learning-rules.md', import.meta.url);
const studies = new URL('../../../experiments/rule-studies/', import.meta.url);
async function shippedStudies() {
  const files = (await readdir(studies)).filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, studies), 'utf8')));
  return texts.map((text) => ruleStudySchema.parse(parse(text)));
}

const pairs = studyKinds.flatMap((kind) =>
  kind.tasks.flatMap((task) => catalogue.map((rule) => ({ kind, task, rule }))),
);

describe('a rule and a task', () => {
  it('are studied together, or have one reason why not', () => {
    for (const { kind, task, rule } of pairs) {
      const isStudied = rulesFor(kind, task).some(({ name }) => name === rule.name);
      expect(whyNot(rule, task, studyKinds) === undefined, `${rule.name} and ${task}`).toBe(isStudied);
    }
    const given = new Set(pairs.flatMap(({ task, rule }) => whyNot(rule, task, studyKinds) ?? []));
    expect([...given].sort()).toEqual((Object.keys(reasons) as Reason[]).sort());
  });

  it('have the reason that fits the rule', () => {
    const reason = (name: string, task: Parameters<typeof whyNot>[1]) =>
      whyNot(
        catalogue.find((rule) => rule.name === name)!,
        task,
        studyKinds,
      );
    expect(reason('oja', 'digits')).toBe('untold');
    expect(reason('pair-stdp', 'bandit')).toBe('untold');
    expect(reason('superspike', 'pattern-generation')).toBe('own target');
    expect(reason('btsp', 'bandit')).toBe('no teacher');
    expect(reason('btsp', 'temporal-credit')).toBeUndefined();
    expect(reason('reward-stdp', 'delayed-memory')).toBe('no chance');
    expect(reason('e-prop-lif', 'bandit')).toBe('no error');
    expect(reason('rflo', 'pattern-generation')).toBe('rates');
    expect(reason('weight-perturbation', 'cursor')).toBeUndefined();
    expect(reason('rtrl', 'cursor')).toBe('twin');
  });

  it('are in a study that comes with the program wherever the rule can be studied at all', async () => {
    const studied = new Set((await shippedStudies()).flatMap(({ rules }) => rules.map(({ rule }) => rule)));
    for (const rule of studyKinds.flatMap(({ rules }) => rules)) expect(studied, rule.name).toContain(rule.name);
  });

  it('are studied with no parameter that the task does not read', async () => {
    for (const study of await shippedStudies()) {
      const kind = kindOf(study, studyKinds);
      for (const { rule, parameters } of study.rules) {
        const declaration = kind.rules.find(({ name }) => name === rule)!;
        const read = Object.keys(readParameters(kind, declaration, study.task.kind));
        for (const key of Object.keys(parameters)) expect(read, `${study.title}: ${rule}`).toContain(key);
      }
    }
  });

  it('names rules that are part of others only where both are in the catalogue', () => {
    const names = catalogue.map(({ name }) => name);
    for (const [part, whole] of Object.entries(partOf)) expect(names).toEqual(expect.arrayContaining([part, whole]));
  });
});

it('the guide to learning rules holds the table as catalogue and studies have it', async () => {
  const text = await readFile(guide, 'utf8');
  expect(text).toContain('<!-- rules and tasks -->');
  const table = ruleTaskTable(catalogue, studyKinds);
  const written = await format(replaceRuleTaskTable(text, table), {
    parser: 'markdown',
    printWidth: 120,
    singleQuote: true,
  });
  await expect(written).toMatchFileSnapshot(fileURLToPath(guide));
});
