// Reads an experiment with every file that it refers to and reports all that is wrong at once; used by the main process.
import { resolve } from 'node:path';
import type { Diagnostic } from '../../common/contract/commands.ts';
import type { CheckedExperiment, CheckedSite } from '../../common/experiment/checked-experiment.ts';
import { type Experiment, experimentSchema } from '../../common/experiment/experiment.ts';
import { type LimitProfile, limitProfileSchema } from '../../common/experiment/limit-profile.ts';
import { type NetworkModel, networkModelSchema } from '../../common/experiment/network-model.ts';
import { type RecordingSidecar, recordingSidecarSchema } from '../../common/experiment/recording-sidecar.ts';
import { rhxElectrodes } from '../../common/experiment/rhx-source.ts';
import { besideFile } from './beside-file.ts';
import { checkBeat, checkDeadline, checkExperiment, checkNetworkFits, type SourceShape } from './check-experiment.ts';
import { checkDigitalInputs } from './check-digital-inputs.ts';
import { checkDose } from './check-dose.ts';
import { checkHidRig } from './check-hid-rig.ts';
import { checkEffect, checkLimitProfile } from './check-limit-profile.ts';
import { checkNetwork } from './check-network.ts';
import { checkPhaseDrives } from './check-phase-drives.ts';
import { checkOpenEphys } from './check-open-ephys.ts';
import { checkRamp } from './check-ramp.ts';
import { checkRecording } from './check-recording.ts';
import { checkRhx } from './check-rhx.ts';
import { checkRequestRates, highestRates } from './check-request-rates.ts';
import { checkSite, readSite } from './check-site.ts';
import { checkRhxInTime, checkStimulator } from './check-stimulator.ts';
import { checkStimuli } from './check-stimuli.ts';
import type { FileContent } from './file-content.ts';
import { readInput } from './input-file.ts';
import { limitsAtHand } from './limits-at-hand.ts';
import { type ReadRule, readRules, wholeRules } from './read-rules.ts';
import { ProblemList } from './problem-list.ts';
import type { Station } from './site/read-site-file.ts';

/** A valid experiment may come with warnings. Diagnostics are ordered by file and position. */
export type LoadedExperiment =
  { ok: true; checked: CheckedExperiment; diagnostics: Diagnostic[] } | { ok: false; diagnostics: Diagnostic[] };

/** The files of an experiment, each as far as it is right. */
interface ExperimentFiles {
  experiment: FileContent<Experiment>;
  network: FileContent<NetworkModel> | undefined;
  rules: ReadRule[];
  limits: FileContent<LimitProfile> | undefined;
  site: CheckedSite | undefined;
  recording: FileContent<RecordingSidecar> | undefined;
}

/** Where the site's file is verified against: keys that are trusted and versions that were seen, and the day. */
export type LoadingStation = Partial<Pick<Station, 'stationFolder' | 'today'>>;

/**
 * Never throws for what is in the files.
 * @param file path of an experiment file; diagnostics name it as it is given here.
 * @param station without its folder no signature is trusted; without a day it is today.
 */
export async function loadExperiment(file: string, station: LoadingStation = {}): Promise<LoadedExperiment> {
  const { stationFolder, today = new Date().toISOString().slice(0, 10) } = station;
  const problems = new ProblemList();
  const experiment = await readInput('experiment', file, problems);
  const files = experiment && (await readReferred(experiment, { stationFolder, today }, problems));
  if (files !== undefined) await checkTogether(files, problems);
  const diagnostics = problems.sorted();
  const checked = files !== undefined && !problems.hasErrors ? toChecked(files) : undefined;
  return checked === undefined ? { ok: false, diagnostics } : { ok: true, checked, diagnostics };
}

async function readReferred(
  experiment: FileContent<Experiment>,
  station: Station,
  problems: ProblemList,
): Promise<ExperimentFiles> {
  const { value, tree } = experiment;
  const at = (path: string) => besideFile(tree.file, path);
  const sidecar = value.source !== undefined && 'recording' in value.source ? value.source.recording : undefined;
  const network = value.network
    ? await readInput('network-model', at(value.network), problems, tree.placeAt(['network']))
    : undefined;
  return {
    experiment,
    network,
    rules: network === undefined ? [] : await readRules(network, problems),
    limits: value.limitProfile
      ? await readInput('limit-profile', at(value.limitProfile), problems, tree.placeAt(['limitProfile']))
      : undefined,
    site: await readSite(experiment, station, problems),
    recording: sidecar
      ? await readInput('exocortex-recording', at(sidecar), problems, tree.placeAt(['source', 'recording']))
      : undefined,
  };
}

async function checkTogether(
  { experiment, network, rules, limits, site, recording }: ExperimentFiles,
  problems: ProblemList,
): Promise<void> {
  const source = sourceShape(experiment, recording);
  checkExperiment(experiment, source, problems);
  checkRhx(experiment, problems);
  checkOpenEphys(experiment, problems);
  checkHidRig(experiment, problems);
  checkStimulator(experiment, source.channels, problems);
  checkDigitalInputs(experiment, problems);
  if (recording !== undefined) await checkRecording(recording, problems);
  if (network !== undefined) {
    checkNetwork(network, rules, problems);
    checkNetworkFits(experiment, network, source, problems);
    checkPhaseDrives(experiment, network, problems);
  }
  if (limits !== undefined) checkLimits({ experiment, network, limits, site }, problems);
}

/** What profile and site file decide together. */
function checkLimits(
  {
    experiment,
    network,
    limits,
    site,
  }: Omit<ExperimentFiles, 'recording' | 'rules'> & { limits: FileContent<LimitProfile> },
  problems: ProblemList,
): void {
  checkLimitProfile(limits, problems);
  checkSite(experiment, limits, site, problems);
  const atHand = limitsAtHand(limits.value, site?.limits);
  checkStimuli(experiment, limits, atHand, problems);
  if (atHand === undefined) return;
  if (atHand.isSiteKnown) checkEffect(limits, atHand.withoutProfile, problems);
  checkDeadline(experiment, atHand, problems);
  checkBeat(experiment, atHand, problems);
  checkRhxInTime(experiment, atHand, problems);
  const rates = network === undefined ? new Map<number, number>() : highestRates(network.value, experiment.value);
  checkRamp(experiment, atHand, rates, problems);
  if (network === undefined) return;
  checkRequestRates(experiment, network, atHand, problems);
  checkDose(experiment, network, atHand, problems);
}

function sourceShape(
  { value }: FileContent<Experiment>,
  recording: FileContent<RecordingSidecar> | undefined,
): SourceShape {
  const { source } = value;
  switch (source?.kind) {
    case 'intan-rhx':
      return { channels: rhxElectrodes(source).length || undefined, sampleRateHz: source.sampleRateHz };
    case 'virtual':
    case 'hid-rig':
    case 'open-ephys':
      return { channels: source.channels, sampleRateHz: source.sampleRateHz };
    default:
      return { channels: recording?.value.channels, sampleRateHz: recording?.value.sampleRateHz };
  }
}

/** @returns undefined when a file is missing, which has been reported then. */
function toChecked({
  experiment,
  network,
  rules,
  limits,
  site,
  recording,
}: ExperimentFiles): CheckedExperiment | undefined {
  if (network === undefined || limits === undefined) return undefined;
  const checked: CheckedExperiment = {
    file: resolve(experiment.tree.file),
    experiment: experimentSchema.parse(experiment.value),
    network: networkModelSchema.parse(network.value),
    ownRules: wholeRules(rules),
    limits: limitProfileSchema.parse(limits.value),
    ...(site === undefined ? {} : { site }),
  };
  if (recording === undefined) return checked;
  const sidecar = recordingSidecarSchema.parse(recording.value);
  return { ...checked, recording: { sidecar, samplesFile: resolve(besideFile(recording.tree.file, sidecar.samples)) } };
}
