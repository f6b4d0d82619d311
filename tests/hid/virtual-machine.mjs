// A small virtual machine for tests that need a kernel's uhid: QEMU with Debian's kernel, whose root is this computer's, read-only.
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @param {string} command @param {string[]} args @param {string} [cwd] */
function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  return { succeeded: status === 0, output: error?.message ?? `${stdout}${stderr}`, stdout };
}

/**
 * Debian's newest kernel and busybox, downloaded and unpacked once; nothing is installed.
 * @param {string} folder that they are kept in
 * @returns {{ kernel: string, modules: string, busybox: string } | { reason: string }}
 */
function ensureKernel(folder) {
  const unpacked = join(folder, 'unpacked');
  if (!existsSync(join(unpacked, 'bin', 'busybox'))) {
    mkdirSync(folder, { recursive: true });
    const depends = run('apt-cache', ['depends', 'linux-image-amd64']);
    const image = /Depends: (linux-image-\S+)/.exec(depends.stdout ?? '')?.[1];
    if (image === undefined) return { reason: 'apt-cache knows no kernel of Debian (linux-image-amd64)' };
    const download = run('apt-get', ['download', image, 'busybox-static'], folder);
    if (!download.succeeded) return { reason: `Debian's kernel could not be downloaded: ${download.output.trim()}` };
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
      const unpack = run('dpkg-deb', ['-x', join(folder, file), unpacked]);
      if (!unpack.succeeded) return { reason: `${file} could not be unpacked: ${unpack.output.trim()}` };
    }
  }
  const kernel = readdirSync(join(unpacked, 'boot')).find((name) => name.startsWith('vmlinuz-'));
  if (kernel === undefined) return { reason: "there is no kernel in Debian's package" };
  const modules = join(unpacked, 'lib', 'modules', kernel.slice('vmlinuz-'.length), 'kernel');
  return { kernel: join(unpacked, 'boot', kernel), modules, busybox: join(unpacked, 'bin', 'busybox') };
}

/** Modules of the kernel by name, and what each needs: it says so itself. @param {string} folder */
function moduleTable(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ko'));
  const nameOf = (/** @type {string} */ file) => (file.split('/').at(-1) ?? '').slice(0, -3).replaceAll('-', '_');
  const paths = new Map(files.map((file) => [nameOf(file), join(folder, file)]));
  /** @param {string} name @param {Set<string>} found @returns {Set<string>} paths, in the order in which they can be loaded */
  function withNeeds(name, found) {
    const path = paths.get(name);
    // What has no file is built in.
    if (path === undefined || found.has(path)) return found;
    const depends = /\0depends=([^\0]*)\0/.exec(readFileSync(path, 'latin1'))?.[1] ?? '';
    for (const need of depends.split(',').filter((word) => word !== '')) withNeeds(need.replaceAll('-', '_'), found);
    return found.add(path);
  }
  return withNeeds;
}

/** An archive as the kernel unpacks its first files from (cpio, "new ASCII format"). @param {{ path: string, mode: number, bytes: Buffer }[]} files */
function archive(files) {
  const parts = [];
  const end = { path: 'TRAILER!!!', mode: 0, bytes: Buffer.alloc(0) };
  for (const [index, { path, mode, bytes }] of [...files, end].entries()) {
    const fields = [index + 1, mode, 0, 0, 1, 0, bytes.length, 0, 0, 0, 0, path.length + 1, 0];
    const head = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${path}\0`);
    for (const part of [head, bytes]) parts.push(part, Buffer.alloc((4 - (part.length % 4)) % 4));
  }
  return gzipSync(Buffer.concat(parts));
}

/** @typedef {{ name: string, isEmulated: boolean, arguments: readonly string[] }} Processor */

/** @type {Processor} */
const emulation = {
  name: 'software emulation',
  isEmulated: true,
  arguments: ['-accel', 'tcg,thread=multi', '-cpu', 'max'],
};
/** @type {Processor} */
const hardware = { name: 'KVM', isEmulated: false, arguments: ['-accel', 'kvm', '-cpu', 'host'] };

/** With KVM a machine begins within 2 s; where it does not within this, KVM is itself emulated, as inside some virtual machines. */
const beginsWithinSeconds = 20;

function canOpenKvm() {
  try {
    // eslint-disable-next-line exocortex/no-device-path -- the kernel's own door for virtual machines
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const modules = ['virtio_pci', '9pnet_virtio', '9p', 'hid_generic', 'uhid'];

/** @param {readonly string[]} files in the order of loading @param {readonly string[]} command */
const initScript = (files, command) => `#!/bin/busybox sh
export PATH=/bin
echo "exocortex: begun"
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t devtmpfs dev /dev
for module in ${files.map((_, index) => index).join(' ')}; do insmod /modules/$module.ko || echo "exocortex: module $module was not loaded"; done
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose root /system || echo "exocortex: no root"
mount -t proc proc /system/proc
mount -t sysfs sys /system/sys
mount -t devtmpfs dev /system/dev
mount -t tmpfs tmp /system/run
chroot /system ${command.map((word) => `'${word}'`).join(' ')}
echo "exocortex: ended with $?"
poweroff -f
`;

/**
 * Runs a command in the machine, whose processor is this computer's own through KVM where that can be had.
 * @param {(isEmulated: boolean) => readonly string[]} commandFor with absolute paths of this computer
 * @param {{ folder: string, mustEmulate: boolean, limitSeconds: number, onLine: (line: string) => void }} options the command's lines go to `onLine`
 * @returns {Promise<{ code: number, processor: string } | { reason: string }>}
 */
export async function runInMachine(commandFor, { folder, mustEmulate, limitSeconds, onLine }) {
  if (process.arch !== 'x64' || process.platform !== 'linux')
    return { reason: 'the virtual machine is described for Linux on x64 only' };
  if (!run('qemu-system-x86_64', ['--version']).succeeded)
    return { reason: 'QEMU was not found (Debian: apt-get install qemu-system-x86)' };
  const found = ensureKernel(folder);
  if ('reason' in found) return found;
  const image = join(folder, `initramfs-${process.pid}`);
  /** @param {Processor} processor @param {number} beginSeconds */
  const attempt = (processor, beginSeconds) => {
    writeFileSync(image, firstFiles(found, commandFor(processor.isEmulated)));
    return runMachine(processor, { kernel: found.kernel, image, beginSeconds, limitSeconds, onLine });
  };
  try {
    let processor = !mustEmulate && canOpenKvm() ? hardware : emulation;
    let ended = await attempt(processor, processor === hardware ? beginsWithinSeconds : limitSeconds);
    if (!ended.hasBegun && processor === hardware) {
      onLine(
        `With KVM the machine has not begun within ${beginsWithinSeconds} s (${ended.words || 'no word'}): its processor is emulated now.`,
      );
      processor = emulation;
      ended = await attempt(processor, limitSeconds);
    }
    const { code, words } = ended;
    if (code === undefined) return { reason: `the virtual machine ended early: ${words || 'no word'}` };
    return { code, processor: processor.name };
  } finally {
    rmSync(image, { force: true });
  }
}

/** @param {{ modules: string, busybox: string }} found @param {readonly string[]} command */
function firstFiles(found, command) {
  const withNeeds = moduleTable(found.modules);
  const files = [...modules.reduce((order, name) => withNeeds(name, order), new Set(/** @type {string[]} */ ([])))];
  const directory = (/** @type {string} */ path) => ({ path, mode: 0o040755, bytes: Buffer.alloc(0) });
  return archive([
    ...['bin', 'proc', 'dev', 'system', 'modules'].map(directory),
    { path: 'bin/busybox', mode: 0o100755, bytes: readFileSync(found.busybox) },
    { path: 'init', mode: 0o100755, bytes: Buffer.from(initScript(files, command)) },
    ...files.map((path, index) => ({ path: `modules/${index}.ko`, mode: 0o100644, bytes: readFileSync(path) })),
  ]);
}

/**
 * @param {Processor} processor
 * @param {{ kernel: string, image: string, beginSeconds: number, limitSeconds: number, onLine: (line: string) => void }} options
 * @returns {Promise<{ hasBegun: boolean, code: number | undefined, words: string }>} without a code the command has not come to its end; `words` are QEMU's
 */
async function runMachine(processor, { kernel, image, beginSeconds, limitSeconds, onLine }) {
  const machine = spawn(
    'qemu-system-x86_64',
    [
      ...['-nodefaults', '-no-reboot', '-display', 'none', '-serial', 'stdio', '-m', '1024', '-smp', '2'],
      ...processor.arguments,
      ...['-kernel', kernel, '-initrd', image, '-append', 'console=ttyS0 quiet panic=-1 mitigations=off'],
      ...['-fsdev', 'local,id=root,path=/,security_model=none,readonly=on,multidevs=remap'],
      ...['-device', 'virtio-9p-pci,fsdev=root,mount_tag=root'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const limit = setTimeout(() => machine.kill('SIGKILL'), limitSeconds * 1000);
  const beginning = setTimeout(() => machine.kill('SIGKILL'), beginSeconds * 1000);
  let held = '';
  let words = '';
  let hasBegun = false;
  /** @type {number | undefined} */
  let code;
  machine.stderr.on('data', (bytes) => (words += bytes));
  machine.stdout.on('data', (bytes) => {
    held += bytes;
    const lines = held.split(/\r?\n/);
    held = lines.pop() ?? '';
    for (const line of lines) {
      const ended = /^exocortex: ended with (\d+)/.exec(line);
      if (ended) code = Number(ended[1]);
      else if (line !== 'exocortex: begun') onLine(line);
      else {
        hasBegun = true;
        clearTimeout(beginning);
      }
    }
  });
  await new Promise((resolve) => machine.once('close', resolve));
  for (const timer of [limit, beginning]) clearTimeout(timer);
  return { hasBegun, code, words: words.trim() };
}
