// Reads structure.oebin, which says what a recording in the Open Ephys binary format holds; analysis process.
import { dirname, join } from 'node:path';
import { badFile, chooseStream } from '../bad-file.ts';
import { JsonObject } from '../json-fields.ts';
import type { SourceChannel } from '../recording-reader.ts';

export interface BinaryStructure {
  version: string;
  file: string;
  /** Folder of the chosen stream's samples. */
  continuousFolder: string;
  streamName: string;
  sampleRateHz: number;
  /** Words of one sample in the file. */
  words: number;
  /** Electrodes, and the column of each. */
  channels: SourceChannel[];
  columns: number[];
  /** Folders of events of the stream, and of messages. */
  lineFolders: { folder: string; name: string }[];
  messageFolders: string[];
  spikeFolders: { folder: string; electrode: string }[];
  notes: string[];
}

/** @throws AnalysisFailure for everything that is wrong with the file, and when one of several streams must be named. */
export async function readStructure(file: string, wanted: string | undefined): Promise<BinaryStructure> {
  const top = await JsonObject.read(file);
  const folder = dirname(file);
  const within = (part: string, object: JsonObject, key: string) => {
    const name = object.text(key);
    if (name.split(/[/\\]/).includes('..') || name.includes('\0'))
      throw badFile(file, object.placeOf(key), `${JSON.stringify(name)} leads out of the recording`);
    return join(folder, part, name);
  };
  const stream = chooseStream(
    file,
    top.objects('continuous'),
    (each) => each.text('folder_name').replace(/\/$/, ''),
    wanted,
  );
  const streamName = stream.has('stream_name') ? stream.text('stream_name') : '';
  const notes: string[] = [];
  const { channels, columns, words } = readChannels(file, stream, notes);
  const ofStream = (object: JsonObject) => !object.has('stream_name') || object.text('stream_name') === streamName;
  const events = top.has('events') ? top.objects('events') : [];
  const spikes = top.has('spikes') ? top.objects('spikes') : [];
  const isMessage = (event: JsonObject) => event.text('type') === 'string';
  return {
    version: top.has('GUI version') ? top.text('GUI version') : '',
    file,
    continuousFolder: within('continuous', stream, 'folder_name'),
    streamName,
    sampleRateHz: stream.number('sample_rate'),
    words,
    channels,
    columns,
    lineFolders: events
      .filter((event) => !isMessage(event) && ofStream(event))
      .map((event) => ({
        folder: within('events', event, 'folder_name'),
        name: event.text('folder_name').replace(/\/(TTL\/?)?$/, ''),
      })),
    messageFolders: events.filter(isMessage).map((event) => within('events', event, 'folder_name')),
    spikeFolders: spikes.filter(ofStream).map((group) => {
      const key = group.has('folder') ? 'folder' : 'folder_name';
      return {
        folder: within('spikes', group, key),
        electrode: group.text(group.has('name') ? 'name' : key).replace(/\/$/, ''),
      };
    }),
    notes,
  };
}

function readChannels(file: string, stream: JsonObject, notes: string[]) {
  const all = stream.objects('channels');
  const words = stream.number('num_channels');
  if (words !== all.length)
    throw badFile(file, stream.placeOf('num_channels'), `${words} channels are announced, and ${all.length} described`);
  // The program leaves the unit of electrodes (µV) and of analogue inputs (V) empty in some versions.
  const isElectrode = (channel: JsonObject) => {
    const units = channel.has('units') ? channel.text('units') : '';
    return units === 'uV' || units === 'µV' || (units === '' && !/ADC|AUX/i.test(channel.text('channel_name')));
  };
  const columns = all.flatMap((channel, column) => (isElectrode(channel) ? [column] : []));
  const others = all.filter((channel) => !isElectrode(channel)).map((channel) => channel.text('channel_name'));
  if (columns.length === 0)
    throw badFile(
      file,
      stream.placeOf('channels'),
      'none of the channels is an electrode (unit µV)',
      'Name another stream.',
    );
  if (others.length > 0)
    notes.push(`${others.length} channels that are no electrodes were left out: ${others.slice(0, 40).join(', ')}.`);
  const channels = columns.map((column) => {
    const channel = all[column]!;
    const microvoltsPerBit = channel.number('bit_volts');
    if (!(Math.abs(microvoltsPerBit) > 0))
      throw badFile(
        file,
        channel.placeOf('bit_volts'),
        `the scale of ${channel.text('channel_name')} is ${microvoltsPerBit} µV per bit`,
        'Some versions of Open Ephys write only three decimals: correct the scale by hand.',
      );
    return { name: channel.text('channel_name'), microvoltsPerBit };
  });
  return { channels, columns, words };
}
