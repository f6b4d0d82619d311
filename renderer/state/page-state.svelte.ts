// Everything that the page knows and does, wired once. Runs in the page; components show it and call it.
import { type Disposable, DisposableStore } from '../../common/base/disposable.ts';
import type {
  ApplicationDescription,
  CommandAnswers,
  CommandName,
  CommandRequest,
  CoreNotice,
  ExperimentEntry,
} from '../../common/contract/commands.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import type { LiveArrays, LiveHeader, TraceSignal } from '../../common/contract/streams.ts';
import { contractVersion } from '../../common/contract/version.ts';
import { CoreLink } from '../connection/core-link.svelte.ts';
import type { Transport } from '../connection/transport.ts';
import { formatClock } from '../../common/figures/format-quantity.ts';
import type { PageTime } from '../time/page-time.ts';

import { controlReasons } from '../words/control-reasons.ts';
import { Arming } from './arming.svelte.ts';
import { Bulletin, type Task } from './bulletin.svelte.ts';
import type { GiveCommand } from './give-command.ts';
import { isValid, Library } from './library.svelte.ts';
import { LimitWatch } from './limit-watch.svelte.ts';
import { LiveFeed } from './live-feed.svelte.ts';
import { NetworkLook } from './network-look.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { Presence } from './presence.svelte.ts';
import { Review } from './review.svelte.ts';
import { RigChecks } from './rig-checks.svelte.ts';
import { RigState } from './rig-state.svelte.ts';
import { SourceWatch } from './source-watch.svelte.ts';
import { isStudyTask, Studies } from './studies.svelte.ts';
import { StopControl } from './stop-control.svelte.ts';
import { Tightening } from './tightening.svelte.ts';
import { TripAnswer } from './trip-answer.svelte.ts';
import { type NetworkPart, type ViewName, viewNames } from './view-name.ts';

/** Where live samples go: the plots' buffers. */
export interface SampleBuffers {
  push(header: LiveHeader, arrays: LiveArrays): void;
  clear(): void;
}

export interface PageStateParts {
  transport: Transport;
  time: PageTime;
  samples: SampleBuffers;
  /** Kept for this browser, and for this tab. */
  localStorage: Pick<Storage, 'getItem' | 'setItem'>;
  sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

const viewKey = 'exocortex.view';

export class PageState implements Disposable {
  readonly link: CoreLink;
  readonly rig: RigState;
  readonly stop: StopControl;
  readonly arming: Arming;
  readonly presence: Presence;
  readonly tripAnswer: TripAnswer;
  readonly tightening: Tightening;
  readonly limits: LimitWatch;
  readonly network: NetworkLook;
  readonly source = new SourceWatch();
  readonly feed: LiveFeed;
  readonly bulletin: Bulletin;
  readonly library: Library;
  readonly review: Review;
  readonly studies: Studies;
  readonly checks: RigChecks;
  readonly preferences: Preferences;
  readonly layoutStorage: Pick<Storage, 'getItem' | 'setItem'>;
  application = $state.raw<ApplicationDescription | undefined>();
  signal = $state<TraceSignal>('band');
  /** Whether a run starts by itself as soon as the rig is armed. */
  startsRunWhenArmed = $state(true);
  /** Asked length of the next run, s; undefined: until it is ended. */
  runSeconds = $state<number | undefined>();
  #networkPart = $state<NetworkPart>('network');
  /** Commands under way. */
  pending = $state.raw<ReadonlySet<CommandName>>(new Set());
  #view = $state<ViewName>('rig');
  readonly #samples: SampleBuffers;
  readonly #sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #owned = new DisposableStore();
  #experiment = '';
  /** Whether the shell tells where things lie that were dropped. */
  readonly knowsPaths: boolean;

  constructor({ transport, time, samples, localStorage, sessionStorage }: PageStateParts) {
    this.#samples = samples;
    this.layoutStorage = localStorage;
    this.#sessionStorage = sessionStorage;
    this.#view = viewNames.find((name) => name === sessionStorage.getItem(viewKey)) ?? 'rig';
    this.bulletin = new Bulletin(time);
    this.knowsPaths = transport.onDroppedPaths !== undefined;
    const dropped = transport.onDroppedPaths?.((paths) => void this.#importPaths(paths));
    if (dropped !== undefined) this.#owned.add(dropped);
    this.preferences = new Preferences(localStorage);
    const call: GiveCommand = (command, request) => this.link.call(command, request);
    this.rig = this.#owned.add(new RigState(time));
    this.library = new Library(call);
    this.review = new Review(call, (refusal) => this.bulletin.refuse(refusal));
    this.studies = new Studies(call, (refusal) => this.bulletin.refuse(refusal));
    this.checks = new RigChecks(call, (refusal) => this.bulletin.refuse(refusal));
    this.stop = this.#owned.add(
      new StopControl(async () => ('answer' in (await call('stop', {})) ? 'answered' : 'not-sent'), time),
    );
    this.arming = this.#owned.add(new Arming(call, time, () => this.#armed()));
    this.presence = this.#owned.add(new Presence(call, time));
    this.tripAnswer = new TripAnswer(call);
    this.tightening = new Tightening(call);
    this.limits = new LimitWatch(time);
    this.network = this.#owned.add(new NetworkLook(call, time));
    this.feed = this.#owned.add(
      new LiveFeed(
        {
          status: (status) => this.#noteStatus(status),
          samples: (header, arrays) => samples.push(header, arrays),
          network: (picture) => this.network.take(picture),
          acknowledge: (frame) => void call('live.acknowledge', { frame }),
        },
        time,
      ),
    );
    this.link = this.#owned.add(
      new CoreLink(transport, time, {
        onOpen: () => void this.#begin(),
        onNotice: (notice) => this.#noteNotice(notice),
        onBytes: (bytes) => this.feed.take(bytes),
      }),
    );
  }

  get view(): ViewName {
    return this.#view;
  }
  set view(view: ViewName) {
    this.#view = view;
    this.#sessionStorage.setItem(viewKey, view);
    this.network.look(view === 'network');
    if (view === 'review') void this.#openLibrary();
    if (this.#isAtStudies) void this.studies.refresh();
    if (view === 'rig') void this.checks.look();
    if (view === 'rig' || view === 'design') void this.library.refreshExperiments();
  }

  get networkPart(): NetworkPart {
    return this.#networkPart;
  }
  set networkPart(part: NetworkPart) {
    this.#networkPart = part;
    if (this.#isAtStudies) void this.studies.refresh();
  }
  get #isAtStudies(): boolean {
    return this.#view === 'network' && this.#networkPart === 'studies';
  }

  /** Long work for the corner: a study is shown there while its own place is not open. */
  get tasksElsewhere(): readonly Task[] {
    return this.#isAtStudies ? this.bulletin.tasks.filter((task) => !isStudyTask(task)) : this.bulletin.tasks;
  }

  /** The status while it may be taken for true. */
  get status(): RigStatus | undefined {
    return this.rig.isKnown ? this.rig.status : undefined;
  }

  /** What the trip card says about causes. */
  get faultMessages(): ReadonlySet<string> {
    const { firstCause, furtherCauses = [] } = this.rig.status?.interlock ?? {};
    return new Set([firstCause, ...furtherCauses].flatMap((cause) => cause?.message ?? []));
  }

  /** Why controls cannot be used now. */
  get reasons() {
    return controlReasons(this.status);
  }

  /** The experiment that is connected or on its way to be. */
  get connected(): RigStatus['session']['experiment'] {
    return this.status?.session.stage === 'idle' ? undefined : this.status?.session.experiment;
  }

  /** Why an experiment can neither be connected nor be gone to; '' when it can. */
  reasonAgainst(entry: ExperimentEntry): string {
    if (this.connected?.file === entry.file) return '';
    return isValid(entry) ? this.reasons.connect : 'Its file has errors.';
  }

  open(): void {
    this.link.open();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** Output off, now. */
  pressStop(): void {
    this.arming.hold.release();
    this.presence.release();
    this.stop.press();
  }

  /** First control of arming: the self-test, after the probe's serial number where the preparation asks for it. */
  beginArming(): void {
    const preparation = this.status?.interlock.preparation;
    if (preparation === undefined || preparation === 'bench') void this.arming.request(this.preferences.operator);
    else this.arming.identify();
  }

  /** Gives a command; a refusal is shown in words. @returns the answer, undefined when it was refused. */
  async give<N extends CommandName>(command: N, request: CommandRequest<N>): Promise<CommandAnswers[N] | undefined> {
    this.pending = new Set([...this.pending, command]);
    const outcome = await this.link.call(command, request);
    this.pending = new Set([...this.pending].filter((name) => name !== command));
    if ('answer' in outcome) return outcome.answer;
    this.bulletin.refuse(outcome.refusal);
    return undefined;
  }

  /** Connects an experiment and goes to where it is seen. @param startFrom saved state that its population goes on from */
  async connect(file: string, startFrom?: string): Promise<void> {
    this.view = 'run';
    const request = startFrom === undefined ? { file } : { file, startFrom };
    await Promise.all([this.library.choose(file), this.give('rig.connect', request)]);
  }

  /** Goes to a connected experiment, and connects any other first. */
  async goTo(file: string): Promise<void> {
    if (this.connected?.file === file) this.view = 'run';
    else await this.connect(file);
  }

  startRun(): Promise<unknown> {
    const { operator } = this.preferences;
    return this.give(
      'run.start',
      this.runSeconds === undefined ? { operator } : { operator, seconds: this.runSeconds },
    );
  }

  async mark(text: string): Promise<void> {
    const reason = this.reasons.mark;
    if (reason !== '') {
      this.bulletin.say(reason);
      return;
    }
    const atSeconds = this.rig.status?.session.elapsedSeconds ?? NaN;
    const answer = await this.give('mark.add', { text });
    if (answer !== undefined) this.bulletin.say(`${text === '' ? 'Mark' : 'Note'} at ${formatClock(atSeconds)}`);
  }

  showSignal(signal: TraceSignal): void {
    this.signal = signal;
    void this.give('live.subscribe', { signal });
  }

  #noteStatus(status: RigStatus): void {
    const experiment = status.session.stage === 'connecting' ? '' : (status.session.experiment?.file ?? '');
    if (experiment !== this.#experiment && experiment !== '') {
      this.#samples.clear();
      this.network.forget();
      if (this.library.chosenFile !== experiment) void this.library.choose(experiment);
    }
    this.#experiment = experiment;
    if (experiment === '') this.network.forget();
    this.rig.take(status);
    this.stop.note(status);
    this.source.note(status);
    this.checks.note(status);
    this.limits.note(status);
    this.tripAnswer.note(status);
    if (!status.interlock.presence.mustHold) this.presence.release();
    this.arming.note(status.interlock.state);
  }

  #noteNotice(notice: CoreNotice): void {
    this.bulletin.take(notice);
    if (notice.notice === 'task') this.studies.note(notice);
    if (notice.notice === 'review') this.review.note(notice);
    const isDone = notice.notice === 'task' && notice.state !== 'running';
    if ((isDone || notice.notice === 'sessions') && this.#view === 'review') void this.library.refreshSessions();
  }

  /** What is known is shown at once, and what the folders hold as soon as they are read. */
  async #openLibrary(): Promise<void> {
    await this.library.refreshSessions();
    await this.library.refreshSessions(true);
  }

  /** Something was dropped onto the page. @param names of files and folders, without where they lie */
  noteDrop(names: readonly string[]): void {
    if (this.#view !== 'review' || names.length === 0 || this.knowsPaths) return;
    this.bulletin.refuse({
      code: 'unsupported',
      what: `A browser does not tell where ${names.map((name) => `“${name}”`).join(', ')} lies`,
      cure: 'On the computer of the rig, give: exocortex import <path>',
    });
  }

  async #importPaths(paths: readonly string[]): Promise<void> {
    if (this.#view !== 'review') return;
    for (const path of paths) {
      const outcome = await this.link.call('sessions.import', { path });
      // Whatever else is wrong is told where its progress was.
      if ('refusal' in outcome && outcome.refusal.code === 'not-now') this.bulletin.refuse(outcome.refusal);
      if ('answer' in outcome && outcome.answer.kind === 'recording')
        this.bulletin.say(`An experiment replays it with “recording: ${outcome.answer.path}”`);
    }
  }

  #armed(): void {
    const isStopping = this.stop.progress.kind === 'sent';
    if (this.startsRunWhenArmed && !isStopping && this.rig.status?.session.stage === 'live') void this.startRun();
  }

  /** On a fresh connection: says hello, asks for the stream and the lists. */
  async #begin(): Promise<void> {
    this.feed.reset();
    this.#samples.clear();
    void this.give('live.subscribe', { signal: this.signal });
    this.network.begin(this.#view === 'network');
    void this.library.refreshExperiments();
    if (this.#view === 'rig') void this.checks.look();
    if (this.#view === 'review') void this.#openLibrary();
    void this.review.openAgain();
    if (this.#isAtStudies) void this.studies.refresh();
    this.application = await this.give('application.describe', {});
    if (this.application !== undefined && this.application.contract !== contractVersion) {
      this.bulletin.refuse({
        code: 'unsupported',
        what: 'This page and the running program are of different versions.',
        cure: 'Reload the page; if that does not help, start Exocortex again.',
      });
    }
  }
}
