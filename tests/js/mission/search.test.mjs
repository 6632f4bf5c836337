/** The newest question counts, whatever answer comes when. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { NOTHING } from "../../../static/mission/directory/look.js";
import { createSearch } from "../../../static/mission/directory/search.js";

const words = (q) => ({ ...NOTHING, q });
const settled = () => new Promise((resolve) => setTimeout(resolve));

function asked() {
  const calls = [];
  const timers = [];
  const ask = (look, signal, known) => new Promise((answer, refuse) => calls.push({ look, signal, known, answer, refuse }));
  const later = (run, ms) => timers.push({ run, ms });
  const search = createSearch({ ask, changed: () => {}, later });
  return { calls, timers, search };
}

test("an answer that comes late never takes the place of a newer one", async () => {
  const { calls, search } = asked();
  search.look(words("v"));
  search.look(words("vo"));
  calls[1].answer({ total: 2, cards: [] });
  await settled();
  calls[0].answer({ total: 99, cards: [] });
  await settled();
  assert.equal(search.state.found.total, 2);
  assert.ok(calls[0].signal.aborted && search.isOf(words("vo")));
});

test("an older one that comes first is none, either", async () => {
  const { calls, search } = asked();
  search.look(words("v"));
  search.look(words("vo"));
  calls[0].answer({ total: 99, cards: [] });
  await settled();
  assert.deepEqual([search.state.found, search.state.isAsking], [null, true]);
});

test("what is there already is asked for by its mark, and stays where nothing is another", async () => {
  const { calls, search } = asked();
  search.look(words("v"));
  calls[0].answer({ mark: "m1", total: 3, cards: [] });
  await settled();
  search.refresh();
  assert.deepEqual([calls[0].known, calls[1].known], ["", "m1"]);
  calls[1].answer({ mark: "m1" });
  await settled();
  assert.deepEqual([search.state.found.total, search.state.isAsking], [3, false]);
  search.look(words("vo"));
  assert.equal(calls[2].known, "");
});

test("letters are waited for, and what is there stays meanwhile", async () => {
  const { calls, timers, search } = asked();
  search.look(words(""));
  calls[0].answer({ total: 300, cards: [] });
  await settled();
  search.look(words("v"), true);
  search.look(words("vo"), true);
  assert.equal(calls.length, 1);
  assert.equal(search.state.found.total, 300);
  timers.at(-1).run();
  assert.equal(calls[1].look.q, "vo");
});

test("who was too quick, or lost the line, is asked for again without a press; other refusals are told", async () => {
  for (const [code, ms] of [["pace.directory", 2000], ["network.unreachable", 3000]]) {
    const { calls, timers, search } = asked();
    search.look(words("v"));
    calls[0].refuse({ code, text: "", retryAfter: code.startsWith("pace") ? 2 : null });
    await settled();
    assert.equal(search.state.problem.code, code);
    assert.equal(timers.at(-1).ms, ms);
    timers.at(-1).run();
    calls[1].answer({ total: 1, cards: [] });
    await settled();
    assert.deepEqual([search.state.problem, search.state.found.total], [null, 1]);
  }
  const { calls, timers, search } = asked();
  search.look(words("v"));
  calls[0].refuse({ code: "participant.left", text: "", retryAfter: null });
  await settled();
  assert.deepEqual([timers.length, search.state.isAsking], [0, false]);
});
