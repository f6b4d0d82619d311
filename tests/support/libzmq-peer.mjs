// The other end of a ZeroMQ connection by libzmq itself, in a process of its own: `node libzmq-peer.mjs pub|rep|sub|req [endpoint]`.
import { Publisher, Reply, Request, Subscriber } from 'zeromq';

const [kind, endpoint] = process.argv.slice(2);
const tell = (message) => process.send?.(message);
process.on('disconnect', () => process.exit(0));

switch (kind) {
  case 'pub': {
    const socket = new Publisher({ linger: 0 });
    await socket.bind('tcp://127.0.0.1:0');
    // A subscription is over the wire before it is known here: what is asked for is sent until the process ends.
    process.on('message', async (frames) => {
      await socket.send(frames.map((frame) => Buffer.from(frame, 'base64')));
    });
    socket.events.on('accept', () => tell({ isAccepted: true }));
    tell({ endpoint: socket.lastEndpoint });
    break;
  }
  case 'rep': {
    const socket = new Reply({ linger: 0 });
    await socket.bind('tcp://127.0.0.1:0');
    tell({ endpoint: socket.lastEndpoint });
    for await (const [question] of socket) await socket.send(`you said ${question.toString()}`);
    break;
  }
  case 'sub': {
    const socket = new Subscriber({ linger: 0 });
    socket.connect(endpoint);
    socket.subscribe();
    tell({ endpoint });
    for await (const frames of socket) tell({ frames: frames.map((frame) => frame.toString('base64')) });
    break;
  }
  case 'req': {
    const socket = new Request({ linger: 0 });
    socket.connect(endpoint);
    process.on('message', async (question) => {
      await socket.send(question);
      const [answer] = await socket.receive();
      tell({ answer: answer.toString() });
    });
    tell({ endpoint });
    break;
  }
}
