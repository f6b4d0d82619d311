// What the first record of a session says: who recorded what, with which device, network and limits. Rig thread.
import { randomUUID } from 'node:crypto';
import { sampleRateHz } from '../../common/experiment/checked-experiment.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import type { ConnectedRig } from './connected-rig.ts';
import type { StationSink } from './recording/station-line.ts';
import type { RigTime } from './rig-time.ts';

export interface OpeningSurroundings {
  exocortexVersion: string;
  kernelsInUse: RigStatus['kernels'];
  station: Pick<StationSink, 'mark'>;
  time: RigTime;
}

/** @param startedAt wall-clock time, ISO 8601 */
export function sessionOpening(
  rig: ConnectedRig,
  around: OpeningSurroundings,
  operator: string,
  startedAt: string,
): SessionOpening {
  const { identity } = rig.connections.reader;
  const { backend, backendReason, neurons, synapses, plasticSynapses, populations, startedFrom } =
    rig.connections.simulation;
  return {
    format: 'exocortex-session/1',
    session: randomUUID(),
    exocortexVersion: around.exocortexVersion,
    startedAt,
    startedNs: around.time.nowNs(),
    checked: rig.checked,
    device: {
      kind: identity.kind,
      serial: identity.serial,
      firmware: identity.firmware,
      description: identity.description,
    },
    channels: identity.channels,
    sampleRateHz: sampleRateHz(rig.checked),
    microvoltsPerBit: identity.microvoltsPerBit,
    samplesPerTick: identity.samplesPerBlock,
    simulation: {
      backend,
      ...(backendReason === undefined ? {} : { backendReason }),
      neurons,
      synapses,
      plasticSynapses,
      ...(startedFrom === undefined ? {} : { startedFrom }),
      populations: populations.map(({ name, firstNeuron, neurons }) => ({ name, firstNeuron, neurons })),
    },
    kernels: around.kernelsInUse,
    isArmed: rig.chain.interlock.state === 'armed',
    limits: rig.limits.record,
    ...(rig.impedances === undefined ? {} : { impedances: rig.impedances }),
    ...(around.station.mark === undefined ? {} : { audit: around.station.mark }),
    operator,
  };
}
