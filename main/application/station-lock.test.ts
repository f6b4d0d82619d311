import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockStation, StationInUse } from './station-lock.ts';

let parent: string;
let folder: string;
let lock: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'exocortex-station-'));
  folder = join(parent, 'station');
  lock = join(folder, 'lock');
});

afterEach(() => rmSync(parent, { recursive: true }));

/** The lock of a program that may or may not live. */
function leave(holder: string): void {
  mkdirSync(folder);
  writeFileSync(lock, holder);
}

const holder = () => readFileSync(lock, 'utf8');
const dead = () => false;
const alive = () => true;
/** A process number that no test depends on: whether it lives is said. */
const otherPid = process.pid + 1;

describe('lockStation', () => {
  it('H78: holds the station for the first program and refuses the second, which it tells what to do', () => {
    const held = lockStation(folder);
    expect(holder()).toMatch(new RegExp(`^${process.pid} `));
    expect(() => lockStation(folder)).toThrow(StationInUse);
    expect(() => lockStation(folder)).toThrow(
      `Exocortex is running on this station already (process ${process.pid}): use it, or end it first. If that process is another program, delete ${lock}`,
    );
    held.dispose();
  });

  it('H78: refuses a station that another process holds, as long as it lives', async () => {
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const exited = once(other, 'exit');
    await once(other, 'spawn');
    leave(`${other.pid} 1`);
    expect(() => lockStation(folder)).toThrow(`(process ${other.pid})`);
    other.stdin.end();
    await exited;
    lockStation(folder).dispose();
  });

  it.runIf(process.platform === 'linux' && process.getuid?.() !== 0)(
    'H78: takes a process of somebody else for alive (Linux: the first process is root’s; not as root)',
    () => {
      leave('1 1');
      expect(() => lockStation(folder)).toThrow('(process 1)');
    },
  );

  it('gives the station to the next program when it is disposed of, and leaves nothing behind', () => {
    lockStation(folder).dispose();
    expect(readdirSync(folder)).toEqual([]);
    const next = lockStation(folder);
    expect(readdirSync(folder)).toEqual(['lock']);
    next.dispose();
    next.dispose();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['a process that is gone', `${otherPid} 1`],
    ['an earlier process of the same number', `${process.pid} 1`],
    ['no process', ''],
    ['no process', 'nonsense'],
    ['no process', '-1 1'],
    ['no process', '0 1'],
    ['no process', '1.5 1'],
    ['no process', 'NaN'],
  ])('takes over a lock of %s: %j', (_, left) => {
    leave(left);
    const asked: number[] = [];
    const held = lockStation(folder, (pid) => {
      asked.push(pid);
      return false;
    });
    expect(asked).toEqual(left === `${otherPid} 1` ? [otherPid] : []);
    expect(holder()).toMatch(new RegExp(`^${process.pid} \\d+$`));
    expect(readdirSync(folder)).toEqual(['lock']);
    held.dispose();
  });

  it('H78: of two programs that find the same stale lock one is refused, and the lock of the other stays', () => {
    leave(`${otherPid} 1`);
    const quicker = `${otherPid + 1} 2`;
    const lookedAt = () => {
      // The other program takes the lock over between this one's look and its act.
      rmSync(lock);
      writeFileSync(lock, quicker);
      return false;
    };
    expect(() => lockStation(folder, lookedAt)).toThrow(
      new StationInUse(`Another Exocortex has just been started or ended here: start again. Station folder: ${folder}`),
    );
    expect(holder()).toBe(quicker);
    expect(readdirSync(folder)).toEqual(['lock']);
    expect(() => lockStation(folder, alive)).toThrow(`(process ${otherPid + 1})`);
  });

  it('H78: is refused while the other program is about to take the stale lock over', () => {
    leave(`${otherPid} 1`);
    const lookedAt = () => {
      rmSync(lock);
      return false;
    };
    expect(() => lockStation(folder, lookedAt)).toThrow('Another Exocortex has just been started');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')(
    'H78: is refused when the lock is gone at the second look (a link that leads nowhere: not on Windows)',
    () => {
      mkdirSync(folder);
      symlinkSync(join(folder, 'nothing'), lock);
      expect(() => lockStation(folder, dead)).toThrow('Another Exocortex has just been started or ended');
    },
  );

  it('does not remove a lock that is another program’s by now', () => {
    const held = lockStation(folder);
    writeFileSync(lock, `${otherPid} 1`);
    held.dispose();
    expect(holder()).toBe(`${otherPid} 1`);
  });

  it('throws what the system says when the lock cannot be read or written, and calls no station free', () => {
    mkdirSync(lock, { recursive: true });
    expect(() => lockStation(folder, dead)).toThrow('EISDIR');
    writeFileSync(join(parent, 'file'), '');
    expect(() => lockStation(join(parent, 'file'), dead)).toThrow(/EEXIST|ENOTDIR/);
  });

  it.runIf(process.platform !== 'win32')('lets nobody else write it (file modes: not on Windows)', () => {
    const held = lockStation(folder);
    expect(statSync(lock).mode & 0o777).toBe(0o600);
    held.dispose();
  });

  it.runIf(process.platform !== 'win32' && process.getuid?.() !== 0)(
    'says that it may not write in the folder (rights: not on Windows, not as root)',
    () => {
      mkdirSync(folder);
      chmodSync(folder, 0o500);
      expect(() => lockStation(folder)).toThrow('EACCES');
    },
  );
});
