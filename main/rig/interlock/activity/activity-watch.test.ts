import { describe, expect, it } from 'vitest';
import { highMicrovolts, raised, restedTissue, tissueLimits, TissueUnderTest, volley } from './tissue.fixture.ts';

describe('ActivityWatch: seizure-like activity', () => {
  it('S34: trips when 30 % of the channels are elevated for two seconds', () => {
    const tissue = restedTissue().play(3, raised(3));
    expect(tissue.findings).toEqual([
      {
        code: 'seizure-like',
        seconds: 22,
        message:
          'For 2.00 s at least 3 of 10 channels were more than 5 σ above their baseline without interruption; fewer than 30 % of ' +
          'the channels or less than 2 s are allowed.',
        value: 30,
        bound: 30,
        unit: '%',
      },
    ]);
  });

  it.each([
    [2, false],
    [3, true],
    [4, true],
  ])('H76: judges %d of 10 channels', (channels, isFound) => {
    expect(restedTissue().play(5, raised(channels)).codes.includes('seizure-like')).toBe(isFound);
  });

  it.each([
    [1.75, false],
    [2, true],
    [2.25, true],
  ])('H76: judges an elevation of %d s', (seconds, isFound) => {
    expect(restedTissue().play(seconds, raised(10)).play(3).codes.length > 0).toBe(isFound);
  });

  it.each([
    [11.9, false],
    [12, false],
    [12.1, true],
  ])('H76: judges a line length of %d µV where 5 σ lie at 12', (microvolts, isFound) => {
    expect(restedTissue().play(5, raised(10, microvolts)).codes.includes('seizure-like')).toBe(isFound);
  });

  it('H76: takes one quiet window for an interruption', () => {
    const tissue = restedTissue();
    for (let time = 0; time < 5; time++) tissue.play(1.75, raised(10)).play(0.25);
    expect(tissue.codes).toEqual([]);
  });

  it('H76: lets the elevated channels change', () => {
    const tissue = restedTissue();
    for (let window = 0; window < 8; window++)
      tissue.play(
        0.25,
        raised(10).map((value, channel) => (channel % 2 === window % 2 ? value : 10)),
      );
    expect(tissue.findings).toMatchObject([{ code: 'seizure-like', value: 50 }]);
  });

  it('H76: names the fewest channels that were elevated on the way', () => {
    const tissue = restedTissue().play(0.5, raised(10)).play(0.5, raised(4)).play(1, raised(9));
    expect(tissue.findings).toMatchObject([{ value: 40, message: expect.stringContaining('at least 4 of 10') }]);
  });

  it('H76: reports each event once, and the next one again', () => {
    const tissue = restedTissue().play(10, raised(10)).play(1).play(10, raised(10));
    expect(tissue.findings.map(({ seconds }) => seconds)).toEqual([22, 33]);
  });

  it('H76: never judges before ten seconds of baseline', () => {
    const tissue = new TissueUnderTest().play(5).play(4.75, raised(10));
    expect(tissue.watch.isReady).toBe(false);
    expect(tissue.codes).toEqual([]);
    const ready = new TissueUnderTest().play(10).play(2.25, raised(10));
    expect(ready.watch.isReady).toBe(true);
    expect(ready.findings).toMatchObject([{ code: 'seizure-like', seconds: 12 }]);
  });

  it('H76: is not poisoned by the event: after 50 s it is elevated as on the first second', () => {
    const tissue = restedTissue().play(50, raised(10)).play(0.25).play(2, raised(10, 12.2));
    expect(tissue.findings.map(({ seconds }) => seconds)).toEqual([22, 72.25]);
  });

  it('H76: takes for the new baseline what goes on for minutes', () => {
    const tissue = restedTissue().play(240, raised(10)).play(5).play(5, raised(10));
    expect(tissue.codes).toEqual(['seizure-like']);
  });

  it('H76: takes samples that are no numbers for elevated, on the channels where they are', () => {
    const broken = (count: number) => restedTissue().play(5, raised(count, NaN)).findings;
    expect(broken(2)).toEqual([]);
    expect(broken(3)).toMatchObject([{ code: 'seizure-like', seconds: 22, value: 30 }]);
    expect(broken(3)[0]?.message).toContain('baseline, 3 of them because nothing is known of them, without');
    expect(restedTissue().play(5, raised(3, Infinity)).codes).toEqual(['seizure-like']);
  });

  it('H76: goes on judging the other channels while one is no number', () => {
    const oneBroken = (microvolts: number) =>
      raised(3, microvolts).map((value, channel) => (channel === 0 ? NaN : value));
    const tissue = new TissueUnderTest().play(20, oneBroken(10));
    expect(tissue.play(5, oneBroken(10)).codes).toEqual([]);
    expect(tissue.play(2, oneBroken(highMicrovolts)).codes).toEqual(['seizure-like']);
  });

  it('H76: takes for elevated what blanking or lost samples hide', () => {
    const blanked = restedTissue();
    blanked.watch.blank(blanked.sample, blanked.sample + 5000);
    expect(blanked.play(5).findings).toMatchObject([{ code: 'seizure-like', value: 100, seconds: 22 }]);
    expect(restedTissue().lose(1900).play(1).codes).toEqual([]);
    expect(restedTissue().lose(2000).play(1).codes).toEqual(['seizure-like']);
  });

  it('does not judge an artefact that is blanked', () => {
    const tissue = restedTissue();
    for (let pulse = 0; pulse < 40; pulse++) tissue.pulse(25).play(0.025, raised(10, 5000)).play(0.075);
    expect(tissue.codes).toEqual([]);
  });

  it('follows a slow drift of amplitude', () => {
    const tissue = restedTissue();
    for (let minute = 0; minute < 60; minute++) tissue.play(60, raised(10, 10 * (1 + minute / 60)));
    expect(tissue.codes).toEqual([]);
  });
});

describe('ActivityWatch: after-discharge', () => {
  const train = () => {
    const tissue = restedTissue();
    for (let pulse = 0; pulse < 5; pulse++) tissue.pulse().play(0.1, raised(10));
    return tissue.pulse();
  };

  it('S34: trips when activity goes on for more than a second after the last pulse of a train', () => {
    const tissue = train().play(2, raised(10));
    expect(tissue.findings[0]).toEqual({
      code: 'after-discharge',
      seconds: 21.75,
      message:
        '10 of 10 channels are still elevated 1.25 s after the last pulse; fewer than 30 % of the channels or at most 1 s are allowed.',
      value: 1.25,
      bound: 1,
      unit: 's',
    });
  });

  it.each([
    [2, false],
    [3, true],
  ])('H76: judges activity of %d of 10 channels after a train', (channels, isFound) => {
    expect(train().play(1.5, raised(channels)).codes.includes('after-discharge')).toBe(isFound);
  });

  it('H76: lets the evoked response and a burst be that end within a second', () => {
    expect(train().play(0.75, raised(10)).play(3).codes).toEqual([]);
  });

  it('H76: does not begin anew with a pulse that it hears of too late', () => {
    const tissue = restedTissue();
    const early = tissue.sample;
    tissue.pulse().play(0.1).pulse().play(0.65);
    tissue.watch.notePulse(early);
    expect(tissue.play(1.5, raised(10)).codes).toEqual([]);
  });

  it('H76: holds the rig off from the end of the after-discharge on', () => {
    const tissue = restedTissue({ elevatedMaxMilliseconds: 10_000 }).pulse().play(5, raised(10));
    expect(tissue.codes).toEqual(['after-discharge']);
    expect(tissue.watch.holdOffSeconds).toBe(300);
    expect(tissue.play(1.25).watch.holdOffSeconds).toBeCloseTo(299, 1);
  });

  it.each([
    [0.025, true],
    [0.05, false],
  ])('H76: sees no rest in a quiet window that begins %d s after the last pulse', (seconds, isFound) => {
    const tissue = restedTissue()
      .play(0.25 - seconds)
      .pulse()
      .play(seconds);
    expect(tissue.play(0.25).play(1.25, raised(10)).codes.includes('after-discharge')).toBe(isFound);
  });

  it('H76: is not deceived by a burst that comes by itself later', () => {
    expect(train().play(0.75, raised(10)).play(0.25).play(1.5, raised(10)).play(3).codes).toEqual([]);
  });
});

describe('ActivityWatch: runaway', () => {
  /** A burst each `seconds`: on each channel three spikes within 75 ms. */
  const bursts = (each: number, seconds: number) =>
    Array.from({ length: Math.floor(seconds / each) }, (_, index) => Math.round(index * each * 1000) + 100).flatMap(
      (at) => [...volley(at), ...volley(at + 30), ...volley(at + 60)],
    );

  it('H75: trips when the tissue bursts more than three times as often as before, for half a minute', () => {
    const tissue = new TissueUnderTest().play(180, raised(0), bursts(5, 180));
    expect(tissue.play(60, raised(0), bursts(5 / 4, 60)).findings).toMatchObject([
      { code: 'runaway-tissue', unit: 'Hz', bound: expect.closeTo(0.6, 1) },
    ]);
    expect(tissue.findings[0]?.seconds).toBeGreaterThan(205);
    expect(tissue.findings[0]?.seconds).toBeLessThan(215);
  });

  it('H75: lets the tissue burst at the same rate for an hour', () => {
    const tissue = new TissueUnderTest();
    for (let part = 0; part < 60; part++) tissue.play(60, raised(0), bursts(4, 60));
    expect(tissue.codes).toEqual([]);
  });

  it('H75: holds the rig off while the rate stays too high', () => {
    const tissue = new TissueUnderTest().play(120, raised(0), bursts(5, 120)).play(60, raised(0), bursts(1, 60));
    expect(tissue.codes).toEqual(['runaway-tissue']);
    expect(tissue.watch.holdOffSeconds).toBe(300);
  });

  it('H32: holds the rig off after artefacts that were read as spikes', () => {
    const tissue = restedTissue();
    for (let pulse = 0; pulse < 21; pulse++) tissue.pulse(5).play(0.1, raised(0), volley(5));
    expect(tissue.play(10).watch.holdOffSeconds).toBeCloseTo(290, 0);
  });

  it('H32: trips when artefacts are read as spikes after more than 20 pulses in a row', () => {
    const tissue = restedTissue();
    for (let pulse = 0; pulse < 20; pulse++) tissue.pulse(5).play(0.5, raised(0), volley(5));
    expect(tissue.codes).toEqual([]);
    tissue.pulse(5).play(0.5, raised(0), volley(5, 4));
    expect(tissue.findings).toMatchObject([
      { code: 'runaway-tissue', value: 21, bound: 20, unit: 'pulses', message: expect.stringContaining('on 4 of 10') },
    ]);
  });
});

describe('ActivityWatch', () => {
  it('says for how long the rig must stay disarmed, from the end of the activity on', () => {
    const tissue = restedTissue();
    expect(tissue.watch.holdOffSeconds).toBe(0);
    tissue.play(10, raised(10));
    expect(tissue.watch.holdOffSeconds).toBe(300);
    tissue.play(0.25);
    expect(tissue.watch.holdOffSeconds).toBe(300 - 0.025);
    tissue.play(299);
    expect(tissue.watch.holdOffSeconds).toBeCloseTo(0.975);
    tissue.play(1);
    expect(tissue.watch.holdOffSeconds).toBe(0);
  });

  it.each([0, 1e9])(
    'H76: goes on with the rest of an earlier connection, whatever number the samples begin with (%d)',
    (start) => {
      const tissue = new TissueUnderTest({}, start, 60);
      expect(tissue.watch.holdOffSeconds).toBe(60);
      expect(tissue.play(20).watch.holdOffSeconds).toBe(40);
      expect(tissue.play(40).watch.holdOffSeconds).toBe(0);
    },
  );

  it('finds the same whatever number the samples begin with', () => {
    const found = (start: number) => {
      const tissue = new TissueUnderTest({}, start).play(20).play(3, raised(10)).play(1);
      return tissue.pulse().play(1.75, raised(10)).findings;
    };
    expect(found(2 ** 40)).toEqual(found(0));
    expect(found(0).map(({ code }) => code)).toEqual(['seizure-like', 'after-discharge']);
  });

  it('S26: becomes more sensitive and never less', () => {
    const tissue = restedTissue();
    tissue.watch.tighten({ ...tissueLimits, elevatedMaxMilliseconds: 1000 });
    expect(tissue.play(1, raised(3)).codes).toEqual(['seizure-like']);
    expect(() => tissue.watch.tighten(tissueLimits)).toThrow('only becomes more sensitive');
  });

  it('S26: gives tighter limits to everything that judges', () => {
    const tissue = new TissueUnderTest().play(100);
    tissue.watch.tighten({
      ...tissueLimits,
      afterDischargeMaxMilliseconds: 500,
      burstRateMaxPermille: 500,
      burstRateMaxMilliseconds: 10_000,
      lockedPulsesMax: 2,
    });
    tissue.pulse().play(0.75, raised(10)).play(1);
    for (let pulse = 0; pulse < 3; pulse++) tissue.pulse(5).play(0.25, raised(0), volley(5));
    // The same volleys are network bursts.
    expect(tissue.findings.map(({ code, unit }) => `${code}, ${unit}`)).toEqual([
      'after-discharge, s',
      'runaway-tissue, Hz',
      'runaway-tissue, pulses',
    ]);
  });

  it.each(['elevatedAboveMilliSigmas', 'elevatedChannelsPermille', 'elevatedMaxMilliseconds'] as const)(
    'H76: with %s that is no number it lets nothing pass',
    (limit) => {
      const change = { [limit]: NaN };
      expect(new TissueUnderTest(change).play(13).play(2, raised(10)).codes).toContain('seizure-like');
    },
  );

  it('H76: with no number for the time after a train it lets no activity pass', () => {
    const tissue = restedTissue({ afterDischargeMaxMilliseconds: NaN }).pulse();
    expect(tissue.play(0.75, raised(10)).codes).toEqual(['after-discharge']);
  });
});
