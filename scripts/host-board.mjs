// `node scripts/host-board.mjs`: builds the board's core as a program of this computer and prints where it is; for `exocortex bench hid`.
import { buildHostBoard } from './build-firmware.mjs';

const board = buildHostBoard();
if ('path' in board) console.log(board.path);
else {
  console.error(board.reason);
  process.exit(2);
}
