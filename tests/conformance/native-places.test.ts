// Spikes arrive where they should, however large the network is: what the native back end keeps of a synapse depends on it.
import { afterEach, describe, expect, it } from 'vitest';
import type { NetworkState } from '../../simulation/backend/network-state.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import { native, openNative, releaseNatives } from '../support/native-backends.ts';

afterEach(releaseNatives);

/** @returns names of arrays: what differs in them is too much to be shown. */
function differences(state: NetworkState, expected: NetworkState): string[] {
  const bytesOf = ({ arrays }: NetworkState, name: string) => Buffer.from(Int32Array.from(arrays[name] ?? []).buffer);
  return Object.keys(expected.arrays).filter((name) => !bytesOf(state, name).equals(bytesOf(expected, name)));
}

const none = new Uint16Array(0);

// Their senders take 64 places; with two receptors each, the last place is 2^16 - 1, or behind it.
describe.runIf(native !== undefined).each([
  { neurons: 2 ** 15 - 32, weightSpreadFraction: 0 },
  { neurons: 2 ** 15, weightSpreadFraction: 0 },
  { neurons: 2 ** 15, weightSpreadFraction: 0.2 },
])('$neurons neurons of two receptors whose weights are spread by $weightSpreadFraction', (network) => {
  it('receive what they receive on the reference', () => {
    const { neurons, weightSpreadFraction } = network;
    const compiled = compileNetwork(
      configurationOf({
        stepMilliseconds: 0.5,
        populations: [
          {
            name: 'senders',
            neurons: 40,
            model: 'lif',
            thresholdMillivolts: -50,
            restMillivolts: -60,
            biasMillivolts: 40,
          },
          { name: 'all', neurons, model: 'lif', inhibitorySynapticTimeConstantMilliseconds: 10 },
        ],
        projections: [
          {
            name: 'inhibition',
            from: 'senders',
            to: 'all',
            receptor: 'inhibitory',
            connections: { kind: 'random', probability: 0.1 },
            weightMillivolts: 0.3,
            weightSpreadFraction,
            delayMilliseconds: 1,
          },
        ],
        inputs: [{ to: 'senders', neuronsPerElectrode: 1, weightMillivolts: 0 }],
      }),
    );
    const reference = new TypescriptBackend(compiled);
    const [alone, together] = [openNative(compiled, 1), openNative(compiled, 3)];
    let fired = 0;
    for (let tick = 0; tick < 12; tick++) {
      const expected = [...reference.step(none, 0)];
      fired += expected.length;
      expect([...alone.step(none, 0)]).toEqual(expected);
      expect([...together.step(none, 0)]).toEqual(expected);
    }
    expect(fired).toBeGreaterThan(0);
    for (const backend of [alone, together]) expect(differences(backend.state(), reference.state())).toEqual([]);
  });
});
