// The command `exocortex validate`: says all that is wrong with a file, or that it is valid; used by the main process.
import type { Diagnostic } from '../../common/contract/commands.ts';
import { catalogue } from '../../common/learning-rule/catalogue/catalogue.ts';
import { formatDiagnostic } from '../../common/experiment/diagnostic.ts';
import { checkLimitProfile } from './check-limit-profile.ts';
import { checkNetwork } from './check-network.ts';
import { checkRuleFile } from './check-rule-file.ts';
import { checkRecording } from './check-recording.ts';
import { checkRuleStudy } from './check-rule-study.ts';
import { type ExperimentSummary, summarize, summaryWords } from './experiment-summary.ts';
import { checkInput, type InputKind, inputKinds, kindOf, readTree } from './input-file.ts';
import { loadExperiment, type LoadingStation } from './load-experiment.ts';
import { readRules } from './read-rules.ts';
import { ProblemList } from './problem-list.ts';
import { assignment, either } from './wording.ts';

/** What `--json` prints. */
export interface Validation {
  file: string;
  /** Absent when the file does not say. */
  kind?: InputKind;
  valid: boolean;
  /** Of a valid experiment. */
  summary?: ExperimentSummary;
  diagnostics: Diagnostic[];
}

/**
 * @param file an experiment, a network model, a limit profile, a learning rule, a recording's sidecar or a rule study.
 * @param print takes one line for standard output.
 * @param asJson prints the `Validation` as one JSON object, nothing else.
 * @param station where the signatures of an experiment's site file are known.
 * @returns the exit code: 0 when the file is valid, warnings or not; 1 otherwise.
 */
export async function validate(
  file: string,
  print: (line: string) => void,
  { asJson = false, station = {} }: { asJson?: boolean; station?: LoadingStation } = {},
): Promise<number> {
  const validation = await examine(file, station);
  if (asJson) print(JSON.stringify(validation));
  else for (const line of inWords(validation)) print(line);
  return validation.valid ? 0 : 1;
}

/** Checks one file of any kind, an experiment together with the files that it refers to. */
export async function examine(file: string, station: LoadingStation = {}): Promise<Validation> {
  const problems = new ProblemList();
  const tree = await readTree(file, problems);
  const kind = tree && kindOf(tree);
  if (tree === undefined) return { file, valid: false, diagnostics: problems.sorted() };
  if (kind === undefined) {
    const words = (Object.keys(inputKinds) as InputKind[]).map((known) =>
      assignment(known === 'exocortex-recording' ? 'format' : 'exocortex', `${known}/1`),
    );
    problems.error(tree.placeAt(['exocortex']), 'The file does not say what it is', `Begin it with ${either(words)}`);
    return { file, valid: false, diagnostics: problems.sorted() };
  }
  if (kind === 'experiment') {
    const loaded = await loadExperiment(file, station);
    return {
      file,
      kind,
      valid: loaded.ok,
      ...(loaded.ok ? { summary: summarize(loaded.checked) } : {}),
      diagnostics: loaded.diagnostics,
    };
  }
  if (kind === 'network-model') {
    const network = checkInput(kind, tree, problems);
    if (network !== undefined) checkNetwork(network, await readRules(network, problems), problems);
  } else if (kind === 'limit-profile') {
    const limits = checkInput(kind, tree, problems);
    if (limits !== undefined) checkLimitProfile(limits, problems);
  } else if (kind === 'rule-study') {
    const study = checkInput(kind, tree, problems);
    if (study !== undefined) checkRuleStudy(study, catalogue, problems);
  } else if (kind === 'learning-rule') {
    const rule = checkInput(kind, tree, problems);
    if (rule !== undefined) checkRuleFile(rule, problems);
  } else {
    const recording = checkInput(kind, tree, problems);
    if (recording !== undefined) await checkRecording(recording, problems);
  }
  return { file, kind, valid: !problems.hasErrors, diagnostics: problems.sorted() };
}

function inWords({ file, kind, valid, summary, diagnostics }: Validation): string[] {
  const lines = diagnostics.map(formatDiagnostic);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (!valid) return [...lines, `${file} is not valid: ${errors} ${errors === 1 ? 'error' : 'errors'}`];
  const words = summary !== undefined ? summaryWords(summary) : kind === undefined ? '' : inputKinds[kind].words;
  return [...lines, `${file} is valid: ${words}`];
}
