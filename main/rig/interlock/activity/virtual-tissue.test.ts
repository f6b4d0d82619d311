// The watch behind the real spike detector, on virtual tissue that is stimulated.
import { describe, expect, it } from 'vitest';
import { assert } from '../../../../common/base/assert.ts';
import { sourceSchema } from '../../../../common/experiment/source.ts';
import { SpikingTissue } from '../../../virtual-rig/spiking-tissue.ts';
import { VirtualElectrodes } from '../../../virtual-rig/virtual-electrodes.ts';
import { createSpikeDetector } from '../../signal/create-spike-detector.ts';
import { DetectedSpikes } from '../../signal/detected-spikes.ts';
import { parameters } from '../../signal/signal-fixture.ts';
import { ActivityWatch } from './activity-watch.ts';
import { tissueLimits } from './tissue.fixture.ts';

const channels = 16;
const sampleRateHz = 20_000;
const tickSamples = sampleRateHz / 1000;

const quietSeconds = 11;
const stimulatedSeconds = 4;
const pulseEachMilliseconds = 50;

/** What is found while one electrode is stimulated at 20 Hz with 3 µA, which leaves an artefact of 1.5 mV. */
function stimulate(blankingMilliseconds: number): string[] {
  const source = sourceSchema.parse({ kind: 'virtual', channels, sampleRateHz });
  assert(source.kind === 'virtual', 'the source is virtual');
  const electrodes = new VirtualElectrodes(source, 7, new SpikingTissue(source, 7));
  const { microvoltsPerBit } = electrodes;
  const geometry = { channels, sampleRateHz, microvoltsPerBit, maxBlockSamples: tickSamples };
  const detector = createSpikeDetector(parameters, geometry, undefined);
  const watch = new ActivityWatch({ channels, sampleRateHz }, tissueLimits);
  const found = new DetectedSpikes(channels * tickSamples);
  const samples = new Int16Array(tickSamples * channels);
  const codes: string[] = [];
  for (let tick = 0; tick < 1000 * (quietSeconds + stimulatedSeconds); tick++) {
    const first = tick * tickSamples;
    if (tick > 1000 * quietSeconds && tick % pulseEachMilliseconds === 0) {
      const phase = { firstMicroseconds: 200, interphaseMicroseconds: 0, secondMicroseconds: 200 };
      electrodes.stimulate({ sample: first, electrode: 5, firstNanoamps: -3000, secondNanoamps: 3000, ...phase });
      const blankingSamples = blankingMilliseconds * tickSamples;
      detector.blank(0, blankingSamples);
      watch.blank(first, first + blankingSamples);
      watch.notePulse(first);
    }
    electrodes.read(samples);
    detector.detect(samples, tickSamples, found);
    const finding = watch.noteBlock(first, tickSamples, detector.filteredMicrovolts, found);
    if (finding !== undefined) codes.push(finding.code);
  }
  detector.dispose();
  return codes;
}

describe('stimulated virtual tissue', () => {
  it('H32: trips when its artefacts are not blanked and are read as spikes', () => {
    expect(stimulate(0)).toContain('runaway-tissue');
  });

  it('H32: does not trip when they are blanked for 3 ms, though it answers every pulse', () => {
    expect(stimulate(3)).toEqual([]);
  });
});
