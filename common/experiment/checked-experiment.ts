// An experiment with everything it refers to, read and checked: the only form the rig accepts.
import type { CapabilityClass } from '../contract/devices.ts';
import type { Experiment } from './experiment.ts';
import type { SiteLimits } from '../limits/site-file.ts';
import type { LimitProfile } from './limit-profile.ts';
import type { NetworkModel } from './network-model.ts';
import type { RuleFile } from './rule-file.ts';
import type { RecordingSidecar } from './recording-sidecar.ts';
import { rhxElectrodes } from './rhx-source.ts';
import { isByHand } from './stimulator.ts';

/** A verified site file. */
export interface CheckedSite {
  /** Absolute path. */
  file: string;
  sha256: string;
  limits: SiteLimits;
  signers: string[];
}

/** A learning rule of the laboratory's own. */
export interface OwnRule {
  /** As the network model names it. */
  file: string;
  rule: RuleFile;
}

/** Plain data: it crosses thread and process borders and is written into the session as it is. */
export interface CheckedExperiment {
  /** Absolute path of the experiment file. */
  file: string;
  experiment: Experiment;
  network: NetworkModel;
  /** The laboratory's own learning rules, by the paths that the network model names them with. */
  ownRules: OwnRule[];
  limits: LimitProfile;
  /** The site's signed limits, verified when they were read; a bench needs none. */
  site?: CheckedSite;
  /** The replayed recording with the absolute path of its sample file; absent with every other source. */
  recording?: { sidecar: RecordingSidecar; samplesFile: string };
}

/** Number of electrodes that the source records from. */
export function channelCount({ experiment, recording }: Pick<CheckedExperiment, 'experiment' | 'recording'>): number {
  const { source } = experiment;
  switch (source.kind) {
    case 'virtual':
    case 'hid-rig':
    case 'open-ephys':
      return source.channels;
    case 'intan-rhx':
      return rhxElectrodes(source).length;
    case 'replay':
      return recording?.sidecar.channels ?? 0;
  }
}

/** Sample rate of the source in Hz. */
export function sampleRateHz({ experiment, recording }: CheckedExperiment): number {
  const { source } = experiment;
  return source.kind === 'replay' ? (recording?.sidecar.sampleRateHz ?? 0) : source.sampleRateHz;
}

/** Whether the experiment has anything that could stimulate; else it only records. */
export function hasStimulator({ source, stimulator }: Pick<Experiment, 'source' | 'stimulator'>): boolean {
  return stimulator !== undefined || !onlyRecords(source.kind);
}

/** Class of what stimulates: what holds prepared pulses for a hand has no lease. */
export function capabilityOf({ stimulator }: Pick<Experiment, 'stimulator'>): CapabilityClass {
  return stimulator !== undefined && isByHand(stimulator.kind) ? 'L1' : 'L3';
}

/** Whether a source of this kind can give nothing by itself. */
export function onlyRecords(kind: Experiment['source']['kind']): boolean {
  return kind === 'intan-rhx' || kind === 'open-ephys';
}

/** The electrodes that something can reach; undefined: all that the source has. */
export function reachableElectrodes({ stimulator }: Pick<Experiment, 'stimulator'>): number[] | undefined {
  return stimulator?.electrodes.map(({ electrode }) => electrode);
}
