// An imitated core behind a port: answers commands, moves a small state machine, sends live messages. Page's development only.
import type { ApplicationDescription, CommandRefusal } from '../../common/contract/commands.ts';
import { networkSamplesHz } from '../../common/contract/network-picture.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { streamRateHz, type TraceSignal, unacknowledgedMax } from '../../common/contract/streams.ts';
import { contractVersion } from '../../common/contract/version.ts';
import type { Port } from '../../common/transport/port.ts';
import { type CommandHandlers, sendNotice, serveCommands } from '../../common/transport/rpc.ts';
import { packSections } from '../../common/transport/sections.ts';
import { InventedStream } from '../plots/demo/invented-stream.ts';
import { selfTest } from './fake-arming.ts';
import { fakeChecks } from './fake-checks.ts';
import { FakeLimits } from './fake-limits.ts';
import { fakeReview } from './fake-review.ts';
import { fakeStudies } from './fake-studies.ts';
import { FakeNetwork } from './fake-network.ts';
import { experimentDetails, experiments, savedPopulations, sessions } from './fake-library.ts';
import { connect, idleStatus, isConnectedScene, neurons, populations, type Scene, setScene } from './scenes.ts';

const done = { answer: { done: true as const } };
const refuse = (what: string, cure: string): { refusal: CommandRefusal } => ({
  refusal: { code: 'not-now', what, cure },
});
const description: ApplicationDescription = {
  name: 'Exocortex',
  version: '0.1.0',
  contract: contractVersion,
  shell: 'node',
  platform: 'imitated',
  kernels: { kernel: 'typescript', reason: 'there is no C++ compiler on this machine' },
  sessionsFolder: '/home/lab/Exocortex/sessions',
};

export class FakeCore {
  readonly #status: RigStatus;
  readonly #scene: Scene;
  readonly #stream: InventedStream;
  #signal: TraceSignal = 'band';
  #unacknowledged = 0;
  #isNetworkLookedAt = false;
  #networkMs = -Infinity;
  readonly #network = new FakeNetwork(populations);
  #prearmedUntilMs = 0;
  #trippedMs = 0;
  #presentMs = 0;
  #heldMs = -Infinity;
  readonly #limits = new FakeLimits();

  constructor(scene: Scene, channels: number) {
    this.#scene = scene;
    this.#status = idleStatus(channels);
    this.#stream = new InventedStream(channels, neurons);
    const first = experiments[0];
    if (isConnectedScene(scene) && first !== undefined) connect(this.#status, first.file, first.name, first.title);
    setScene(this.#status, scene);
  }

  get isReachable(): boolean {
    return this.#scene !== 'unreachable';
  }

  serve(port: Port): void {
    serveCommands(port, this.#handlers(port));
    const beganMs = performance.now();
    let lastMs = beganMs;
    setInterval(() => {
      const nowMs = performance.now();
      if (this.#scene === 'silent' && nowMs - beganMs > 1500) return;
      this.#move((nowMs - lastMs) / 1000, nowMs);
      if (this.#unacknowledged >= unacknowledgedMax) this.#status.frames.dropped++;
      else this.#send(port, (nowMs - lastMs) / 1000);
      lastMs = nowMs;
    }, 1000 / streamRateHz);
  }

  #send(port: Port, seconds: number): void {
    this.#unacknowledged++;
    const status = this.#status;
    const isFlowing =
      status.session.stage !== 'idle' && this.#scene !== 'closed' && status.source.newestSampleAgeMilliseconds < 300;
    const { header, arrays } = this.#stream.next(isFlowing ? Math.round(1000 * seconds) : 0);
    if (status.interlock.state !== 'stimulating') {
      arrays.deliverySeconds = arrays.deliverySeconds.slice(0, 0);
      arrays.deliveryElectrode = arrays.deliveryElectrode.slice(0, 0);
      arrays.deliveryMicroamps = arrays.deliveryMicroamps.slice(0, 0);
    }
    status.counters.spikes += arrays.spikeSeconds.length;
    status.counters.deliveries += arrays.deliverySeconds.length;
    status.counters.requests += arrays.deliverySeconds.length;
    status.counters.permits += arrays.deliverySeconds.length;
    const traces = { ...header.traces, signal: this.#signal };
    const network = isFlowing ? this.#networkWhenDue() : undefined;
    port.send(packSections({ ...header, status, traces, ...(network === undefined ? {} : { network }) }, arrays));
  }

  #networkWhenDue() {
    const nowMs = performance.now();
    const { ticks } = this.#status.loop;
    if (!this.#isNetworkLookedAt || nowMs - this.#networkMs < 1000 / networkSamplesHz) return undefined;
    this.#networkMs = nowMs;
    return this.#network.picture(ticks, this.#status.source.channels);
  }

  #move(seconds: number, nowMs: number): void {
    const { session, interlock, source, loop } = this.#status;
    this.#status.hostNs = nowMs * 1e6;
    if (session.stage === 'idle') return;
    if (session.stage === 'recording') {
      session.elapsedSeconds += seconds;
      session.phase = session.elapsedSeconds < 60 ? 0 : 1;
    }
    loop.ticks += Math.round(1000 * seconds);
    loop.recent = { p50: 0.42, p99: 0.71 + 0.05 * Math.random(), max: 1.9 };
    if (interlock.isOutputOn === null) interlock.outputConfirmedAgoMilliseconds += 1000 * seconds;
    else interlock.outputConfirmedAgoMilliseconds = 5 + 15 * Math.random();
    this.#limits.fill(this.#status, this.#scene === 'near-limit');
    this.#movePresence(nowMs);
    const isSourceQuiet = this.#scene === 'stalled' || this.#scene === 'closed';
    source.newestSampleAgeMilliseconds = isSourceQuiet ? source.newestSampleAgeMilliseconds + 1000 * seconds : 1.2;
    if (this.#scene === 'lost' && Math.random() < 0.01) {
      source.samplesLost += 300;
      source.gaps++;
    }
    if (interlock.state === 'prearmed' && nowMs > this.#prearmedUntilMs) interlock.state = 'safe';
    if (interlock.state === 'tripped' && interlock.isAcknowledged) {
      interlock.canReset = nowMs - this.#trippedMs > 2000;
      interlock.resetBlockedBy = 'the cause was active less than 2 s ago';
    }
  }

  #movePresence(nowMs: number): void {
    const { presence } = this.#status.interlock;
    const mostSeconds = this.#scene === 'presence-due' && this.#presentMs === 0 ? 59 : 900;
    presence.dueSeconds = mostSeconds - (nowMs - this.#presentMs) / 1000;
    presence.isHeld = nowMs - this.#heldMs <= 2000;
  }

  #handlers(port: Port): CommandHandlers {
    const status = this.#status;
    const { interlock } = status;
    return {
      ...fakeReview(),
      ...fakeChecks(),
      ...fakeStudies((notice) => sendNotice(port, notice)),
      'application.describe': () => ({ answer: description }),
      'experiments.list': () => ({ answer: { experiments } }),
      'experiments.open': ({ file }) => experimentDetails(file),
      'sessions.list': () => ({
        answer: {
          sessions,
          found: sessions.length,
          all: sessions.length,
          choices: {
            subjects: ['culture-7'],
            experiments: [...new Set(sessions.map(({ experiment }) => experiment))],
            rules: ['pair-stdp'],
            tags: ['figure 3'],
          },
        },
      }),
      'sessions.tag': ({ folder, tag, isSet }) => {
        const session = sessions.find((known) => known.folder === folder);
        if (session === undefined) return refuse('there is no such session', 'Choose another one.');
        session.tags = [...session.tags.filter((other) => other !== tag), ...(isSet ? [tag] : [])].sort();
        sendNotice(port, { notice: 'sessions' });
        return { answer: { tags: session.tags } };
      },
      'sessions.report': ({ folder }) => ({ answer: { file: `${folder}/report.html` } }),
      'sessions.import': () => refuse('the imitated core imports nothing', 'Start Exocortex itself.'),
      'sessions.recover': async ({ folder }) => {
        for (let step = 0; step <= 10; step++) {
          sendNotice(port, {
            notice: 'task',
            task: `recover ${folder}`,
            title: 'recovering a session',
            state: 'running',
            fraction: step / 10,
          });
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        const nwb = `${folder}/session.nwb`;
        sendNotice(port, {
          notice: 'task',
          task: `recover ${folder}`,
          title: 'recovering a session',
          state: 'done',
          fraction: 1,
          result: nwb,
        });
        return { answer: { nwb, ticks: 18_211 } };
      },
      'rig.connect': ({ file }) => {
        const entry = experiments.find((known) => known.file === file);
        if (entry === undefined) return refuse('there is no such experiment', 'Choose another one.');
        connect(status, file, entry.name, entry.title);
        return done;
      },
      'rig.disconnect': () => {
        delete status.health;
        Object.assign(status, idleStatus(status.source.channels), { frames: status.frames });
        return done;
      },
      'arm.request': ({ probe }) => {
        const summary = selfTest(interlock.preparation ?? 'bench', interlock.limitsHash, probe);
        if (summary.isReady) interlock.state = 'prearmed';
        this.#prearmedUntilMs = performance.now() + 15_000;
        return { answer: summary };
      },
      'arm.confirm': ({ secondPerson }) => {
        if (interlock.state !== 'prearmed') return refuse('the time for the second control is over', 'Begin again.');
        if (interlock.preparation === 'animal-macro' && secondPerson === undefined)
          return refuse(
            'this profile needs a second person',
            'A second person enters their name and holds the control.',
          );
        Object.assign(interlock, { state: 'armed', armedSession: '7F3B' });
        return done;
      },
      'arm.cancel': () => {
        interlock.state = 'safe';
        return done;
      },
      'run.start': ({ seconds }) => {
        Object.assign(status.session, { stage: 'recording', elapsedSeconds: 0, phase: 0 });
        if (seconds !== undefined) status.session.requestedSeconds = seconds;
        status.recorder.isRecording = true;
        if (interlock.state === 'armed') Object.assign(interlock, { state: 'stimulating', isOutputOn: true });
        return { answer: { folder: '/home/lab/Exocortex/sessions/new' } };
      },
      'run.end': () => {
        Object.assign(status.session, { stage: 'live', phase: -1 });
        status.recorder.isRecording = false;
        Object.assign(interlock, { state: 'safe', isOutputOn: false, armedSession: '' });
        return done;
      },
      stop: () => {
        if (this.#scene === 'failing-stop') interlock.state = 'stopping';
        else
          setTimeout(
            () =>
              Object.assign(interlock, {
                state: interlock.state === 'tripped' ? 'tripped' : 'safe',
                isOutputOn: false,
                armedSession: '',
              }),
            30,
          );
        return done;
      },
      'presence.confirm': ({ isHeld }) => {
        this.#presentMs = performance.now();
        if (isHeld) this.#heldMs = this.#presentMs;
        return done;
      },
      'limits.tighten': (tightening) => {
        const limitsHash = this.#limits.tighten(tightening);
        if (limitsHash === undefined)
          return refuse(
            'none of these limits is tighter than those in force',
            'Only tighter limits count here; a PI loosens the site file.',
          );
        interlock.limitsHash = limitsHash;
        return { answer: { limitsHash } };
      },
      'trip.acknowledge': ({ cause }) => {
        if (cause !== interlock.firstCause?.code)
          return refuse('this was not the cause', 'Read the card and choose again.');
        interlock.isAcknowledged = true;
        this.#trippedMs = performance.now();
        return done;
      },
      'trip.reset': () => {
        Object.assign(interlock, { state: 'safe', isAcknowledged: false, canReset: false, furtherCauses: [] });
        delete interlock.firstCause;
        return done;
      },
      'stimulus.test': () => {
        status.counters.requests++;
        status.counters.permits++;
        status.counters.deliveries++;
        return done;
      },
      'population.pause': () => {
        status.simulation.isPaused = true;
        return done;
      },
      'population.resume': () => {
        status.simulation.isPaused = false;
        return done;
      },
      'population.control': (control) => {
        const { simulation } = status;
        if (control.kind === 'drive') {
          const { population, strength, unit, milliseconds } = control;
          simulation.drives = [{ population, strength, unit, millisecondsLeft: milliseconds }];
        } else if (control.kind === 'end-drive') simulation.drives = [];
        return done;
      },
      'population.states': () => ({ answer: savedPopulations }),
      'population.save': () => ({
        answer: { file: 'sessions/example/population-12000-ms.state', step: 24_000, bytes: 1_234_567 },
      }),
      'mark.add': () => done,
      'live.subscribe': ({ signal }) => {
        this.#signal = signal;
        this.#unacknowledged = 0;
        return done;
      },
      'live.unsubscribe': () => done,
      'live.inspect': ({ network }) => {
        this.#isNetworkLookedAt = network;
        return done;
      },
      'live.acknowledge': () => {
        this.#unacknowledged = Math.max(this.#unacknowledged - 1, 0);
        return done;
      },
    };
  }
}
