// `npm run test:interop [-- <session folder> …]`: whether the programs of laboratories read what we export, and read from recordings what we
// import. Exports sessions in both forms, validates and inspects the files (as DANDI asks) and compares what pynwb, SpikeInterface and, of the form for it, python-neo
// read with the session. Imports recordings of every format and compares the samples with those of python-neo. EXOCORTEX_PYTHON names a Python that has pynwb, nwbinspector, neo and spikeinterface; without it one is made in a temporary folder. Exit code 0: all agree, 1: not, 2: skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { checkImports } from './check-imports.mjs';
import { checkNeo } from './check-neo.mjs';
import { compare } from './compare.mjs';

const { positionals } = parseArgs({ allowPositionals: true });
const root = resolve(import.meta.dirname, '../..');
const temporary = mkdtempSync(join(tmpdir(), 'exocortex-interop-'));

/** Not a failure of ours: the other program is not to be had here. */
class Skipped extends Error {}

/** @param {string} command @param {string[]} args */
function run(command, ...args) {
  return spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

/** @returns the path of an interpreter that has the packages */
function preparePython() {
  const named = process.env.EXOCORTEX_PYTHON;
  if (named !== undefined) {
    if (run(named, '-c', 'import pynwb, nwbinspector, neo, spikeinterface.extractors').status === 0) return named;
    console.log(`${named} cannot import pynwb, nwbinspector, neo and spikeinterface; an environment is made instead.`);
  }
  const python = ['python3', 'python'].find((name) => run(name, '-c', 'import venv').status === 0);
  if (python === undefined) throw new Skipped('There is no Python 3 with the venv module on this computer.');
  const environment = join(temporary, 'python');
  const made = run(python, '-m', 'venv', environment);
  if (made.status !== 0)
    throw new Skipped(`No Python environment could be made: ${made.stderr.trim().split('\n').at(-1)}`);
  const inside = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  console.log('Installing pynwb, nwbinspector, h5py, neo and spikeinterface from PyPI …');
  const installed = run(
    inside,
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    'pynwb',
    'nwbinspector',
    'h5py',
    'neo',
    'spikeinterface',
  );
  if (installed.status !== 0)
    throw new Skipped(`PyPI could not be reached: ${installed.stderr.trim().split('\n').at(-1)}`);
  return inside;
}

/** @template T @param {string} file @returns {Promise<T>} a module of the project, which is TypeScript */
async function load(file) {
  /** @type {{ module: T }} */
  const { module } = await runnerImport(join(root, file), { root, configFile: false, logLevel: 'error' });
  return module;
}

/** @type {typeof import('../../analysis/nwb/export-nwb.ts')} */
const { exportNwb } = await load('analysis/nwb/export-nwb.ts');
/** @type {typeof import('../../analysis/summary/session-survey.ts')} */
const { surveySession } = await load('analysis/summary/session-survey.ts');
/** @type {typeof import('../../analysis/journal/session.fixture.ts')} */
const { sessionFixture, writeSessionFixture } = await load('analysis/journal/session.fixture.ts');
/** @type {typeof import('../../analysis/journal/record-visitor.ts')} */
const { visitJournal } = await load('analysis/journal/record-visitor.ts');

/** Made-up sessions of every kind, for when no recorded one is named. */
function makeSessions() {
  const kinds = {
    whole: sessionFixture(),
    'with lost samples': sessionFixture({ gapAtTick: 700 }),
    'never armed': sessionFixture({ isArmed: false }),
    'killed early': sessionFixture({ ticks: 700, isClosed: false }),
    'of few electrodes': sessionFixture({ ticks: 900, channels: 6 }),
    'with a digital input': sessionFixture({
      ticks: 600,
      digitalInputs: {
        named: [{ line: 3, name: 'camera' }],
        changes: [
          { at: 0, line: 3, isHigh: 0 },
          { at: 45, line: 3, isHigh: 1 },
          { at: 4500, line: 3, isHigh: 0 },
        ],
      },
    }),
  };
  return Object.entries(kinds).map(([name, session]) => {
    const folder = join(temporary, name.replaceAll(' ', '-'));
    writeSessionFixture(folder, session);
    return { name, folder };
  });
}

/** What the journal says, in the words of read_nwb.py. @param {string} folder @param {boolean} isForNeo */
async function expectedFrom(folder, isForNeo) {
  const { survey, journal } = await surveySession(folder);
  const summary = survey.summary(journal);
  const { microvoltsPerBit } = survey.opening;
  /** @type {(bits: number) => number} what is stored of a sample */
  const stored = isForNeo ? (bits) => Math.fround(bits * microvoltsPerBit) : (bits) => bits;
  const storedMicrovolts = isForNeo ? 1 : microvoltsPerBit;
  let rawSum = 0;
  let spikeTimeSum = 0;
  await visitJournal(join(folder, 'journal.exj'), [
    {
      block: (_header, samples) => samples.forEach((sample) => (rawSum += stored(sample))),
      spikes: (_header, spikes) =>
        spikes.forEach(({ sampleIndex }) => (spikeTimeSum += survey.timeline.secondsAt(sampleIndex))),
    },
  ]);
  const { segments, endSample } = survey.timeline;
  const rawTiming =
    segments.length > 1
      ? { timestamps: summary.samples, first: 0, last: survey.timeline.secondsAt(endSample - 1) }
      : { start: 0, rate: summary.sampleRateHz };
  const tickSeconds = survey.opening.samplesPerTick / summary.sampleRateHz;
  const tickTiming = survey.timeline.areTicksRegular
    ? { start: tickSeconds, rate: 1 / tickSeconds }
    : { timestamps: summary.ticks, first: tickSeconds, last: survey.timeline.secondsAt(endSample) };
  const electrodes = summary.spikesPerChannel.map((_, channel) => channel);
  return {
    identifier: summary.session,
    started: Date.parse(summary.startedAt) / 1000,
    subject: survey.opening.checked.experiment.subject?.id ?? null,
    'subject age': survey.opening.checked.experiment.subject?.age ?? null,
    'raw shape': [summary.samples, summary.channels],
    'raw type': isForNeo ? 'float32' : 'int16',
    'raw sum': rawSum,
    'spikeinterface raw shape': [summary.samples, summary.channels],
    'spikeinterface raw sum': rawSum,
    'spikeinterface gain in µV': storedMicrovolts,
    'raw volts per bit': storedMicrovolts * 1e-6,
    'raw timing': rawTiming,
    'raw electrodes': electrodes,
    'spikes per electrode': summary.spikes > 0 ? summary.spikesPerChannel : [],
    'spike time sum': spikeTimeSum,
    'unit electrodes': summary.spikes > 0 ? electrodes : [],
    'simulated neurons': survey.opening.simulation.neurons,
    'simulated spikes': summary.simulatedSpikes,
    ticks: summary.ticks,
    'tick timing': tickTiming,
    'handling timing': tickTiming,
    'late ticks': summary.lateTicks,
    'latency max in µs': Math.round(summary.latencyMs.max * 1000),
    'delivered pulses': summary.deliveries,
    'delivered currents': summary.deliveries,
    'delivered electrodes': Object.keys(summary.deliveriesPerElectrode).map(Number),
    refusals: summary.refusals,
    epochs: summary.phases.map(({ name }) => name),
    'invalid times': segments.length - 1,
    faults: summary.faults.length,
  };
}

/**
 * @param {string} python @param {{ name: string, folder: string }} session
 * @param {boolean} isForNeo whether the file of `export --for neo` is made, else that of `export`
 * @returns {Promise<boolean>} whether all agree
 */
async function check(python, { name, folder }, isForNeo) {
  const { nwbFile } = await exportNwb({ folder, isForNeo, nwbFile: join(temporary, 'session.nwb') });
  const series = isForNeo ? 'processing/ecephys/raw' : 'acquisition/raw';
  const ran = run(python, join(import.meta.dirname, 'read_nwb.py'), nwbFile, series);
  const title = `${name}${isForNeo ? ', for python-neo' : ''}`;
  if (ran.status !== 0) {
    console.log(`${title}: pynwb could not read the file.\n${ran.stderr}`);
    return false;
  }
  const { versions, validation, inspection, values } = JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '');
  const readBack = compare(await expectedFrom(folder, isForNeo), values);
  const byNeo = await checkNeo({ python, load, folder, nwbFile });
  // A file that neo refuses gives nobody a wrong sample; but it opens those that are made for it.
  const isNeoWell = byNeo.isRight || (byNeo.isRefused && !isForNeo);
  /** @type {{ importance: string, check: string, object: string, message: string }[]} */
  const messages = inspection;
  // Suggestions are read, not obeyed. What the experiment does not say of its subject, the export does not invent.
  const unsaid = [
    ...(values.subject === null ? ['check_subject_exists'] : []),
    ...(values['subject age'] === null ? ['check_subject_age'] : []),
  ];
  const grave = messages.filter(
    ({ importance, check }) => importance !== 'BEST_PRACTICE_SUGGESTION' && !unsaid.includes(check),
  );
  console.log(`\n${title} (pynwb ${versions.pynwb}, h5py ${versions.h5py}, SpikeInterface ${versions.spikeinterface})`);
  console.table({
    'pynwb.validate': { found: `${validation.length} errors`, ok: validation.length === 0 },
    nwbinspector: {
      found: `${grave.length} violations, ${messages.length - grave.length} suggestions`,
      ok: grave.length === 0,
    },
    'values read back': { found: readBack.words, ok: readBack.isRight },
    [`python-neo ${byNeo.version}`]: { found: byNeo.words, ok: isNeoWell },
  });
  for (const error of validation) console.log(`  error: ${error}`);
  for (const { importance, object, message } of messages)
    console.log(`  ${importance.toLowerCase().replaceAll('_', ' ')}: ${object}: ${message}`);
  for (const line of [...readBack.lines, ...byNeo.lines]) console.log(`  ${line}`);
  return validation.length + grave.length === 0 && readBack.isRight && isNeoWell;
}

try {
  const python = preparePython();
  const named = positionals.map((folder) => ({ name: folder, folder: resolve(folder) }));
  const absent = named.find(({ folder }) => !existsSync(folder));
  if (absent) throw new Error(`There is no folder ${absent.folder}.`);
  let areAllWell = true;
  for (const session of named.length > 0 ? named : makeSessions())
    for (const isForNeo of [false, true]) areAllWell = (await check(python, session, isForNeo)) && areAllWell;
  const [whole] = makeSessions();
  const { nwbFile } = await exportNwb({ folder: whole?.folder ?? '', nwbFile: join(temporary, 'imported.nwb') });
  areAllWell = (await checkImports({ python, temporary, load, nwbFile })) && areAllWell;
  console.log(areAllWell ? '\nInterop: everything agrees.' : '\nInterop: something does not agree.');
  process.exitCode = areAllWell ? 0 : 1;
} catch (error) {
  if (!(error instanceof Skipped)) throw error;
  console.log(`Interop: skipped. ${error.message}`);
  process.exitCode = 2;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
