/** A socket, a clock and a storage that a test turns by hand. */

import { Connection } from "../../static/app/connection.js";
import { createStore } from "../../static/app/store.js";

export class FakeSocket {
  /** @type {FakeSocket[]} */
  static all = [];

  constructor(url, protocol, joins) {
    Object.assign(this, { url, protocol, joins, readyState: 1, sent: [], onmessage: null, onclose: null });
    FakeSocket.all.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  receive(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  lose(code = 1006, reason = "") {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  ops(op) {
    return this.sent.filter((frame) => frame.op === op);
  }
}

/** What goes by HTTP, behind the same face. */
export class FakeStream extends FakeSocket {}

export class FakeClock {
  now = 1_000_000;
  timers = new Map();
  next = 1;

  set = (run, ms) => {
    this.timers.set(this.next, { run, at: this.now + ms });
    return this.next++;
  };

  clear = (id) => this.timers.delete(id);

  pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const due = [...this.timers].filter(([, timer]) => timer.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.now = due[1].at;
      this.timers.delete(due[0]);
      due[1].run();
    }
    this.now = end;
  }
}

export class FakeStorage extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => this.set(key, value);
  removeItem = (key) => this.delete(key);
}

/** One page load: a connection and a store, over a storage that outlives it. */
export function pageLoad({ storage = new FakeStorage(), random = 0.5, known = async () => null, knock = async () => true, ...more } = {}) {
  FakeSocket.all = [];
  const clock = new FakeClock();
  const connection = new Connection({
    as: "a1",
    url: "ws://server/live?as=a1",
    socket: FakeSocket,
    stream: FakeStream,
    timers: clock,
    random: () => random,
    now: () => clock.now,
    whyNot: known,
    knock,
    ...more,
  });
  const frames = [];
  const store = createStore({
    connection,
    topic: "session/s1",
    storage,
    now: () => clock.now,
    schedule: (run) => frames.push(run),
    later: clock.set,
    random: () => random,
  });
  connection.start();
  return { connection, store, clock, storage, draw: () => frames.splice(0).forEach((run) => run()) };
}

export const socket = () => FakeSocket.all.at(-1);

export function hello(beat = 15, role = "attendee") {
  socket().receive({ op: "hello", protocol: 1, you: { id: "p1", name: "Ana", role }, beat });
}

export function state(at, put = {}, more = {}) {
  socket().receive({ op: "state", topic: "session/s1", at, put, ...more });
}
