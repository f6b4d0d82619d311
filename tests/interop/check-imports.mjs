// Whether the importer's readers find in files what python-neo and pynwb find: samples bit for bit, scales, rate and channels.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {{ name: string, reader: string, stream: string, made: import('../support/import/made-recording.ts').MadeRecording, at?: string }} Case
 * @param {<T>(file: string) => Promise<T>} load
 * @returns {Promise<Case[]>}
 */
async function makeCases(load) {
  /** @type {typeof import('../support/import/make-intan.ts')} */
  const { makeIntan } = await load('tests/support/import/make-intan.ts');
  /** @type {typeof import('../support/import/make-spikeglx.ts')} */
  const { makeSpikeGlx } = await load('tests/support/import/make-spikeglx.ts');
  /** @type {typeof import('../support/import/make-open-ephys-binary.ts')} */
  const { makeOpenEphysBinary } = await load('tests/support/import/make-open-ephys-binary.ts');
  /** @type {typeof import('../support/import/make-open-ephys-legacy.ts')} */
  const { makeOpenEphysLegacy } = await load('tests/support/import/make-open-ephys-legacy.ts');
  /** @type {(options: import('../support/import/make-intan.ts').IntanOptions) => Case} */
  const intan = (options) => {
    const made = makeIntan(options);
    const name = `Intan ${options.kind} ${(options.version ?? [3, 3]).join('.')} ${options.layout ?? 'file'}, ${made.channelNames.length} channels`;
    return { name, reader: 'IntanRawIO', stream: 'amplifier', made, at: Object.keys(made.files)[0] ?? '' };
  };
  return [
    intan({ kind: 'rhd', version: [1, 5], channels: 4, blocks: 5 }),
    intan({ kind: 'rhd', version: [2, 0], blocks: 4 }),
    intan({ kind: 'rhd', channels: 6, blocks: 4 }),
    intan({ kind: 'rhs', channels: 4, blocks: 4 }),
    intan({ kind: 'rhs', isDcSaved: false }),
    intan({ kind: 'rhd', layout: 'signals', blocks: 3 }),
    intan({ kind: 'rhd', layout: 'channels', blocks: 3 }),
    ...['ap-all', 'lf', 'np2', 'nidq', 'obx'].map((kind) => ({
      name: `SpikeGLX ${kind}`,
      reader: 'SpikeGLXRawIO',
      stream: '',
      made: makeSpikeGlx(/** @type {'ap'} */ (kind)),
    })),
    {
      name: 'Open Ephys binary',
      reader: 'OpenEphysBinaryRawIO',
      stream: 'main',
      made: makeOpenEphysBinary({ channels: 8 }),
    },
    {
      name: 'Open Ephys, older format',
      reader: 'OpenEphysRawIO',
      stream: '',
      made: makeOpenEphysLegacy({ samples: 2048 }),
    },
  ];
}

/**
 * @param {{ python: string, temporary: string, load: <T>(file: string) => Promise<T>, nwbFile: string }} setting `nwbFile` is one of our exports
 * @returns {Promise<boolean>} whether all agree
 */
export async function checkImports({ python, temporary, load, nwbFile }) {
  /** @type {typeof import('../../analysis/import/identify-recording.ts')} */
  const { openRecording } = await load('analysis/import/identify-recording.ts');
  const named = [];
  for (const [index, { made, at, ...more }] of (await makeCases(load)).entries()) {
    const folder = join(temporary, 'originals', String(index));
    for (const [file, content] of Object.entries(made.files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
    named.push({ ...more, open: join(folder, made.open), path: at === undefined ? folder : join(folder, at) });
  }
  const published = join(import.meta.dirname, '../fixtures/open-ephys/legacy');
  named.push({ name: 'Open Ephys, published', reader: 'OpenEphysRawIO', stream: '', open: published, path: published });
  named.push({ name: 'NWB', reader: 'pynwb', stream: 'raw', open: nwbFile, path: nwbFile });
  const ours = [];
  for (const each of named) {
    const reader = await openRecording(each.open);
    const { sampleRateHz, sampleCount, channels } = reader;
    const samples = await reader.read(0, sampleCount);
    await reader.dispose();
    const sha256 = createHash('sha256').update(Int16Array.from(samples)).digest('hex');
    ours.push({
      ...each,
      sampleRateHz,
      sha256,
      shape: [sampleCount, channels.length],
      microvoltsPerBit: channels.map((channel) => channel.microvoltsPerBit),
    });
  }
  const list = join(temporary, 'recordings.json');
  writeFileSync(list, JSON.stringify(ours));
  const ran = spawnSync(python, [join(import.meta.dirname, 'read_recordings.py'), list], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (ran.status !== 0) {
    console.log(`python-neo could not be run.\n${ran.stderr}`);
    return false;
  }
  /** @type {{ neo: string, pynwb: string, found: ({ rate: number, channels: string[], shape: number[], sha256: string } | { unreadable: string })[] }} */
  const { neo, found } = JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '');
  const rows = ours.map(({ name, reader, sha256, shape, sampleRateHz }, index) => {
    const read = found[index];
    if (read === undefined || 'unreadable' in read)
      return { name, reader, found: read?.unreadable ?? 'nothing', ok: false };
    const wrong = [
      ...(read.sha256 === sha256 ? [] : ['samples']),
      ...(read.shape.join() === shape.join() ? [] : [`shape ${read.shape.join(' × ')}`]),
      ...(Math.abs(read.rate - sampleRateHz) < 1e-6 ? [] : [`rate ${read.rate}`]),
    ];
    const same = `${shape.join(' × ')}, the same samples`;
    return { name, reader, found: wrong.length === 0 ? same : `other ${wrong.join(', ')}`, ok: wrong.length === 0 };
  });
  console.log(`\nRecordings as they are imported, beside python-neo ${neo}`);
  console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])));
  return rows.every(({ ok }) => ok);
}
