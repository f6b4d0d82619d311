// Which saved states of populations a page is told of.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { savedPopulationsMax } from '../../common/contract/saved-populations.ts';
import { simulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import { type StateHeader, stateNetwork } from '../../common/simulation-protocol/saved-state.ts';
import { checkedExperiment } from '../rig/checked-experiment.fixture.ts';
import { listSavedPopulations } from './list-saved-populations.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-states-'));
  for (const session of ['one', 'two']) mkdirSync(join(folder, session));
});
afterEach(() => rmSync(folder, { recursive: true }));

const checked = checkedExperiment();
const network = createHash('sha256')
  .update(stateNetwork(simulationConfiguration(checked)))
  .digest('hex');

function save(name: string, day: number, header: Partial<StateHeader> = {}): void {
  const head: StateHeader = {
    ...{ format: 'exocortex-population-state/1', network, step: 2000, sha256: 'f00d', arrays: [] },
    ...header,
  };
  const file = join(folder, name);
  writeFileSync(file, `${JSON.stringify(head)}\n1234`);
  const moment = new Date(Date.UTC(2026, 0, day));
  utimesSync(file, moment, moment);
}
const list = () => listSavedPopulations(checked, [join(folder, 'one'), join(folder, 'two'), join(folder, 'gone')]);

test('those of the network as it is now, newest first, with the time that the population has lived', async () => {
  save('one/population-end.state', 2);
  save('two/population-5-ms.state', 3, { step: 10 });
  const { states, ofOtherNetworks } = await list();
  expect(ofOtherNetworks).toBe(0);
  expect(states.map(({ session, savedAt }) => [session, savedAt])).toEqual([
    ['two', '2026-01-03T00:00:00.000Z'],
    ['one', '2026-01-02T00:00:00.000Z'],
  ]);
  const { stepMilliseconds } = checked.network;
  expect(states.map((each) => each.populationMilliseconds)).toEqual([10 * stepMilliseconds, 2000 * stepMilliseconds]);
  expect(states[1]!.file).toBe(join(folder, 'one/population-end.state'));
});

test('those of other networks are counted, and what is no saved state is passed over', async () => {
  save('one/population-end.state', 2, { network: 'other' });
  writeFileSync(join(folder, 'one/notes.state'), 'no line that ends');
  writeFileSync(join(folder, 'one/list.state'), '[]\n');
  writeFileSync(join(folder, 'one/journal.exj'), '{}\n');
  mkdirSync(join(folder, 'two/folder.state'));
  expect(await list()).toEqual({ states: [], ofOtherNetworks: 1 });
});

test('also one whose first line is long', async () => {
  const arrays = Array.from({ length: 5000 }, (_, index) => ({ name: `projection/${index}/weights`, length: index }));
  save('one/population-end.state', 2, { arrays });
  expect((await list()).states.length).toBe(1);
});

test('no more than can be chosen from', async () => {
  for (let index = 0; index <= savedPopulationsMax; index++) save(`one/population-${index}-ms.state`, 1);
  expect((await list()).states.length).toBe(savedPopulationsMax);
});
