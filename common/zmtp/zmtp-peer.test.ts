import { describe, expect, it } from 'vitest';
import { encodeGreeting, encodeMessage, encodeReady, frameText, type SocketType } from './zmtp-frames.ts';
import { ZmtpPeer } from './zmtp-peer.ts';

function peer(type: SocketType) {
  const sent: number[] = [];
  const messages: string[][] = [];
  const end = new ZmtpPeer(type, (bytes) => sent.push(...bytes), {
    onReady: () => {},
    onMessage: (frames) => messages.push(frames.map((frame) => frameText(frame) ?? '?')),
  });
  return { end, messages, take: () => Uint8Array.from(sent.splice(0)) };
}

const text = (value: string) => new TextEncoder().encode(value);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** All that a publisher sends to a subscriber. */
const long = 'y'.repeat(300);
const stream = joined(
  encodeGreeting(),
  encodeReady('PUB'),
  encodeMessage([text('DATA'), text(''), text(long)]),
  encodeMessage([text('EVENT')]),
);

describe('one end of a ZeroMQ connection', () => {
  it('greets, says what it is, and hears messages', () => {
    const [ours, theirs] = [peer('REQ'), peer('REP')];
    for (let turn = 0; turn < 3; turn++) {
      ours.end.push(theirs.take());
      theirs.end.push(ours.take());
    }
    expect([ours.end.isReady, theirs.end.isReady]).toEqual([true, true]);
    ours.end.send([text(''), text('question')]);
    theirs.end.push(ours.take());
    expect(theirs.messages).toEqual([['', 'question']]);
  });

  it.each([1, 2, 7, 63, 64, 65, 250])('reads a stream that is cut into pieces of %i bytes', (size) => {
    const { end, messages } = peer('SUB');
    for (let at = 0; at < stream.length; at += size) expect(end.push(stream.subarray(at, at + size))).toBeUndefined();
    expect(messages).toEqual([['DATA', '', long], ['EVENT']]);
  });

  const after = (...parts: Uint8Array[]) => joined(encodeGreeting(), ...parts);
  const wrongMechanism = encodeGreeting();
  wrongMechanism.set(text('CURVE'), 12);
  const version2 = encodeGreeting();
  version2[10] = 1;
  it.each([
    ['a web server', text('HTTP/1.1 400 Bad Request\r\n'), 'no ZeroMQ'],
    ['an old version', version2, 'version 1'],
    ['a demand for a key', wrongMechanism, 'password or key'],
    ['a socket of another kind', after(encodeReady('REP')), 'REP socket, not PUB'],
    ['a message before the handshake is over', after(encodeMessage([text('DATA')])), 'before the handshake'],
    ['a refusal', after(Uint8Array.of(4, 8, 5, ...text('ERROR'), 1, 0x78)), 'refused: x'],
    ['a command without a name', after(Uint8Array.of(4, 1, 0)), 'no name'],
    ['properties that end in the middle', after(Uint8Array.of(4, 9, 5, ...text('READY'), 11, 1, 1)), 'nameless'],
    ['unknown flags', after(encodeReady('PUB'), Uint8Array.of(8, 1, 0)), 'begins with 8'],
    ['a command inside a message', after(encodeReady('PUB'), Uint8Array.of(1, 1, 0, 4, 1, 0)), 'begins with 4'],
    [
      'a frame without end',
      after(encodeReady('PUB'), Uint8Array.of(2, 255, 0, 0, 0, 0, 0, 0, 0)),
      'none of Open Ephys',
    ],
    [
      'too many frames',
      after(encodeReady('PUB'), encodeMessage(Array.from({ length: 9 }, () => text('')))),
      'too many',
    ],
  ])('ends at %s', (_, bytes, why) => {
    const { end, messages } = peer('SUB');
    expect(end.push(bytes)).toContain(why);
    expect(end.push(encodeMessage([text('late')]))).toContain(why);
    expect(messages).toEqual([]);
  });

  it('leaves commands of later versions aside', () => {
    const { end, messages } = peer('SUB');
    const ping = Uint8Array.of(4, 7, 4, ...text('PING'), 0, 0);
    expect(end.push(after(encodeReady('PUB'), ping, encodeMessage([text('DATA')])))).toBeUndefined();
    expect(messages).toEqual([['DATA']]);
  });
});
