// The application behind every shell: one rig, its experiments and sessions, and the commands of its pages. Main thread.
import { dirname, join, resolve } from 'node:path';
import { DisposableStore } from '../../common/base/disposable.ts';
import { Emitter, type Event } from '../../common/base/event.ts';
import type {
  ApplicationDescription,
  CommandName,
  CommandRefusal,
  CoreNotice,
} from '../../common/contract/commands.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { contractVersion } from '../../common/contract/version.ts';
import type { AnalysisJob } from '../../common/journal/analysis-message.ts';
import { nwbFileName } from '../../common/journal/session-documents.ts';
import type { Port } from '../../common/transport/port.ts';
import { type CommandHandlers, type CommandOutcome, sendNotice, serveCommands } from '../../common/transport/rpc.ts';
import { loadNative } from '../../native/load-native.ts';
import { loadExperiment } from '../experiment/load-experiment.ts';
import { verifySiteOf } from '../experiment/site/verify-site-of.ts';
import { SessionLibrary } from '../library/session-library.ts';
import type { Platform } from '../rig/platform.ts';
import { type RigCommandName, rigCommands, type RigOrder } from '../rig/rig-messages.ts';
import { startRig } from '../rig/start-rig.ts';
import { asTask, type TellTask } from './as-task.ts';
import { deviceToken } from './device-token.ts';
import { listExperiments, listSources, openExperiment } from './experiment-catalogue.ts';
import { findDevices } from './find-devices.ts';
import { type FinishedSession, finishSession } from './finish-session.ts';
import { listSavedPopulations } from './list-saved-populations.ts';
import { raisePriority } from './process-priority.ts';
import { type AnalysisOutcome, runAnalysis } from './run-analysis.ts';
import { readAudit } from './read-audit.ts';
import { reviewCommands } from './review-commands.ts';
import { ReviewPrograms } from './review-programs.ts';
import { sessionCommands } from './session-commands.ts';
import { folderStamp, isoWithOffset, today } from './session-time.ts';
import { lockStation } from './station-lock.ts';
import { studyCommands } from './study-commands.ts';
import { StudyRuns } from './study-runs.ts';

export interface ApplicationOptions {
  platform: Platform;
  version: string;
  /** Where recordings go; made when the first one begins. */
  sessionsFolder: string;
}

export interface Application {
  /** Serves a page. The port belongs to the application until it closes. */
  attachPage(port: Port): void;
  readonly onSessionFinished: Event<FinishedSession>;
  /** Output off, now; needs no page and no order. */
  stop(): void;
  /** Ends everything orderly: output off first. */
  end(): Promise<void>;
}

/** Newest sessions of an experiment that are looked through for saved states of its population. */
const sessionsSearched = 1000;

/** A page does not wait longer for a list of devices; what comes later is there at the next look. */
const devicesWithinMilliseconds = 5000;

/** @throws StationInUse when another program uses the station. */
export function startApplication({ platform, version, sessionsFolder }: ApplicationOptions): Application {
  raisePriority();
  const owner = new DisposableStore();
  owner.add(lockStation(platform.stationFolder));
  const audit = readAudit(platform.stationFolder);
  const rig = startRig({ platform, exocortexVersion: version, carried: audit.left });
  const experimentsFolder = join(platform.applicationFolder, 'experiments');
  const pages = new Map<number, Port>();
  /** The experiment that is connected. */
  let connected: CheckedExperiment | undefined;
  const onSessionFinished = owner.add(new Emitter<FinishedSession>());
  const finishing = new Set<Promise<void>>();
  const loaded = loadNative({ applicationRoot: platform.applicationFolder });
  let recordingFolder: string | undefined;
  let nextPage = 1;
  const studyRuns = new StudyRuns({ platform, notify: (notice) => notify(notice), nowMs: () => performance.now() });
  const onStudies = studyCommands({
    platform,
    folders: {
      shipped: join(platform.applicationFolder, 'experiments', 'rule-studies'),
      own: join(dirname(sessionsFolder), 'studies'),
    },
    runs: studyRuns,
    isRecording: () => recordingFolder !== undefined,
  });

  const isRecording = (folder: string) => folder === recordingFolder;
  const reviews = new ReviewPrograms({
    platform,
    isRecording,
    notify: (page, news) => {
      const port = pages.get(page);
      if (port !== undefined) sendNotice(port, { notice: 'review', ...news });
    },
  });
  const aroundReviews = {
    programs: reviews,
    isRecording,
    digest: (folder: string) => analyse('Comparing checksums', 'digest', folder),
    noteInAudit: rig.noteInAudit,
    onWritten: (folder: string) => void library.note(folder),
    warn: (text: string) => notify({ notice: 'message', level: 'warning', text }),
  };
  const deviceFinder = findDevices({
    platform,
    sources: async () => [
      ...(connected === undefined ? [] : [connected.experiment.source]),
      ...(await listSources(experimentsFolder, platform.stationFolder)),
    ],
    stopInputs: () => rig.stopInputs,
    isQuiet: () => rig.mayLookForDevices,
    answerMilliseconds: devicesWithinMilliseconds,
  });
  let isEnding = false;

  const library = new SessionLibrary({
    sessionsFolder,
    onChange: () => notify({ notice: 'sessions' }),
    onReading: (read, of) =>
      notify({
        notice: 'task',
        task: 'library',
        title: 'Reading the folders of the sessions',
        state: read < of ? 'running' : 'done',
        fraction: read / of,
        what: `${read} of ${of}`,
      }),
  });
  const onSessions = sessionCommands({
    platform,
    version,
    library,
    sessionsFolder,
    recordingFolder: () => recordingFolder,
    notify: (notice) => notify(notice),
    recover: async (folder) => {
      const recovered = await analyse('Recovering the session', 'recover', folder);
      if ('result' in recovered) await seal(folder);
      return recovered;
    },
  });

  const notify = (notice: CoreNotice) => {
    for (const port of pages.values()) sendNotice(port, notice);
  };
  owner.add(rig.onLive(({ page, bytes }) => pages.get(page)?.send(bytes)));
  owner.add(rig.onNotice(({ level, text }) => notify({ notice: 'message', level, text })));
  owner.add(rig.onFault(({ message }) => notify({ notice: 'message', level: 'error', text: message })));
  owner.add(
    rig.onRecordingEnd((folder) => {
      recordingFolder = undefined;
      reviews.recorded(folder);
      track(finish(folder));
    }),
  );

  owner.add(
    rig.onDeath((why) => {
      const folder = recordingFolder;
      recordingFolder = undefined;
      if (folder === undefined) return;
      reviews.recorded(folder);
      track(restore(folder, why));
    }),
  );

  /** One job of the analysis program, shown to the pages as a task. */
  async function analyse<J extends AnalysisJob>(title: string, job: J, folder: string): Promise<AnalysisOutcome<J>> {
    const work = async (tell: TellTask) => {
      const outcome = await runAnalysis(platform, job, folder, (fraction) => tell(fraction));
      await library.note(folder);
      return outcome;
    };
    const makesNwb = job === 'export' || job === 'recover';
    const resultOf = () => (makesNwb ? join(folder, nwbFileName) : undefined);
    return asTask(notify, { task: `${job}:${folder}`, title }, work, resultOf);
  }

  function track(work: Promise<void>): void {
    const tracked = work.finally(() => finishing.delete(tracked));
    finishing.add(tracked);
  }

  /** The rig thread died while it recorded: what the recorder thread still wrote is brought into order. */
  async function restore(folder: string, why: string): Promise<void> {
    const recovered = await analyse('Recovering the session', 'recover', folder);
    onSessionFinished.fire({
      folder,
      problem: why,
      ...('result' in recovered ? { nwb: recovered.result.files.nwb } : {}),
    });
  }

  /** What was made from the journal is signed beside it; the disk is read again for that, so a file that it changed is found. */
  async function seal(folder: string): Promise<void> {
    const digested = await analyse('Computing checksums', 'digest', folder);
    // The task has said why.
    if ('refusal' in digested) return;
    const problem = await rig.seal({ folder, ...digested.result });
    if (problem !== undefined)
      notify({ notice: 'message', level: 'error', text: `The manifest of ${folder} was not signed: ${problem}.` });
  }

  async function finish(folder: string): Promise<void> {
    onSessionFinished.fire(await finishSession({ analyse, seal }, folder));
    if (!isEnding) void prepareReview(folder);
  }

  /** Nobody waits for it: a session without an index gets one when it is opened. */
  async function prepareReview(folder: string): Promise<void> {
    await asTask(notify, { task: `review:${folder}`, title: 'Preparing the review' }, async (tell) => {
      const refusal = await reviews.prepare(folder, (fraction) => tell(fraction));
      return refusal === undefined ? {} : { refusal };
    });
  }

  const orderRig = async <N extends CommandName>(page: number, order: RigOrder): Promise<CommandOutcome<N>> =>
    (await rig.order(page, order)) as CommandOutcome<N>;

  async function readChecked(file: string): Promise<{ checked: CheckedExperiment } | { refusal: CommandRefusal }> {
    const experiment = await loadExperiment(file, { stationFolder: platform.stationFolder, today: today() });
    if (experiment.ok) return { checked: experiment.checked };
    const { diagnostics } = experiment;
    const what = `${file} has ${diagnostics.length} problems`;
    return {
      refusal: { code: 'invalid', what, cure: 'Correct the file; each problem says where and how.', diagnostics },
    };
  }

  function describe(): ApplicationDescription {
    return {
      name: 'Exocortex',
      version,
      contract: contractVersion,
      shell: platform.shell,
      platform: `${process.platform} ${process.arch}`,
      kernels: loaded.native === undefined ? { kernel: 'typescript', reason: loaded.reason } : { kernel: 'native' },
      sessionsFolder,
    };
  }

  /** A study would take the cores that the recording needs. */
  function makeRoom(): void {
    if (studyRuns.busy === undefined) return;
    void studyRuns.stop();
    notify({
      notice: 'message',
      level: 'info',
      text: 'the study of learning rules was stopped for the recording; it can go on where it was',
    });
  }

  /** Why the site's limits, or the audit log, do not let the rig be armed now. */
  async function siteProblem(): Promise<string | undefined> {
    if (audit.problem !== undefined) return `the audit log is not whole: ${audit.problem}`;
    return connected === undefined ? undefined : verifySiteOf(connected, platform.stationFolder, today());
  }

  function handlersFor(page: number): CommandHandlers {
    // The table's types say the same of each name; they are lost when it is walked through.
    const toRig = Object.fromEntries(
      rigCommands.map((name) => [name, (request: object) => orderRig(page, { name, request } as RigOrder)]),
    ) as unknown as Pick<CommandHandlers, RigCommandName>;
    return {
      ...toRig,
      ...onStudies,
      ...onSessions,
      ...reviewCommands(page, aroundReviews),
      'application.describe': () => ({ answer: describe() }),
      'experiments.list': async () => ({
        answer: {
          experiments: await listExperiments(experimentsFolder, platform.stationFolder),
        },
      }),
      'devices.list': async () => ({ answer: await deviceFinder.list() }),
      'experiments.open': async ({ file }) => ({ answer: await openExperiment(file, platform.stationFolder) }),
      'source.measureImpedances': async ({ file }) => {
        const read = await readChecked(file);
        return 'refusal' in read ? read : orderRig(page, { name: 'source.measureImpedances', checked: read.checked });
      },
      'population.states': async ({ file }) => {
        const read = await readChecked(file);
        if ('refusal' in read) return read;
        const { sessions } = await library.find(
          { experiment: read.checked.experiment.title, most: sessionsSearched },
          { recordingFolder, looksAgain: false },
        );
        return {
          answer: await listSavedPopulations(
            read.checked,
            sessions.map(({ folder }) => folder),
          ),
        };
      },
      'rig.connect': async ({ file, pacing, startFrom }) => {
        const read = await readChecked(file);
        if ('refusal' in read) return read;
        const { checked } = read;
        const found = deviceToken(checked, platform.stationFolder);
        if ('refusal' in found) return found;
        const outcome = await orderRig<'rig.connect'>(page, {
          name: 'rig.connect',
          checked,
          isFast: pacing === 'fast',
          startFrom: startFrom === undefined ? undefined : resolve(startFrom),
          deviceToken: found.token,
        });
        if ('answer' in outcome) connected = checked;
        return outcome;
      },
      'arm.request': async (request) =>
        orderRig<'arm.request'>(page, { name: 'arm.request', request, siteProblem: await siteProblem() }),
      'run.start': async (request) => {
        const startedAt = new Date();
        const outcome = await orderRig<'run.start'>(page, {
          name: 'run.start',
          request,
          sessionsFolder,
          folderStamp: folderStamp(startedAt),
          startedAt: isoWithOffset(startedAt),
        });
        if ('answer' in outcome) {
          recordingFolder = outcome.answer.folder;
          makeRoom();
        }
        return outcome;
      },
    };
  }

  return {
    onSessionFinished: onSessionFinished.event,
    stop: () => rig.stop(),
    attachPage(port) {
      const page = nextPage++;
      pages.set(page, port);
      serveCommands(port, handlersFor(page));
      port.onClose(() => {
        pages.delete(page);
        reviews.close(page);
        rig.closePage(page);
      });
    },
    async end() {
      isEnding = true;
      await rig.end();
      await Promise.all([studyRuns.stop(), reviews.end()]);
      await Promise.all(finishing);
      await library.close();
      for (const port of pages.values()) port.dispose();
      owner.dispose();
    },
  };
}
