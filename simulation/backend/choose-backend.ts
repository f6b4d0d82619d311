// Which back end computes a network: the one that keeps the tick with the shortest ticks on this machine, all with the same result; simulation process.
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import type { NativeAddon } from '../../native/native-addon.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';
import type { Backend } from './backend.ts';
import { measureTicks, type TickMeasurement } from './measure-ticks.ts';
import { NativeBackend } from './native/native-backend.ts';
import { TypescriptBackend } from './typescript/typescript-backend.ts';

export interface Candidate {
  readonly name: Backend['name'];
  /** That compute it together, where there are several. */
  readonly threads?: number;
  readonly open: (network: CompiledNetwork) => Backend | Promise<Backend>;
}

/** A back end that this machine may have. */
export type Available = Candidate | { readonly name: Backend['name']; readonly missing: string };

export interface ChosenBackend {
  readonly backend: Backend;
  /** Why this one, as sentences. */
  readonly reason: string;
  /** What of them the operator should know: it is not the one asked for, or does not keep the tick. */
  readonly warning?: string;
}

/** With fewer synapses threads wait for each other longer than they compute. */
const threadsWorthSynapses = 1_000_000;
/** With more of them several threads are faster for certain, and the network is not built twice. */
const threadsCertainSynapses = 20_000_000;
const threadsMax = 8;

/**
 * @param native undefined where the addon could not be loaded
 * @param processors of this machine
 */
export function processorBackends(
  network: CompiledNetwork,
  native: NativeAddon | undefined,
  processors: number,
): Available[] {
  const typescript: Candidate = { name: 'typescript', open: () => new TypescriptBackend(network) };
  if (native === undefined) return [{ name: 'native', missing: 'The native addon is not there.' }, typescript];
  const onThreads = (threads: number): Candidate => ({
    name: 'native',
    ...(threads === 1 ? {} : { threads }),
    open: () => new NativeBackend(network, native.Network, threads),
  });
  // The rig and the page need processors too.
  const most = Math.min(threadsMax, processors > 2 ? processors - 1 : processors);
  const synapses = synapsesOf(network);
  const isWorth = most > 1 && synapses >= threadsWorthSynapses;
  return [
    ...(isWorth ? [onThreads(most)] : []),
    ...(isWorth && synapses > threadsCertainSynapses ? [] : [onThreads(1)]),
    typescript,
  ];
}

/**
 * The native back end does the work of the TypeScript one faster wherever it is there, so these two are not compared.
 * @param available in order of preference, with TypeScript's at the end
 * @param demanded name of a back end that is to be taken where it is there (EXOCORTEX_BACKEND)
 * @throws SimulationFaultError 'network-too-large' when no back end takes the network.
 */
export async function chooseBackend(
  network: CompiledNetwork,
  available: readonly Available[],
  demanded: string | undefined,
  tickMilliseconds: number,
): Promise<ChosenBackend> {
  const asked = available.find(({ name }) => name === demanded);
  if (asked !== undefined && 'open' in asked)
    return { backend: await asked.open(network), reason: `EXOCORTEX_BACKEND asks for ${asked.name}.` };
  const warnings = demanded === undefined ? [] : [whyNot(demanded, asked)];
  const candidates = available.filter((each) => 'open' in each);
  const hasNative = candidates.some(({ name }) => name === 'native');
  const compared = candidates.filter(({ name }) => !(hasNative && name === 'typescript'));
  const { results, refusals } = await measureAll(network, compared);
  const best = results.sort(inOrder(tickMilliseconds))[0];
  const usual = best?.measured.medianMilliseconds ?? 0;
  if (usual > tickMilliseconds)
    warnings.push(
      `A tick of ${tickMilliseconds} ms takes ${usual.toFixed(1)} ms to compute here: the loop will be late. Make the network smaller, or use a faster computer.`,
    );
  const figures = results.map(({ candidate, measured }) => `${nameOf(candidate)} ${inWords(measured)}`).join(', ');
  const reasons = [
    ...warnings,
    ...(figures === '' ? [] : [`Measured on this network: ${figures}.`]),
    ...refusals,
    ...available.flatMap((each) => ('missing' in each ? [each.missing] : [])),
  ];
  return {
    backend: await (best?.candidate ?? compared.at(-1)!).open(network),
    reason: reasons.join(' ') || 'There is no other.',
    ...(warnings.length === 0 ? {} : { warning: warnings.join(' ') }),
  };
}

/** One that there is no choice about is measured too, unless building a large network twice takes longer than it is worth. */
async function measureAll(network: CompiledNetwork, compared: readonly Candidate[]) {
  const results: { candidate: Candidate; measured: TickMeasurement }[] = [];
  const refusals: string[] = [];
  const isWorth = compared.length > 1 || synapsesOf(network) <= threadsCertainSynapses;
  for (const candidate of isWorth ? compared : []) {
    try {
      results.push({ candidate, measured: await measureTicks(candidate, network) });
    } catch (error) {
      if (!(error instanceof SimulationFaultError)) throw error;
      refusals.push(`${candidate.name} cannot compute this network: ${error.text}`);
    }
  }
  return { results, refusals };
}

const synapsesOf = ({ projections }: CompiledNetwork) =>
  projections.reduce((sum, { targets }) => sum + targets.length, 0);

/** Those that keep the tick first, then by the usual tick. */
const inOrder =
  (tickMilliseconds: number) =>
  (one: { measured: TickMeasurement }, other: { measured: TickMeasurement }): number => {
    const misses = ({ measured }: { measured: TickMeasurement }) =>
      measured.p90Milliseconds > tickMilliseconds ? 1 : 0;
    return misses(one) - misses(other) || one.measured.medianMilliseconds - other.measured.medianMilliseconds;
  };

const nameOf = ({ name, threads }: Candidate) => (threads === undefined ? name : `${name} on ${threads} threads`);

const inWords = ({ medianMilliseconds, p90Milliseconds }: TickMeasurement) =>
  `${medianMilliseconds.toFixed(3)} ms a tick (nine of ten below ${p90Milliseconds.toFixed(3)} ms)`;

const whyNot = (demanded: string, asked: Available | undefined) =>
  asked !== undefined && 'missing' in asked
    ? `EXOCORTEX_BACKEND asks for ${demanded}, which is not there.`
    : `EXOCORTEX_BACKEND asks for ${demanded}, which is no back end.`;
