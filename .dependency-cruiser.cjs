// Who may import whom: one rule per row of the table in docs/architecture.md, and the rules that hold for everybody.
// Every rule has a seeded violation in tests/safety/import-graph.test.ts.
const { builtinModules } = require('node:module');

const TEST = '\\.(test|e2e|fixture)\\.ts$';
const COMMON = '^common/';
const NODE = [`^(node:)?(${builtinModules.join('|')})$`];
const START_RIG = '^main/rig/start-rig\\.ts$';
const PLATFORM = '^main/rig/platform\\.ts$';
/** What the halves of a device promise; types for the parts that use one. */
const DEVICE = '^main/rig/hardware/device\\.ts$';
const READING_HALF = '^main/rig/hardware/reading-half\\.ts$';
const WRITING_HALF = '^main/rig/hardware/writing-half\\.ts$';
/** Reads HID inputs; never writes to one. */
const HID_INPUT = '^main/rig/hardware/hid-input\\.ts$';
/** Writes reports to a HID rig; only the HID thread does. */
const HID_OUTPUT = '^main/rig/hardware/hid/open-report-device\\.ts$';
const HID_THREAD = '^main/rig/(hid-rig|emulated-hid)-thread\\.ts$';
/** Opens serial ports; the only file that knows serialport. */
const SERIAL_PORTS = '^main/rig/hardware/serial/load-serial-ports\\.ts$';
/** Whoever holds one of these can make a stimulator on a serial port stimulate. */
const SERIAL_STIMULATORS =
  '^main/rig/hardware/serial/(load-serial-ports|serial-line|serial-stimulator|pulse-pal|stimjim|serial-host|serve-serial-stimulator|serial-link)\\.ts$';
/** The program that has a serial stimulator open. */
const SERIAL_PROGRAM = '^main/rig/serial-stimulator-program\\.ts$';
/** The only file that knows SQLite. */
const SQLITE = '^main/library/load-sqlite\\.ts$';
/** Reads the data ports of Intan RHX; what it does not read for some 40 s makes RHX stop. */
const RHX_READER = '^main/rig/hardware/rhx/stream-reader\\.ts$';
/** Reads the stream of the Open Ephys GUI, which drops what is not read. */
const OPEN_EPHYS_READER = '^main/rig/hardware/open-ephys/stream-reader\\.ts$';
/** Whoever holds one of these can make RHX stimulate. */
const RHX_COMMANDS = '^main/rig/hardware/rhx/(prepared-stimulator|controller|command-line)\\.ts$';
/** A TTL event may fire a stimulator that stands behind the Open Ephys GUI. */
const OPEN_EPHYS_EVENTS = '^main/rig/hardware/open-ephys/network-events\\.ts$';
const KEEP_ALIVE = '^main/rig/hardware/keep-alive\\.ts$';
/** Drives a browser for a bench; the only file of the application that knows playwright, which a bench alone needs. */
const DRIVEN_BROWSER = '^main/shells/node/commands/bench-review/drive-browser\\.ts$';
/** What the two shells share lies beside their folders. */
const BOTH_SHELLS = '^main/shells/[^/]+$';
const GATE = '^main/rig/stimulation/gate\\.ts$';
const PERMIT = '^main/rig/interlock/permit\\.ts$';
/** The files of the rig's own folder put the chain together; its parts are in folders below. */
const WIRING = '^main/rig/[^/]+$';
/** Opens the halves of a device and hands each to the part that uses it. */
const CONNECTION = '^main/rig/connect-device/';

const npm = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);

/**
 * A row of the table: the files of a module (tests beside them aside) may import what is listed and nothing else.
 * `$1` in the list stands for the first group in `path`.
 */
const row = (name, path, allowed, pathNot = []) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path, pathNot: [TEST, ...pathNot] },
  to: { pathNot: allowed },
});

/** A process border holds for tests too: a test beside a file stays in the process of that file. */
const border = (name, path, others) => ({
  name: `${name}-process-border`,
  severity: 'error',
  from: { path },
  to: { path: `^(${others})/` },
});

module.exports = {
  forbidden: [
    row('common', COMMON, [COMMON, ...npm('zod', 'canonicalize', 'jsep')]),

    row(
      'rig-part',
      '^main/rig/([^/]+)/',
      ['^main/rig/$1/', COMMON, ...NODE],
      [
        '^main/rig/(acquisition|connect-device|stimulation|supervision|interlock|session|operator|signal|stop-inputs)/',
        HID_INPUT,
        HID_OUTPUT,
        SERIAL_PORTS,
      ],
    ),
    row('serial-ports', SERIAL_PORTS, [
      '^main/rig/hardware/serial/serial-connection\\.ts$',
      COMMON,
      ...NODE,
      ...npm('serialport'),
    ]),
    row('stop-inputs', '^main/rig/stop-inputs/', ['^main/rig/stop-inputs/', HID_INPUT, COMMON, ...NODE]),
    row('hid-input', HID_INPUT, [COMMON, ...NODE, ...npm('node-hid')]),
    row('hid-output', HID_OUTPUT, ['^main/rig/hardware/hid/report-device\\.ts$', HID_INPUT, ...npm('node-hid')]),
    row('acquisition', '^main/rig/acquisition/', ['^main/rig/acquisition/', DEVICE, READING_HALF, COMMON, ...NODE]),
    row('stimulation', '^main/rig/stimulation/', ['^main/rig/stimulation/', DEVICE, PERMIT, COMMON, ...NODE], [GATE]),
    row('gate', GATE, ['^main/rig/(stimulation|interlock)/', DEVICE, WRITING_HALF, COMMON, ...NODE]),
    row('supervision', '^main/rig/supervision/', ['^main/rig/supervision/', DEVICE, KEEP_ALIVE, COMMON, ...NODE]),
    row('connect-device', CONNECTION, [CONNECTION, '^main/rig/(hardware|supervision)/', PLATFORM, COMMON, ...NODE]),
    row('signal', '^main/rig/signal/', ['^main/rig/signal/', '^native/', COMMON, ...NODE]),
    row('interlock', '^main/rig/interlock/', ['^main/rig/interlock/', COMMON]),
    row('session-and-operator', '^main/rig/(session|operator)/', ['^main/rig/$1/', COMMON]),
    row('rig-wiring', WIRING, ['^main/rig/', '^native/', COMMON, ...NODE], [PLATFORM]),
    row('platform', PLATFORM, [COMMON]),

    row('virtual-rig', '^main/virtual-rig/', ['^main/virtual-rig/', '^native/', COMMON, ...NODE]),
    row(
      'experiment-and-library',
      '^main/(experiment|library)/',
      ['^main/$1/', COMMON, ...NODE, ...npm('yaml', 'zod')],
      [SQLITE],
    ),
    row('sqlite', SQLITE, npm('@photostructure/sqlite')),
    {
      name: 'hid-in-its-thread',
      comment:
        'Listing HID devices and writing to them may stall for seconds: only the threads of the stop inputs and of a rig may do it.',
      severity: 'error',
      from: {
        pathNot: [
          '^main/rig/stop-input-thread\\.ts$',
          '^main/rig/stop-inputs/',
          HID_THREAD,
          '^main/rig/hardware/hid/',
          '^tests/',
          TEST,
        ],
      },
      to: { path: [HID_INPUT, HID_OUTPUT] },
    },
    row('application', '^main/application/', [
      '^main/(application|experiment|library)/',
      START_RIG,
      PLATFORM,
      '^main/rig/rig-messages\\.ts$',
      '^main/rig/stop-inputs/read-station-settings\\.ts$',
      '^native/load-native\\.ts$',
      COMMON,
      ...NODE,
    ]),
    row('electron-shell', '^main/shells/electron/', [
      '^main/(shells/electron|application)/',
      BOTH_SHELLS,
      START_RIG,
      PLATFORM,
      COMMON,
      ...NODE,
      ...npm('electron'),
    ]),
    row(
      'node-shell',
      '^main/shells/node/',
      [
        '^main/(shells/node|application|experiment)/',
        BOTH_SHELLS,
        START_RIG,
        PLATFORM,
        COMMON,
        ...NODE,
        ...npm('ws', '@types/ws'),
      ],
      [DRIVEN_BROWSER],
    ),
    row('driven-browser', DRIVEN_BROWSER, [
      '^main/shells/node/commands/bench-review/draw-times\\.ts$',
      ...npm('playwright'),
    ]),

    row('both-shells', BOTH_SHELLS, [BOTH_SHELLS, PLATFORM, COMMON, ...NODE]),

    row('simulation', '^simulation/', ['^simulation/', '^native/', COMMON, ...NODE, ...npm('webgpu')]),
    row('analysis', '^analysis/', ['^analysis/', '^native/', COMMON, ...NODE, ...npm('h5wasm')]),
    row('native', '^native/', ['^native/', COMMON, ...NODE]),

    row('page', '^renderer/', ['^renderer/', COMMON, ...npm('svelte', 'uplot')], ['^renderer/(ui|plots)/']),
    row('page-ui', '^renderer/ui/', ['^renderer/ui/', ...npm('svelte')]),
    row('page-plots', '^renderer/plots/', ['^renderer/plots/', COMMON, ...npm('svelte', 'uplot')]),
    {
      name: 'panels-do-not-know-each-other',
      severity: 'error',
      from: { path: '^renderer/panels/([^/.]+)' },
      to: { path: '^renderer/panels/', pathNot: '^renderer/panels/$1[/.]' },
    },
    {
      name: 'views-are-composed-at-the-top',
      comment: 'Views compose panels; only the page itself and other views know them.',
      severity: 'error',
      from: { path: '^renderer/[^/]+/', pathNot: '^renderer/views/' },
      to: { path: '^renderer/views/' },
    },

    {
      name: 'one-exit',
      comment: 'Only the gate drives a stimulator; one file opens it and hands it over.',
      severity: 'error',
      from: { pathNot: ['^main/rig/hardware/', GATE, CONNECTION, HID_THREAD, SERIAL_PROGRAM, '^tests/', TEST] },
      to: {
        path: [
          WRITING_HALF,
          RHX_COMMANDS,
          OPEN_EPHYS_EVENTS,
          SERIAL_STIMULATORS,
          '^main/rig/hardware/(device-connection|open-socket)\\.ts$',
          '^main/rig/hardware/hid/(hid-line|hid-user|serve-hid-rig|load-hid-system|emulated-hid-system)\\.ts$',
        ],
      },
    },
    {
      name: 'rhx-read-in-its-thread',
      comment: 'A reader that shares a thread with the loop stops when the loop does, and RHX after it.',
      severity: 'error',
      from: { pathNot: ['^main/rig/rhx-reader-thread\\.ts$', '^main/rig/hardware/rhx/', '^tests/', TEST] },
      to: { path: RHX_READER },
    },
    {
      name: 'open-ephys-read-in-its-thread',
      comment: 'A reader that shares a thread with the loop loses samples when the loop waits.',
      severity: 'error',
      from: {
        pathNot: ['^main/rig/open-ephys-reader-thread\\.ts$', '^main/rig/hardware/open-ephys/', '^tests/', TEST],
      },
      to: { path: OPEN_EPHYS_READER },
    },
    {
      name: 'sockets-in-hardware',
      comment:
        'The rig meets devices in hardware/ and the simulation in simulation-link/; nothing else of it opens a connection.',
      severity: 'error',
      from: { path: '^main/rig/', pathNot: ['^main/rig/(hardware|simulation-link)/', TEST] },
      to: { path: '^(node:)?(net|dgram|tls|http|https|http2)$' },
    },
    border('common', COMMON, 'main|simulation|analysis|renderer|native|scripts'),
    border('main', '^main/', 'simulation|analysis|renderer|scripts'),
    border('simulation', '^simulation/', 'main|analysis|renderer|scripts'),
    border('analysis', '^analysis/', 'main|simulation|renderer|scripts'),
    border('page', '^renderer/', 'main|simulation|analysis|native|scripts'),
    border('native', '^native/', 'main|simulation|analysis|renderer|scripts'),
    {
      name: 'electron-in-its-shell-only',
      severity: 'error',
      from: { pathNot: ['^main/shells/electron/', '^tests/e2e/'] },
      to: { path: npm('electron') },
    },
    {
      name: 'data-is-not-imported',
      comment: 'Experiments and resources are read and checked at run time.',
      severity: 'error',
      from: {},
      to: { path: '^(experiments|resources)/' },
    },
    { name: 'tests-are-not-imported', severity: 'error', from: { pathNot: '^tests/' }, to: { path: '^tests/' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|build|release|native/build)/' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'svelte', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.svelte', '.d.ts'],
    },
  },
};
