// The rows of the Design view hold what the files say, with the schema's words.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeParameters } from './describe-parameters.ts';
import { loadExperiment } from './load-experiment.ts';

test('every number of an experiment and its network is a row under the name of what it belongs to', async () => {
  const loaded = await loadExperiment(fileURLToPath(new URL('./fixtures/valid/virtual.yaml', import.meta.url)));
  if (!loaded.ok) throw new Error('the fixture is not valid');
  const rows = describeParameters(loaded.checked);
  const [low] = rows.filter(({ label }) => label === 'Band from');
  expect(low).toEqual({ group: 'Detection', label: 'Band from', value: '300', unit: 'Hz', range: '1 to 20000' });
  expect(rows.filter(({ group }) => group === 'Source').map(({ label, value }) => `${label} ${value}`)).toContain(
    'Electrodes 4',
  );
  expect(rows.filter(({ group }) => group === 'Population · output').map(({ value }) => value)).toContain('10');
  expect(
    rows.filter(({ group, label }) => group === 'Projection · learning' && label === 'Largest weight'),
  ).toHaveLength(1);
  expect(rows.filter(({ group, label }) => group === 'Projection · recurrent' && label === 'Largest weight')).toEqual(
    [],
  );
});
