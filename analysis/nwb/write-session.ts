// Writes what an NWB file says about the session as a whole: root, general, subject, device, electrodes; analysis process.
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import type { Timeline } from '../journal/timeline.ts';
import { type NwbFile, nwbVersion } from './nwb-file.ts';

export const electrodesPath = '/general/extracellular_ephys/electrodes';

const keywords = ['closed loop', 'extracellular electrophysiology', 'electrical stimulation', 'simulated neurons'];

/** A name that HDF5 and NWB accept: no slash, no colon. */
function safeName(text: string): string {
  return text.replace(/[/:\s]+/g, '-') || 'device';
}

/** A moment `nanoseconds` after an ISO 8601 one, to the microsecond, in UTC. */
export function isoAfter(iso: string, nanoseconds: number): string {
  const microseconds = Date.parse(iso) * 1000 + Math.round(nanoseconds / 1000);
  const fraction = String(((microseconds % 1000) + 1000) % 1000).padStart(3, '0');
  return new Date(Math.floor(microseconds / 1000)).toISOString().replace('Z', `${fraction}+00:00`);
}

function writeSubject(nwb: NwbFile, opening: SessionOpening): void {
  const { subject } = opening.checked.experiment;
  if (!subject) return;
  const path = '/general/subject';
  nwb.object(path, 'Subject');
  nwb.hdf5.text(`${path}/subject_id`, subject.id);
  nwb.hdf5.text(`${path}/species`, subject.species);
  nwb.hdf5.text(`${path}/sex`, subject.sex);
  if (subject.description !== undefined) nwb.hdf5.text(`${path}/description`, subject.description);
  if (subject.age === undefined) return;
  nwb.hdf5.text(`${path}/age`, subject.age);
  nwb.hdf5.attribute(`${path}/age`, 'reference', 'birth');
}

/** Groups of electrodes as the recording names them; electrodes that no group names share the group "array". */
function electrodeGroups(
  opening: SessionOpening,
  electrodes: number,
): { name: string; description: string; electrodes: number[] }[] {
  const named = (opening.checked.recording?.sidecar.electrodeGroups ?? []).map((group, index) => ({
    name: `group${index}`,
    description: `Electrodes ${group.join(', ')}, which the recording names as one group`,
    electrodes: group.filter((electrode) => electrode < electrodes),
  }));
  const grouped = new Set(named.flatMap((group) => group.electrodes));
  const others = Array.from({ length: electrodes }, (_, electrode) => electrode).filter(
    (electrode) => !grouped.has(electrode),
  );
  if (others.length > 0) named.push({ name: 'array', description: 'Electrodes of the device', electrodes: others });
  return named;
}

/** @param electrodes number of electrodes that recorded or stimulated. */
function writeElectrodes(nwb: NwbFile, opening: SessionOpening, electrodes: number): void {
  const { hdf5 } = nwb;
  const { impedances } = opening;
  const { kind, serial, firmware, description } = opening.device;
  const device = `/general/devices/${safeName(kind)}`;
  hdf5.group('/general/devices');
  nwb.object(device, 'Device', { description: `${description} (serial ${serial}, firmware ${firmware})` });
  hdf5.group('/general/extracellular_ephys');
  const location = opening.checked.recording?.sidecar.location ?? 'unknown';
  const groupOf: string[] = [];
  for (const group of electrodeGroups(opening, electrodes)) {
    const path = `/general/extracellular_ephys/${group.name}`;
    nwb.object(path, 'ElectrodeGroup', { description: group.description, location });
    hdf5.softLink(`${path}/device`, device);
    for (const electrode of group.electrodes) groupOf[electrode] = group.name;
  }
  nwb.table(
    electrodesPath,
    'DynamicTable',
    'Electrodes in the order of the channels of the raw data',
    ['location', 'group', 'group_name', 'channel_name', ...(impedances === undefined ? [] : ['imp'])],
    electrodes,
  );
  if (impedances !== undefined) {
    const ohms = new Map(impedances.electrodes.map((each) => [each.electrode, each.ohms]));
    nwb.column(
      electrodesPath,
      'imp',
      `Impedance in ohms at ${impedances.frequencyHz} Hz as the stimulator measured it last before the session; NaN: not measured`,
      Float32Array.from({ length: electrodes }, (_, electrode) => ohms.get(electrode) ?? Number.NaN),
    );
  }
  nwb.column(
    electrodesPath,
    'location',
    'Where the electrode was, by the recording; "unknown" where nothing says so',
    groupOf.map(() => location),
  );
  hdf5.references(
    `${electrodesPath}/group`,
    groupOf.map((name) => `/general/extracellular_ephys/${name}`),
  );
  nwb.column(electrodesPath, 'group', 'Group of the electrode');
  nwb.column(electrodesPath, 'group_name', 'Name of the group', groupOf);
  nwb.column(
    electrodesPath,
    'channel_name',
    'Number of the electrode in the experiment file',
    groupOf.map((_, electrode) => `electrode ${electrode}`),
  );
}

/**
 * Writes the frame of the file. Its time zero is the first recorded sample.
 * @param electrodes number of electrodes that recorded or stimulated.
 * @param createdAt when the file is made.
 */
export function writeSession(
  nwb: NwbFile,
  opening: SessionOpening,
  timeline: Timeline,
  electrodes: number,
  createdAt: Date,
): void {
  const { hdf5 } = nwb;
  const { experiment } = opening.checked;
  nwb.stamp('/', 'NWBFile', { nwb_version: nwbVersion });
  for (const group of [
    'acquisition',
    'analysis',
    'general',
    'intervals',
    'processing',
    'stimulus',
    'stimulus/presentation',
    'stimulus/templates',
  ]) {
    hdf5.group(`/${group}`);
  }
  hdf5.text('/identifier', opening.session);
  hdf5.text(
    '/session_description',
    `${experiment.title}${opening.isArmed ? '' : ' (control: the stimulator was not armed)'}`,
  );
  hdf5.text('/session_start_time', opening.startedAt);
  hdf5.text('/timestamps_reference_time', isoAfter(opening.startedAt, timeline.firstSampleNs - opening.startedNs));
  hdf5.texts('/file_create_date', [createdAt.toISOString().replace('Z', '+00:00')]);

  hdf5.text('/general/session_id', opening.session);
  hdf5.text('/general/experiment_description', experiment.description);
  if (!nwb.isForNeo) hdf5.texts('/general/keywords', keywords);
  if (!['', 'unknown'].includes(opening.operator)) hdf5.texts('/general/experimenter', [opening.operator]);
  // The whole experiment, network, limits and device: what is needed to run the session again.
  hdf5.text('/general/data_collection', JSON.stringify(opening));
  hdf5.text('/general/source_script', `Exported from the session's journal by Exocortex ${opening.exocortexVersion}`);
  hdf5.attribute('/general/source_script', 'file_name', `exocortex export${nwb.isForNeo ? ' --for neo' : ''}`);
  writeSubject(nwb, opening);
  writeElectrodes(nwb, opening, electrodes);
}
