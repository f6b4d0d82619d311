// What interlock and watches remember is all that they go on from: a copy decides and finds the same.
import { describe, expect, it } from 'vitest';
import { loadState, type Remembering, saveState } from '../../../common/base/state-archive.ts';
import { ActivityWatch } from './activity/activity-watch.ts';
import { tissueLimits } from './activity/tissue.fixture.ts';
import { Interlock } from './interlock.ts';
import { interlockTiming } from './interlock-record.ts';
import { LateTicks } from './late-ticks.ts';
import { insideRequest, openSnapshot, testLimits } from './limits.fixture.ts';
import { LostSamples } from './lost-samples.ts';
import { PopulationWatch } from './population-watch.ts';
import { stimulatingInterlock, testSession } from './stimulating-interlock.fixture.ts';

/** Numbers from 0 to 1, the same every time (Park and Miller 1988). */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

/** Lets one go on, and a fresh one with its memory; both must say the same and remember the same in the end. */
function expectSame<T extends Remembering>(make: () => T, goOn: (each: T, random: () => number) => unknown): void {
  const [one, other] = [make(), make()];
  goOn(one, dice(1));
  loadState(other, saveState(one));
  const said = JSON.stringify(goOn(one, dice(2)));
  expect(JSON.stringify(goOn(other, dice(2)))).toBe(said);
  expect(Buffer.from(saveState(other)).equals(Buffer.from(saveState(one)))).toBe(true);
  const fresh = make();
  expect(JSON.stringify(goOn(fresh, dice(2)))).not.toBe(said);
}

describe('what is remembered', () => {
  it('decides on the same pulses in the same way, with the same numbers', () => {
    const limits = testLimits({ timing: { refusalsInTenSecondsToTrip: 40 } });
    let beganNs = 0;
    expectSame(
      () => new Interlock(limits, interlockTiming, 0),
      (interlock, random) => {
        if (interlock.state === 'safe') {
          loadState(interlock, saveState(stimulatingInterlock(0, limits)));
          beganNs = 0;
        }
        const said: unknown[] = [];
        let nowNs = (beganNs = interlock.dose.sessionPulses > 0 ? 10e9 : beganNs);
        for (let pulse = 0; pulse < 400; pulse++) {
          nowNs += Math.floor(random() * 40e6);
          const { electrode } = insideRequest;
          const request = { ...insideRequest, electrode: random() < 0.5 ? electrode : electrode + 1 };
          const context = openSnapshot({ confirmedSession: testSession });
          const times = { nowNs, acquiredNs: nowNs, heardNs: nowNs, presentNs: nowNs };
          const verdict = interlock.decide(request, { ...context, ...times });
          said.push(verdict);
          if ('kind' in verdict) said.push(interlock.noteRefusal(verdict, nowNs));
        }
        return said;
      },
    );
  });

  it('finds the same in the tissue', () => {
    const geometry = { channels: 4, sampleRateHz: 1000 };
    expectSame(
      () => new ActivityWatch(geometry, { ...tissueLimits, burstRateMaxMilliseconds: 10_000 }),
      (watch, random) => {
        const said: unknown[] = [];
        const from = watch.isReady ? 90_000 : 0;
        const band = new Float32Array(100 * geometry.channels);
        for (let first = from; first < from + 90_000; first += 100) {
          const size = random() < 0.02 ? 60 : 10;
          for (let at = 0; at < band.length; at++) band[at] = (random() - 0.5) * size;
          const count = size > 10 ? 40 : Math.floor(random() * 3);
          const spikes = {
            count,
            sampleOffsets: Uint16Array.from({ length: count }, (_, index) => index * 2),
            channels: Uint16Array.from({ length: count }, () => Math.floor(random() * 4)),
          };
          if (random() < 0.05) watch.blank(first + 10, first + 20);
          if (random() < 0.05) watch.notePulse(first);
          said.push(watch.noteBlock(first, 100, band, spikes), watch.holdOffSeconds);
        }
        return said;
      },
    );
  });

  it('counts the same late ticks, lost samples and spikes of the population', () => {
    const { timing } = testLimits();
    expectSame(
      () => new LateTicks(timing),
      (ticks, random) => Array.from({ length: 50 }, () => (ticks.note(random() < 0.4, 1e6), ticks.count)),
    );
    expectSame(
      () => new LostSamples(1000, 100_000),
      (lost, random) => Array.from({ length: 60 }, (_, second) => lost.note(Math.floor(random() * 400), second * 1e8)),
    );
    expectSame(
      () =>
        new PopulationWatch(
          { neurons: 10, weightMinMillivolts: 0, weightMaxMillivolts: 1 },
          { populationRateMaxMillihertz: 60_000 },
        ),
      (watch, random) =>
        Array.from({ length: 10 }, (_, tenth) =>
          watch.note({ spikes: { length: Math.floor(random() * 90) }, meanPlasticWeightMillivolts: 0 }, tenth * 5e7),
        ),
    );
  });
});
