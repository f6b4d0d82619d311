// The commands on limit files, from a key to a file that a station believes.
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { limits } from './limits.ts';

let folder: string;
let stationFolder: string;
let printed: string[];
let errors: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limits-'));
  stationFolder = join(folder, 'station');
});
afterEach(() => rm(folder, { recursive: true }));

const now = new Date('2026-11-25T10:00:00Z');
const path = (name: string) => join(folder, name);

/** Runs one command; what it says is in `printed` and `errors`. */
function run(...args: string[]): Promise<number> {
  printed = [];
  errors = [];
  const shell = {
    print: (text: string) => void printed.push(text),
    printError: (text: string) => void errors.push(text),
  };
  return limits(shell, args, { stationFolder, now });
}

const first = [
  ...['--profile', 'in-vitro-mea', '--probe', 'EXO-1', '--name', 'lab-mea', '--author', 'Ada', '--reason', 'culture 7'],
  ...['--electrodes', '0-59', '--area', '707', '--material', 'titanium-nitride', '--not-after', '2027-01-31'],
];
const make = (out: string, ...more: string[]) => run('new', ...first, '--out', path(out), ...more);

/** Makes a key and enrols it. */
async function enrol(name: string, role: string): Promise<void> {
  expect(await run('key', '--name', name, '--out', path(`${name}.pem`))).toBe(0);
  const publicKey = printed.find((line) => line.startsWith('Public key: '))!.slice('Public key: '.length);
  expect(await run('trust', '--name', name, '--role', role, publicKey)).toBe(0);
}

const sign = (file: string, name: string) => run('sign', path(file), '--key', path(`${name}.pem`), '--name', name);

test('a file is made, signed, enrolled and verified step by step', async () => {
  await enrol('Ada', 'PI');
  expect(await make('site.json')).toBe(0);
  expect(printed.at(-1)).toBe(
    `Written to ${path('site.json')}, without signatures. Sign it: exocortex limits sign ${path('site.json')} --key KEYFILE --name NAME`,
  );
  expect(await run('verify', path('site.json'))).toBe(1);
  expect(errors).toEqual([
    "No PI of this station has signed the file. Have it signed with 'exocortex limits sign'.",
    `${path('site.json')} is not valid.`,
  ]);
  expect(await sign('site.json', 'Ada')).toBe(0);
  // What is signed is read in words before.
  expect(printed[0]).toBe('Version 1 of lab-mea, for planar microelectrode array in vitro, probe EXO-1');
  expect(printed.at(-1)).toBe('Signed by Ada.');
  expect(await run('verify', path('site.json'), '--probe', 'EXO-1')).toBe(0);
  expect(printed).toEqual([
    `${path('site.json')} is valid: version 1 of lab-mea for the probe EXO-1, signed by Ada, until 2027-01-31`,
    expect.stringMatching(/^SHA-256 [0-9a-f]{64}$/),
  ]);
  expect(await run('verify', path('site.json'), '--probe', 'EXO-2', '--json')).toBe(1);
  expect(JSON.parse(printed[0]!)).toMatchObject({
    file: path('site.json'),
    ok: false,
    problems: [{ code: 'foreign-probe' }],
  });
  expect(await run('verify', path('site.json'), '--json')).toBe(0);
  expect(JSON.parse(printed[0]!)).toMatchObject({ ok: true, signers: ['Ada'], limits: { version: 1 } });
});

test('what is looser than the default needs a second person, and signing says so', async () => {
  await enrol('Ada', 'PI');
  await enrol('Bob', 'second');
  await make('site.json', '--set', 'amplitudeMaxMicroamps=10');
  expect(await sign('site.json', 'Ada')).toBe(0);
  expect(printed.at(-1)).toContain('Not yet usable here: The file needs the signatures of two people and has 1');
  expect(await sign('site.json', 'Bob')).toBe(0);
  expect(printed.at(-1)).toBe('Signed by Bob.');
  expect(await run('verify', path('site.json'))).toBe(0);
});

describe('a new file', () => {
  test('needs all that names it and its electrodes', async () => {
    await expect(run('new')).rejects.toThrow(new RangeError('--out is missing.'));
    for (const option of [
      'profile',
      'probe',
      'name',
      'author',
      'reason',
      'electrodes',
      'area',
      'material',
      'not-after',
    ]) {
      const at = first.indexOf(`--${option}`);
      const without = first.filter((_, index) => index !== at && index !== at + 1);
      await expect(run('new', ...without, '--out', path('a'))).rejects.toThrow(
        new RangeError(`--${option} is missing.`),
      );
    }
    await expect(make('a', 'extra')).rejects.toThrow("'extra' is no option of 'limits new'.");
    await expect(make('a', '--electrodes', '5-2')).rejects.toThrow(
      "--electrodes is a list such as 0-15,20, not '5-2'.",
    );
    await expect(make('a', '--area', '707 µm²')).rejects.toThrow("--area is a number of µm², not '707 µm²'.");
    await expect(make('a', '--amplitude', '3')).rejects.toThrow(TypeError);
  });

  test('that nobody could sign is not written', async () => {
    expect(await make('a', '--set', 'amplitudeMaxMicroamps=101')).toBe(2);
    expect(errors).toEqual([expect.stringContaining('above what any signature allows for in-vitro-mea, 100 µA')]);
    await expect(stat(path('a'))).rejects.toThrow();
    expect(await make('a', '--set', 'amplitudeMaxMicroamp=1')).toBe(2);
    expect(errors).toEqual([
      "'amplitudeMaxMicroamp=1' sets no limit that is known. Did you mean amplitudeMaxMicroamps?",
    ]);
  });

  test('overwrites none, and says when it cannot be written', async () => {
    await writeFile(path('a'), 'mine');
    expect(await make('a')).toBe(2);
    expect(errors).toEqual([`${path('a')} exists already. Name another file: none is overwritten.`]);
    expect(await readFile(path('a'), 'utf8')).toBe('mine');
    expect(await make('no/where')).toBe(2);
    expect(errors).toEqual([
      `${path('no/where')} cannot be written (ENOENT). Check the path, its rights and free space.`,
    ]);
  });

  test('carries an earlier version on: number, limits, and no signatures', async () => {
    await enrol('Ada', 'PI');
    await make('1.json', '--set', 'rateMaxHz=50');
    await sign('1.json', 'Ada');
    const next = ['new', '--from', path('1.json'), '--reason', 'narrower', '--not-after', '2027-06-30'];
    expect(
      await run(...next, '--electrodes', '5', '--area', '100', '--material', 'platinum', '--out', path('2.json')),
    ).toBe(0);
    expect(printed[0]).toContain('Version 2 of lab-mea');
    expect(printed.filter((line) => line.startsWith('Group'))).toEqual([
      'Group 1: electrodes 0–4, 6–59, titanium-nitride, 707 µm² each',
      'Group 2: electrodes 5, platinum, 100 µm² each',
    ]);
    expect(JSON.parse(await readFile(path('2.json'), 'utf8'))).toMatchObject({
      version: 2,
      reason: 'narrower',
      signatures: [],
    });
    await expect(run('new', '--from', path('1.json'), '--not-after', '2027-06-30', '--out', path('3'))).rejects.toThrow(
      '--reason is missing.',
    );
    expect(
      await run('new', '--from', path('none'), '--reason', 'x', '--not-after', '2027-06-30', '--out', path('3')),
    ).toBe(2);
    expect(errors[0]).toContain('does not exist');
  });
});

describe('a key', () => {
  test('is readable by its owner only, is never overwritten, and is not printed', async () => {
    expect(await run('key', '--name', 'Ada', '--out', path('ada.pem'))).toBe(0);
    const pem = await readFile(path('ada.pem'), 'utf8');
    expect(pem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    if (process.platform !== 'win32') expect((await stat(path('ada.pem'))).mode & 0o777).toBe(0o600);
    expect(printed.join('\n')).not.toContain(pem.split('\n')[1]);
    expect(await run('key', '--name', 'Ada', '--out', path('ada.pem'))).toBe(2);
    expect(await readFile(path('ada.pem'), 'utf8')).toBe(pem);
    await expect(run('key', '--out', path('b'))).rejects.toThrow('--name is missing.');
    await expect(run('key', '--name', 'Ada', 'extra')).rejects.toThrow(TypeError);
  });

  test('is enrolled once under one name', async () => {
    await enrol('Ada', 'PI');
    const key = async () =>
      (JSON.parse(await readFile(join(stationFolder, 'trusted-keys.json'), 'utf8')) as { publicKey: string }[])[0]!
        .publicKey;
    expect(await run('trust', '--name', 'Ada', '--role', 'PI', await key())).toBe(0);
    expect(printed).toEqual([`Ada is enrolled already as PI on this station (${stationFolder}).`]);
    expect(await run('trust', '--name', 'Bob', '--role', 'PI', await key())).toBe(1);
    expect(errors).toEqual([expect.stringContaining('This key is enrolled already, as that of Ada')]);
    await expect(run('trust', '--name', 'Bob', '--role', 'chief', await key())).rejects.toThrow(/^role: /);
    await expect(run('trust', '--name', 'Bob', '--role', 'PI', 'short')).rejects.toThrow(
      'publicKey: an Ed25519 public key: 32 bytes in Base64.',
    );
    await expect(run('trust', '--name', 'Bob', '--role', 'PI')).rejects.toThrow('The public key is missing.');
    await expect(run('trust', '--name', 'Bob', '--role', 'PI', 'a', 'b')).rejects.toThrow(
      "'b' is one argument too many.",
    );
  });

  test('is not enrolled where the station cannot be written', async () => {
    await writeFile(stationFolder, 'a file where the folder should be');
    await run('key', '--name', 'Ada', '--out', path('ada.pem'));
    const publicKey = printed.find((line) => line.startsWith('Public key: '))!.slice('Public key: '.length);
    expect(await run('trust', '--name', 'Ada', '--role', 'PI', publicKey)).not.toBe(0);
    expect(errors[0]).toContain(stationFolder);
  });
});

describe('signing', () => {
  test('is done once by each person and with each key', async () => {
    await enrol('Ada', 'PI');
    await make('site.json');
    await sign('site.json', 'Ada');
    const before = await readFile(path('site.json'), 'utf8');
    expect(await sign('site.json', 'Ada')).toBe(1);
    expect(await run('sign', path('site.json'), '--key', path('Ada.pem'), '--name', 'Bob')).toBe(1);
    expect(errors).toEqual([
      `Bob has signed ${path('site.json')} already, or somebody else with the same key. One person signs once.`,
    ]);
    expect(await readFile(path('site.json'), 'utf8')).toBe(before);
  });

  test('under a name that moves the cursor of a terminal is refused, and nothing is written', async () => {
    await enrol('Ada', 'PI');
    await make('site.json');
    const before = await readFile(path('site.json'), 'utf8');
    expect(await run('sign', path('site.json'), '--key', path('Ada.pem'), '--name', 'Ada\u001b[2J')).toBe(1);
    expect(errors[0]).toContain('signatures[0].signer: text without control characters');
    expect(await readFile(path('site.json'), 'utf8')).toBe(before);
  });

  test('needs a key and a file that can be signed', async () => {
    await make('site.json');
    await writeFile(path('no.pem'), 'nothing');
    expect(await run('sign', path('site.json'), '--key', path('no.pem'), '--name', 'Ada')).toBe(2);
    expect(errors[0]).toContain('holds no Ed25519 private key');
    expect(await run('sign', path('site.json'), '--key', path('gone.pem'), '--name', 'Ada')).toBe(2);
    expect(errors[0]).toContain('gone.pem cannot be read (ENOENT)');
    expect(await run('sign', path('gone.json'), '--key', path('no.pem'), '--name', 'Ada')).toBe(2);
    await writeFile(
      path('pretty.json'),
      JSON.stringify(JSON.parse(await readFile(path('site.json'), 'utf8')), undefined, 2),
    );
    expect(await run('sign', path('pretty.json'), '--key', path('no.pem'), '--name', 'Ada')).toBe(1);
    expect(errors[0]).toContain('not in canonical form');
    await expect(run('sign', path('site.json'), '--name', 'Ada')).rejects.toThrow('--key is missing.');
  });

  test('refuses what is beyond a ceiling, whoever made the file', async () => {
    await enrol('Ada', 'PI');
    await make('site.json');
    const text = await readFile(path('site.json'), 'utf8');
    await writeFile(
      path('site.json'),
      text.replace('"areaSquareMicrometres"', '"amplitudeMaxMicroamps":101,"areaSquareMicrometres"'),
    );
    expect(await sign('site.json', 'Ada')).toBe(1);
    expect(errors[0]).toContain('above what any signature allows');
    expect(printed).toEqual([]);
  });

  test.runIf(process.platform !== 'win32' && process.getuid?.() !== 0)(
    'says when the file cannot be written',
    async () => {
      await enrol('Ada', 'PI');
      await make('site.json');
      await chmod(folder, 0o500);
      expect(await sign('site.json', 'Ada')).toBe(2);
      await chmod(folder, 0o700);
      expect(errors[0]).toContain('cannot be written (EACCES)');
    },
  );
});

describe('showing', () => {
  test('prints summary and table, and who has signed, without believing it', async () => {
    await enrol('Ada', 'PI');
    await make('site.json', '--set', 'amplitudeMaxMicroamps=10');
    expect(await run('show', path('site.json'))).toBe(0);
    expect(printed.at(-1)).toBe(`No signature: exocortex limits verify ${path('site.json')}`);
    await sign('site.json', 'Ada');
    expect(await run('show', path('site.json'))).toBe(0);
    expect(
      printed.some((line) => /^Largest amplitude +amplitudeMaxMicroamps +10 µA +3 µA +100 µA +loosened$/.test(line)),
    ).toBe(true);
    expect(printed.at(-1)).toBe(
      `Signatures of Ada (2026-11-25T10:00:00.000Z), not verified here: exocortex limits verify ${path('site.json')}`,
    );
    expect(await run('show', path('site.json'), '--json')).toBe(0);
    expect(JSON.parse(printed[0]!)).toMatchObject({ name: 'lab-mea', signatures: [{ signer: 'Ada' }] });
  });

  test('names what nobody could sign, and what is no limit file', async () => {
    await make('site.json');
    const text = await readFile(path('site.json'), 'utf8');
    await writeFile(path('site.json'), text.replace('titanium-nitride', 'dummy-load'));
    expect(await run('show', path('site.json'))).toBe(0);
    expect(errors[0]).toContain('are a dummy load, which is for the bench only');
    await writeFile(path('x.json'), '{}');
    expect(await run('show', path('x.json'))).toBe(1);
    expect(await run('show', path('gone.json'))).toBe(2);
    expect(await run('verify', path('gone.json'))).toBe(2);
  });
});

test('without a command, or with --help, the commands are listed; another command is refused', async () => {
  for (const args of [[], ['help'], ['new', '--help']]) {
    expect(await run(...args)).toBe(0);
    expect(printed[0]).toContain('exocortex limits sign FILE --key KEYFILE --name NAME');
  }
  await expect(run('remove')).rejects.toThrow(new RangeError("There is no command 'limits remove'."));
  await expect(run('toString')).rejects.toThrow("There is no command 'limits toString'.");
});
