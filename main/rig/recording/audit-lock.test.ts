import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeAuditLock } from './audit-lock.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'exocortex-lock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const own = { pid: 100, boot: 'own', hostNs: 5000 };
const other = { pid: 200, boot: 'other', hostNs: 4000 };
const lockFile = () => join(folder, 'lock');
const holder = () => JSON.parse(readFileSync(lockFile(), 'utf8')) as unknown;
const always = () => true;
const never = () => false;

describe('the lock of the audit log', () => {
  it('names its holder, and is gone when it is released', () => {
    const lock = takeAuditLock(folder, own, never);
    expect(holder()).toEqual(own);
    lock.dispose();
    lock.dispose();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is held while its holder runs', () => {
    takeAuditLock(folder, other, never);
    const asked: number[] = [];
    const isRunning = (pid: number) => asked.push(pid) > 0;
    expect(() => takeAuditLock(folder, own, isRunning)).toThrow(
      'another Exocortex is running on this station (process 200): end it first. If that process is another program, delete',
    );
    expect(asked).toEqual([200]);
    expect(holder()).toEqual(other);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('H38: is taken over from a program that is gone', () => {
    takeAuditLock(folder, other, never);
    const lock = takeAuditLock(folder, own, never);
    expect(holder()).toEqual(own);
    lock.dispose();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('H53: is taken over after a restart of the computer, even when the number of the process is in use again', () => {
    takeAuditLock(folder, { ...other, hostNs: 9000 }, never);
    takeAuditLock(folder, own, always);
    expect(holder()).toEqual(own);
  });

  it('is taken over from an earlier program that had the number of this one', () => {
    takeAuditLock(folder, { ...own, boot: 'earlier' }, never);
    takeAuditLock(folder, own, always);
    expect(holder()).toEqual(own);
  });

  it('is held by this very program, too', () => {
    takeAuditLock(folder, own, never);
    expect(() => takeAuditLock(folder, own, never)).toThrow('process 100');
  });

  it('is left to whoever was quicker to take it over', () => {
    takeAuditLock(folder, other, never);
    const third = { pid: 300, boot: 'third', hostNs: 4900 };
    const meanwhile = () => {
      writeFileSync(lockFile(), JSON.stringify(third));
      return false;
    };
    expect(() => takeAuditLock(folder, own, meanwhile)).toThrow('process 200');
    expect(holder()).toEqual(third);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('is taken when it was released in that moment', () => {
    takeAuditLock(folder, other, never);
    takeAuditLock(folder, own, () => {
      rmSync(lockFile());
      takeAuditLock(folder, { ...other, boot: 'quick' }, never).dispose();
      writeFileSync(lockFile(), JSON.stringify(other));
      return false;
    });
    expect(holder()).toEqual(own);
  });

  it('that somebody else has meanwhile is not removed', () => {
    const lock = takeAuditLock(folder, own, never);
    writeFileSync(lockFile(), JSON.stringify(other));
    lock.dispose();
    expect(holder()).toEqual(other);
    rmSync(lockFile());
    takeAuditLock(folder, own, never);
    rmSync(lockFile());
  });

  it('that cannot be read is not taken over', () => {
    writeFileSync(lockFile(), '{"pid":');
    expect(() => takeAuditLock(folder, own, never)).toThrow(/the lock .* cannot be read: .* delete it/);
  });

  it('asks the operating system who runs', () => {
    takeAuditLock(folder, { ...other, pid: process.ppid }, never);
    expect(() => takeAuditLock(folder, own)).toThrow(`process ${process.ppid}`);
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(lockFile(), JSON.stringify({ ...other, pid }));
    takeAuditLock(folder, own);
    expect(holder()).toEqual(own);
  });
});
