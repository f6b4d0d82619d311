import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import { ruleFileSchema } from '../../common/experiment/rule-file.ts';
import { configurationOf } from '../example-configuration.ts';
import { fingerprint, readStateFile, writeStateFile } from './state-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-state-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rule = ruleFileSchema.parse({
  exocortex: 'learning-rule/1',
  name: 'drift',
  title: 'Drift',
  about: 'Weights decay.',
  bounds: { min: '0', max: '1' },
  on: { step: [{ symbol: 'w', becomes: 'w - w / 1000' }] },
});

const state = {
  step: 12_345,
  arrays: { 'population/0/state/0': Int32Array.of(1, -2, 2 ** 31 - 1), 'population/0/spikes': new Int32Array(0) },
};

describe('a state file', () => {
  it('gives back what was written, whatever it is', () => {
    const arrays = fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
      fc.int32Array(),
    );
    fc.assert(
      fc.property(arrays, fc.nat(), (some, step) => {
        const path = join(folder, 'any.state');
        const { bytes, sha256 } = writeStateFile(path, 'network', { step, arrays: some });
        expect(readFileSync(path).length).toBe(bytes);
        expect(readStateFile(path, 'network')).toEqual({ step, sha256, arrays: some });
      }),
      { numRuns: 30 },
    );
  });

  it('can be read by a person: its first line says what it is', () => {
    const path = join(folder, 'a.state');
    writeStateFile(path, 'f00d', state);
    const [line] = readFileSync(path, 'latin1').split('\n');
    expect(JSON.parse(line!)).toMatchObject({ format: 'exocortex-population-state/1', network: 'f00d', step: 12_345 });
  });

  it('is refused when a byte of it is wrong or missing, and when it belongs to another network', () => {
    const path = join(folder, 'a.state');
    writeStateFile(path, 'f00d', state);
    const whole = readFileSync(path);
    const refusal = (content: Uint8Array, network = 'f00d') => {
      writeFileSync(path, content);
      try {
        readStateFile(path, network);
      } catch (error) {
        expect(error).toBeInstanceOf(SimulationFaultError);
        return (error as Error).message;
      }
      return undefined;
    };
    expect(refusal(whole)).toBeUndefined();
    for (const length of [0, 5, whole.length - 1, whole.length - 12])
      expect(refusal(whole.subarray(0, length))).toBeDefined();
    const changed = Uint8Array.from(whole);
    changed[whole.length - 1]! ^= 1;
    expect(refusal(changed)).toContain('is damaged');
    expect(refusal(whole, 'beef')).toContain('belongs to another network');
    expect(() => readStateFile(join(folder, 'none.state'), 'f00d')).toThrow('none.state is not there. Choose another');
    expect(() => readStateFile(folder, 'f00d')).toThrow(`${folder} cannot be read: EISDIR`);
  });

  it('is not there when it cannot be written', () => {
    expect(() => writeStateFile(join(folder, 'no', 'such', 'folder.state'), 'f00d', state)).toThrow('ENOENT');
  });

  it('belongs to everything that decides what the network is', () => {
    const configuration = configurationOf({});
    expect(fingerprint({ ...configuration, startFrom: 'somewhere' })).toBe(fingerprint(configuration));
    expect(fingerprint({ ...configuration, seed: 2 })).not.toBe(fingerprint(configuration));
    expect(fingerprint(configurationOf({ stepMilliseconds: 1 }))).not.toBe(fingerprint(configuration));
    const own = (file: string, about: string) => ({ ...configuration, ownRules: [{ file, rule: { ...rule, about } }] });
    expect(fingerprint(own('a.yaml', 'One'))).not.toBe(fingerprint(configuration));
    expect(fingerprint(own('a.yaml', 'One'))).not.toBe(fingerprint(own('a.yaml', 'Two')));
    expect(fingerprint(own('a.yaml', 'One'))).toBe(fingerprint(own('elsewhere/a.yaml', 'One')));
  });
});
