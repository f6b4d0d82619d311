// Recordings of SpikeGLX of each device, and damage of every kind.
import { describe, expect, it } from 'vitest';
import { makeSpikeGlx, type SpikeGlxDevice } from '../support/import/make-spikeglx.ts';
import { expectAsMade, fuzzReader, readMade } from '../support/import/read-recording.ts';

const kinds = ['ap', 'ap-all', 'lf', 'np2', 'nidq', 'obx'] as const satisfies SpikeGlxDevice[];

/** A made recording with a line of its .meta file replaced. */
function described(kind: SpikeGlxDevice, from: string | RegExp, to: string) {
  const made = makeSpikeGlx(kind);
  const name = Object.keys(made.files).find((each) => each.endsWith('.meta'))!;
  const text = Buffer.from(made.files[name]!).toString();
  expect(text).toMatch(from);
  return { ...made, files: { ...made.files, [name]: Buffer.from(text.replace(from, to)) } };
}

describe('importing recordings of SpikeGLX', () => {
  it.each(kinds)('gives samples, scale, exact rate and sync edges of %s', async (kind) => {
    const { reader } = await expectAsMade(makeSpikeGlx(kind));
    expect(reader).toMatchObject({ format: 'SpikeGLX 20230905', startedAt: '2026-03-04T05:06:07', notes: [] });
  });

  it('is found by either of its two files', async () => {
    const made = makeSpikeGlx('ap');
    for (const open of Object.keys(made.files))
      expect((await readMade({ ...made, open })).samples).toEqual(made.samples);
  });

  it('trusts the length of the .bin file, and says what it does not hold', async () => {
    const made = makeSpikeGlx('ap');
    const files = { ...made.files, 'run_g0_t0.imec0.ap.bin': made.files['run_g0_t0.imec0.ap.bin']!.subarray(0, -3) };
    const { reader, samples } = await readMade({ ...made, files });
    expect(samples).toEqual(made.samples.slice(0, -3));
    expect(reader.notes).toEqual([
      expect.stringContaining('its last 5 bytes'),
      expect.stringMatching(/has 2397 bytes where .* announces 2400/),
    ]);
    const { reader: killed } = await readMade(described('ap', /fileSizeBytes=.*\n/, ''));
    expect(killed.notes).toEqual([expect.stringContaining('does not say how long')]);
  });

  it("tells of the probe's errors and of notes", async () => {
    const { reader } = await readMade(
      makeSpikeGlx('np2', 300, 'imErrFlags_IS_CT_SR_LK_PP_SY=0 3 0 0 0 0\nuserNotes=left\n'),
    );
    expect(reader.notes).toEqual([expect.stringContaining('0 3 0 0 0 0'), 'Note in the original: left']);
  });

  it.each([
    ['ap', 'nSavedChans=4', 'nSavedChans=5', /key nSavedChans: 5 channels are announced, and snsApLfSy adds up to 4/],
    ['ap', 'typeThis=imec', 'typeThis=other', /key typeThis: imec, nidq or obx belongs here, not "other"/],
    ['ap', '(5 0 0 250', '(5 0 0 0', /key ~imroTbl: has no gain of channel AP5/],
    ['ap', 'imAiRangeMax=0.6', 'imAiRangeMax=-1', /key imAiRangeMax: a number above 0 belongs here, not "-1"/],
    ['ap', 'snsApLfSy=3,0,1', 'snsApLfSy=3,0', /key snsApLfSy: 3 counts belong here/],
    ['np2', 'imDatPrb_type=24', 'imDatPrb_type=2013', /key imChan0apGain: is missing/],
    ['nidq', /niMNGain=200\n/, '', /key niMNGain: is missing/],
    ['obx', 'obSampRate=30300', 'obSampRate=1e99', /sampled at 1e\+99 Hz/],
  ] as const)('refuses %s with %s → %s', async (kind, from, to, message) => {
    await expect(readMade(described(kind, from, to))).rejects.toMatchObject({
      message: expect.stringMatching(message),
    });
  });

  it('refuses a recording without its .bin or .meta file, and a folder of several', async () => {
    const made = makeSpikeGlx('ap');
    for (const missing of Object.keys(made.files)) {
      const files = Object.fromEntries(Object.entries(made.files).filter(([name]) => name !== missing));
      await expect(readMade({ ...made, files })).rejects.toMatchObject({
        message: expect.stringContaining(`${missing} does not exist`),
      });
    }
    const both = { ...made.files, ...makeSpikeGlx('nidq').files };
    await expect(readMade({ ...made, files: both })).rejects.toMatchObject({
      message: expect.stringContaining('holds 2 recordings'),
    });
  });

  it.each(kinds)('gives an error or samples of %s, however it is damaged', async (kind) => {
    const made = makeSpikeGlx(kind, 60);
    await fuzzReader(
      made,
      Object.keys(made.files).filter((name) => name.endsWith('.bin')),
      200,
    );
  });
});
