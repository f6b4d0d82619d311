import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findNode } from './find-node.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-node-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function place(...path: readonly string[]): string {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  return file;
}

it('finds the Node program that lies beside the application, under the name it has there', () => {
  expect(findNode(folder, {}, 'linux')).toBeUndefined();
  const node = place('node', 'node');
  expect(findNode(folder, {}, 'linux')).toBe(node);
  expect(findNode(folder, {}, 'win32')).toBeUndefined();
  expect(place('node', 'node.exe')).toBe(findNode(folder, {}, 'win32'));
});

it('prefers the one that the environment names, where it is there', () => {
  const beside = place('node', 'node');
  const named = place('other', 'node-24');
  expect(findNode(folder, { EXOCORTEX_NODE: named }, 'linux')).toBe(named);
  expect(findNode(folder, { EXOCORTEX_NODE: join(folder, 'missing') }, 'linux')).toBe(beside);
  expect(findNode(folder, { EXOCORTEX_NODE: '' }, 'linux')).toBe(beside);
});
