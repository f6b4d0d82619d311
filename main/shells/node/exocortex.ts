// Entry of the plain-Node shell and of the command line: reads the arguments, runs one command, exits with its code.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type FaultCode, faultCodes } from '../../../common/contract/faults.ts';
import { stationFolder } from '../../application/station-folder.ts';
import { validate } from '../../experiment/validate.ts';
import { bench } from './commands/bench.ts';
import { devices } from './commands/devices.ts';
import { exportSession } from './commands/export.ts';
import { importRecording } from './commands/import.ts';
import { limits } from './commands/limits.ts';
import { recover } from './commands/recover.ts';
import { replay } from './commands/replay.ts';
import { report } from './commands/report.ts';
import { rules } from './commands/rules.ts';
import { run } from './commands/run.ts';
import { serve } from './commands/serve.ts';
import { verify } from './commands/verify.ts';
import { nodePlatform } from './node-platform.ts';
import { numberOption } from './number-option.ts';
import type { ShellSetting } from './shell-setting.ts';

const help = `Exocortex: couples living tissue to a simulated, learning population of neurons.

  exocortex                        opens the application
  exocortex serve                  serves the page on a loopback address [--port N] [--no-open]
  exocortex run <experiment file>  records one session without a page
      --seconds N                  how long; without it the sum of the experiment's phases
      --out DIR                    folder for sessions (default: sessions)
      --json                       the last line of standard output is one JSON object
      --fast                       faster than real time, for virtual sources
      --disarmed                   control run: everything but stimulation
      --from FILE                  goes on from a saved state of the population; with --disarmed a rehearsal of a copy of it
      --operator NAME              who is responsible (default: the user's name)
      --acknowledge CAUSE          names a cause that an earlier run has left latched
  exocortex validate <file>        checks an experiment, network model, limit profile, recording or rule study [--json]
  exocortex recover <session>      restores a session that was not closed, and exports it [--json]
  exocortex export <session>       writes its NWB file [--json]
      --nwb FILE                   where (default: session.nwb in the session's folder)
      --gzip N                     how hard to compress, 1 to 9; 0 is not at all (default: 2)
      --for neo                    for programs that read only physical units, such as python-neo: microvolts of single
                                   precision, twice the size (default file: session-neo.nwb)
  exocortex replay <session>       does a session again from its journal: is everything the same, bit for bit?
      --backend NAME               of reference, native, webgpu for the population (default: reference) [--json]
  exocortex import <file, folder>  takes a session into the library (--out DIR of sessions, default: sessions), or makes
                                   a recording of Intan, Open Ephys, SpikeGLX, NWB or plain samples one to replay
      --out DIR                    folder for it (default: recordings/<name>); --stream NAME of several [--json]
  exocortex report <session>       everything about a session in one HTML file [--json]
      --html FILE                  where (default: report.html in the session's folder)
      --pdf FILE                   prints it too, with the Chromium, Chrome or Edge of this computer
  exocortex verify [folder ...]    verifies the station's audit log, and sessions by it [--json]
  exocortex limits <command>       makes, signs, enrols, verifies and shows a site's limit files; 'limits help' lists them
  exocortex rules <command>        lists, shows, checks and compares learning rules; 'rules help' says how
  exocortex devices                lists the HID rigs and serial stimulators that are connected [--json]
  exocortex bench interlock        measures how fast a trip stops stimulation on the virtual rig
      --trips N                    in each of two conditions, idle and under load (default: 5000)
      --seed N                     of causes and moments [--json]
  exocortex bench simulation       measures the simulation beside Brian2, its back ends against each other and the loop
      --only PARTS                 of cuba,coba,plastic,microcircuit,parity,loop (default: all)
      --repeats N                  runs of which the median counts (default: 5)
      --seconds S                  simulated time of a run; without it what suits each part [--json]
  exocortex bench rules            measures what learning costs in the loop, rule by rule, beside Brian2 and snnTorch
      --only NAMES                 rules, and of brian2,snnTorch (default: all); --repeats and --seconds as above [--json]
  exocortex bench rhx              measures a recording from Intan RHX and damages its streams; without --host an emulated RHX
      --host ADDRESS --port N      a real RHX after Network → Remote TCP Control → Connect (port: 5000)
      --seconds S --channels N     how long, and how many channels of port A (default: 20 and 32)
      --blocks N                   data blocks per write of RHX: 1 is soonest (default: 1)
      --frames N --seed N          damaged frames that each parser is given (default: 1000000) [--json]
  exocortex bench open-ephys       measures a stream of the Open Ephys GUI and damages it; without --host of an emulated GUI
      --host ADDRESS --port N      a real GUI with the plugin ZMQ Interface, and its data port (port: 5556)
      --seconds S --channels N     how long, and how many channels the emulated GUI has (default: 20 and 32)
      --frames N --seed N          damaged messages and connections (default: 1000000 of each) [--json]
  exocortex bench hid              measures the driver of HID rigs on the emulated board and damages what it reads
      --only PARTS                 of reports-64,reports-128,reports-512,reports-1024,latency,fuzz (default: all)
      --seconds S                  of each line (default: 20)
      --board PROGRAM              the emulated board, where it is built already
      --frames N --seed N          damaged pieces that each parser is given (default: 1000000) [--json]
  exocortex bench recorder         measures what a disk lets be recorded, beside plain writes to it
      --out DIR                    folder on the disk, cleared afterwards (default: sessions)
      --channels N                 at 30 kHz (default: 1024)
      --seconds S --repeats N      of each stream, and how many of them (default: 10 and 3) [--json]
  exocortex bench export           measures how fast a session becomes an NWB file, on one that it writes and removes
      --gigabytes N --channels N   size of the session (default: 1), channels at 30 kHz (default: 384) [--json]
  exocortex bench review           measures how fast a long session is opened and looked at, on one that it writes and removes
      --gigabytes N                size of the session (default: 1)
      --repeats N                  windows that are looked at for each width (default: 5) [--json]
  exocortex --help                 this list
  exocortex --version

'run' exits with 0 only when the session was complete and safe, with 2 on bad input, else with 1.
'replay' exits with 0 when everything is equal, with 1 when not, with 2 when the session could not be replayed.
In the repository: npm start -- <command>, or npm run -s exocortex -- <command> without the set-up.`;

const programsFolder = dirname(fileURLToPath(import.meta.url));
const applicationFolder = resolve(programsFolder, '..', '..');

function interrupted(): Promise<void> {
  return new Promise((resolveInterrupt) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolveInterrupt());
  });
}

function setting(): ShellSetting {
  const { version } = JSON.parse(readFileSync(join(applicationFolder, 'package.json'), 'utf8')) as { version: string };
  return {
    platform: nodePlatform(programsFolder, applicationFolder, stationFolder(process.env, process.platform, homedir())),
    version,
    pageFolder: join(applicationFolder, 'dist', 'renderer'),
    print: (text) => console.log(text),
    printError: (text) => console.error(text),
    untilInterrupted: interrupted,
  };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      out: { type: 'string', default: 'sessions' },
      json: { type: 'boolean', default: false },
      fast: { type: 'boolean', default: false },
      disarmed: { type: 'boolean', default: false },
      from: { type: 'string' },
      operator: { type: 'string' },
      acknowledge: { type: 'string' },
      trips: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      repeats: { type: 'string' },
      gigabytes: { type: 'string', default: '1' },
      host: { type: 'string' },
      channels: { type: 'string' },
      board: { type: 'string' },
      blocks: { type: 'string', default: '1' },
      frames: { type: 'string', default: '1000000' },
      port: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', short: 'v', default: false },
    },
  });
}

function causeOption(text: string | undefined): FaultCode | undefined {
  if (text === undefined) return undefined;
  const cause = faultCodes.find((code) => code === text);
  if (cause === undefined) throw new RangeError(`--acknowledge names a cause such as unclean-exit, not '${text}'.`);
  return cause;
}

async function carryOut(args: string[]): Promise<number> {
  const shell = setting();
  if (args[0] === 'limits')
    return limits(shell, args.slice(1), { stationFolder: shell.platform.stationFolder, now: new Date() });
  if (args[0] === 'import') return importRecording(shell, args.slice(1));
  if (args[0] === 'export') return exportSession(shell, args.slice(1));
  if (args[0] === 'replay') return replay(shell, args.slice(1));
  if (args[0] === 'report') return report(shell, args.slice(1));
  if (args[0] === 'rules') return rules(shell, args.slice(1));
  const { values, positionals } = parse(args);
  const [command = 'serve', file, ...more] = positionals;
  if (values.help || command === 'help') {
    shell.print(help);
    return 0;
  }
  if (values.version) {
    shell.print(shell.version);
    return 0;
  }
  if (command === 'verify') return verify(shell, positionals.slice(1), values.json);
  if (more.length > 0) throw new RangeError(`'${more.join(' ')}' is one argument too many.`);
  const sessionsFolder = resolve(values.out);
  if (command === 'devices') {
    if (file !== undefined) throw new RangeError(`'${file}' is one argument too many.`);
    return devices(shell, values.json);
  }
  if (command === 'serve') {
    const hasDisplay =
      process.platform !== 'linux' ||
      process.env['DISPLAY'] !== undefined ||
      process.env['WAYLAND_DISPLAY'] !== undefined;
    return serve(shell, {
      sessionsFolder,
      port: numberOption('port', values.port ?? '0', 0, 65_535),
      doesOpen: hasDisplay && !values['no-open'],
    });
  }
  if (command === 'bench') return bench(shell, file, { ...values, sessionsFolder });
  if (!['run', 'validate', 'recover'].includes(command)) throw new RangeError(`There is no command '${command}'.`);
  if (file === undefined)
    throw new RangeError(`'${command}' needs a ${command === 'recover' ? 'session folder' : 'file'}.`);
  if (command === 'validate') {
    const station = { stationFolder: shell.platform.stationFolder, today: new Date().toISOString().slice(0, 10) };
    return validate(file, shell.print, { asJson: values.json, station });
  }
  if (command === 'recover') return recover(shell, resolve(file), values.json);
  return run(shell, {
    file,
    seconds: values.seconds === undefined ? undefined : numberOption('seconds', values.seconds, 1, 86_400),
    sessionsFolder,
    isJson: values.json,
    isFast: values.fast,
    isDisarmed: values.disarmed,
    startFrom: values.from,
    acknowledge: causeOption(values.acknowledge),
    operator: values.operator ?? process.env['USER'] ?? process.env['USERNAME'] ?? 'unknown',
  });
}

try {
  process.exitCode = await carryOut(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof RangeError || (error instanceof TypeError && 'code' in error);
  console.error(isUsage ? `${error.message}\n'exocortex --help' lists the commands.` : error);
  process.exitCode = isUsage ? 2 : 1;
}
