// What the page is made of is served with its headers, and nothing else is.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPageFile } from './page-files.ts';

const root = mkdtempSync(join(tmpdir(), 'exocortex-page-'));
afterAll(() => rmSync(root, { recursive: true }));
const folder = join(root, 'renderer');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<!doctype html>');
writeFileSync(join(folder, 'assets', 'index-D_3k-x.js'), 'run()');
writeFileSync(join(folder, 'assets', 'index.js.map'), '{}');
writeFileSync(join(root, 'secret.html'), 'secret');

test('the root is the page itself', async () => {
  const file = await readPageFile(folder, '/');
  expect(Buffer.from(file?.bytes ?? []).toString()).toBe('<!doctype html>');
  expect(file?.headers['content-type']).toBe('text/html; charset=utf-8');
});

test('every file forbids inline scripts, foreign origins and frames', async () => {
  const file = await readPageFile(folder, '/assets/index-D_3k-x.js');
  expect(file?.headers['content-type']).toBe('text/javascript; charset=utf-8');
  const policy = file?.headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
});

test.each([
  '/../secret.html',
  '/%2e%2e/secret.html',
  '/assets/../../secret.html',
  '/assets\\..\\..\\secret.html',
  '//secret.html',
  '/secret.html\0.js',
  '/assets/index.js.map',
  '/assets',
  '/missing.js',
  '',
])('%j is not given', async (path) => {
  expect(await readPageFile(folder, path)).toBeUndefined();
});
