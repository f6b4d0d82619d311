import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditDetail, AuditEvent } from '../../common/audit/audit-entry.ts';
import { AuditWriter } from '../rig/recording/audit-writer.ts';
import { readAudit } from './read-audit.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'exocortex-read-audit-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const log = () => join(folder, 'audit', '000001.jsonl');

function write(...entries: [event: AuditEvent, detail: AuditDetail][]): void {
  const writer = new AuditWriter({
    folder,
    boot: 'a',
    build: '0',
    nowNs: () => 1,
    wall: () => '2026-11-25T00:00:00.000Z',
  });
  for (const [event, detail] of entries) writer.append({ event, detail, actor: 'rig' }, false);
  writer.close();
}

test('a station that has never been used has nothing latched', () => {
  expect(readAudit(folder)).toEqual({ left: undefined, problem: undefined });
});

test('S24: a log that ends while armed is an unclean exit, and one that ends safe is none', () => {
  write(['state', { to: 'armed' }]);
  expect(readAudit(folder)).toMatchObject({
    left: { firstCause: { code: 'unclean-exit' }, isAcknowledged: false },
    problem: undefined,
  });
  write(['state', { to: 'safe' }]);
  expect(readAudit(folder)).toEqual({ left: undefined, problem: undefined });
});

test('S24: a cause that was latched stays the cause', () => {
  write(['trip', { code: 'late-ticks', message: 'late' }], ['state', { to: 'tripped', cause: 'late-ticks' }]);
  expect(readAudit(folder).left).toMatchObject({ firstCause: { code: 'late-ticks' } });
});

test('H53: an end that a kill tore is no problem before the start that sets it aside', () => {
  write(['state', { to: 'armed' }]);
  appendFileSync(log(), '{"seq":9');
  expect(readAudit(folder)).toMatchObject({ left: { firstCause: { code: 'unclean-exit' } }, problem: undefined });
});

test('H73: a changed entry is named with its place', () => {
  write(['state', { to: 'armed' }], ['state', { to: 'safe' }]);
  writeFileSync(log(), readFileSync(log(), 'utf8').replace('armed', 'check'));
  expect(readAudit(folder).problem).toMatch(/^000001\.jsonl:1: .*docs\/audit-log\.md\.$/);
});

test('H73: a log that cannot be read is a problem, and nobody knows how it ended', () => {
  writeFileSync(join(folder, 'audit'), 'no folder');
  const { left, problem } = readAudit(folder);
  expect(left?.firstCause.code).toBe('unclean-exit');
  expect(problem).toContain('cannot be read');
});
