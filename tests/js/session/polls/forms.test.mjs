import assert from "node:assert/strict";
import test from "node:test";

import { addCatalog, setLang } from "../../../../static/app/i18n.js";
import { argsOf, draftOf, mistakeIn, withoutOption } from "../../../../static/session/polls/draft.js";
import { leftOf, saidBetween } from "../../../../static/session/polls/forms/left.js";
import {
  asCloud,
  binsOf,
  grouped,
  moved,
  numberOf,
  placeIn,
  rankingOf,
  scaleOf,
  shifts,
  stepsOf,
  wordsOf,
} from "../../../../static/session/polls/forms/tally.js";
import { inPlace } from "../../../../static/session/polls/steady.js";

// what draws asks for a document as it is imported; nothing is drawn here
globalThis.document ??= /** @type {any} */ ({ documentElement: {}, createTreeWalker: () => ({}), createComment: () => ({}) });
const { FORM: CLOUD } = await import("../../../../static/session/polls/forms/cloud.js");
const { FORM: NUMBER } = await import("../../../../static/session/polls/forms/number.js");
const { FORM: QUIZ, rightOf } = await import("../../../../static/session/polls/forms/quiz.js");
const { FORM: RANKING } = await import("../../../../static/session/polls/forms/ranking.js");
const { FORM: SCALE } = await import("../../../../static/session/polls/forms/scale.js");
const { FORM: TEXT } = await import("../../../../static/session/polls/forms/text.js");

addCatalog("en", { "forms.no_number": "no number", "forms.between": "from {low} to {high}", "forms.out_of_limits": "{limits}, please." });
setLang("en");

const OPTIONS = ["A", "B", "C"].map((text, at) => ({ id: String(at + 1), text }));

test("a number is understood as either language writes it", () => {
  const said = { 12: 12, "12,5": 12.5, "12.5": 12.5, "1.250,5": 1250.5, "1,250.5": 1250.5, "1 250": 1250, "\u22123": -3, "1.000.000": 1000000 };
  for (const [text, value] of Object.entries(said)) for (const lang of ["en", "nl"]) assert.equal(numberOf(text, lang), value, text);
  // what both languages write, they mean otherwise
  assert.deepEqual([numberOf("1.250", "nl"), numberOf("1.250", "en")], [1250, 1.25]);
  assert.deepEqual([numberOf("1,250", "nl"), numberOf("1,250", "en")], [1.25, 1250]);
  for (const text of ["", "about ten", "1.2.3", "-", ".", "12 euro", "1e5", "Infinity"]) assert.equal(numberOf(text), null, text);
});

test("a scale has its steps, each with its votes and share, and nothing a record lacks keeps it from being drawn", () => {
  const poll = { scale: { from: 0, to: 3 }, tally: { votes: [1, 0, 4, 3] }, counted: 8 };
  assert.deepEqual(stepsOf(poll), [0, 1, 2, 3]);
  const columns = scaleOf(poll, 2);
  assert.deepEqual(columns.map(({ percent }) => percent), [13, 0, 50, 38]);
  assert.deepEqual(columns.map(({ share }) => share), [0.25, 0, 1, 0.75]);
  assert.deepEqual(columns.map(({ mine, most }) => [mine, most]), [[false, false], [false, false], [true, true], [false, false]]);
  for (const wrong of [{}, { scale: null, tally: null }, { scale: { from: 5, to: 1 } }, { scale: { from: 0, to: 1e9 }, tally: { votes: "x" } }])
    assert.ok(scaleOf(wrong).length > 0 && scaleOf(wrong).length <= 21);
});

test("a median stands in its own column, be that wider than the others or not", () => {
  const bins = [
    { from: 0, to: 10, votes: 1 },
    { from: 10, to: 20, votes: 2 },
    { from: 20, to: 1000, votes: 1 },
  ];
  assert.equal(placeIn(bins, 15), 0.5);
  assert.equal(placeIn(bins, 510), 2.5 / 3);
  assert.equal(placeIn(bins, 2000), null);
  assert.equal(placeIn(undefined, 3), null);
  assert.deepEqual(binsOf({ tally: { bins }, counted: 4 }, String, 12).map(({ label, mine }) => [label, mine]), [["0–10", false], ["10–20", true], ["20–1000", false]]);
});

test("the words of a cloud are sized by how many said them, the largest in the middle", () => {
  const words = wordsOf({ tally: { words: [{ text: "a", votes: 1 }, { text: "b", votes: 4 }, { text: "c", votes: 2 }, { text: 5 }] } });
  assert.deepEqual(words.map(({ text, size }) => [text, Math.round(size * 100)]), [["b", 100], ["c", 71], ["a", 50]]);
  assert.deepEqual(asCloud(words).map(({ text }) => text), ["c", "b", "a"]);
  assert.deepEqual(wordsOf({}), []);
});

test("a ranking is told best first, and equal points share a place", () => {
  const options = OPTIONS.map((option, at) => ({ ...option, score: [1.5, 2.5, 1.5][at] }));
  assert.deepEqual(rankingOf({ options }).map(({ id, place, share }) => [id, place, share]), [["2", 1, 1], ["1", 2, 0.6], ["3", 2, 0.6]]);
});

test("one thing of a list is moved a place, and not beyond its ends", () => {
  assert.deepEqual(moved(["a", "b", "c"], 2, -1), ["a", "c", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, 1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b"], 0, -1), ["a", "b"]);
  assert.deepEqual(moved(["a", "b"], 1, 1), ["a", "b"]);
});

test("a second round differs by points of a hundred", () => {
  assert.deepEqual(shifts([{ percent: 40 }, { percent: 60 }], [{ percent: 55 }, { percent: 45 }]), [-15, 15]);
  assert.deepEqual(shifts([{ percent: 40 }], []), [40]);
});

test("answers stand in their groups, those of none at the end", () => {
  const answers = [{ text: "a" }, { text: "b", group: "grid" }, { text: "c", group: "" }, { text: "d", group: "grid" }];
  assert.deepEqual(grouped(answers).map(({ group, all }) => [group, all.map(({ text }) => text)]), [["grid", ["b", "d"]], ["", ["a", "c"]]]);
});

test("what is looked at keeps its place, and what came since stands behind it", () => {
  const rows = ["a", "b", "c", "d"].map((id) => ({ id }));
  const ids = (held) => inPlace(rows, held).map(({ id }) => id);
  assert.deepEqual(ids(null), ["a", "b", "c", "d"]);
  assert.deepEqual(ids(["c", "gone", "a"]), ["c", "a", "b", "d"]);
});

test("the time that is left is said a minute and ten seconds before the end, each once", () => {
  const closes = 100_000;
  assert.equal(leftOf(closes, 40_000), "1:00");
  assert.equal(leftOf(closes, 200_000), "0:00");
  const said = [];
  for (let now = 1_000; now <= 110_000; now += 1_000) said.push(saidBetween(closes, now - 1_000, now));
  assert.deepEqual(said.filter(Boolean), [60, 10]);
  assert.equal(saidBetween(closes, 95_000, 96_000), undefined, "who comes later is not told what is over");
});

test("an answer is what the server takes, and none as long as there is none", () => {
  const scale = { form: "scale", scale: { from: 1, to: 5 } };
  assert.equal(SCALE.answer(scale, SCALE.begin(scale, undefined)), null);
  assert.deepEqual(SCALE.answer(scale, 4), { number: 4 });
  assert.equal(CLOUD.answer({}, ["", " ", ""]), null);
  assert.deepEqual(CLOUD.answer({}, CLOUD.begin({}, { texts: ["grid", "money"] })), { texts: ["grid", "money"] });
  assert.equal(TEXT.answer({}, "  "), null);
  assert.deepEqual(TEXT.answer({}, " Yes. "), { texts: ["Yes."] });
  const quiz = { form: "quiz", options: OPTIONS };
  assert.equal(QUIZ.answer(quiz, QUIZ.begin(quiz, undefined)), null);
  assert.deepEqual(QUIZ.answer(quiz, { options: ["2"], team: true }), { options: ["2"], team: true });
  assert.deepEqual(QUIZ.answer(quiz, { options: ["2"], team: false }), { options: ["2"] });
  assert.deepEqual(rightOf({ ...quiz, right: ["2"] }), ["2"]);
  assert.deepEqual(rightOf(quiz), []);
});

test("a ranking is whole, also where a draft of it is older than its options", () => {
  const poll = { form: "ranking", options: OPTIONS };
  assert.deepEqual(RANKING.begin(poll, undefined), ["1", "2", "3"]);
  assert.deepEqual(RANKING.answer(poll, ["3", "9", "1"]), { options: ["3", "1", "2"] });
  assert.equal(RANKING.said(poll, { options: ["3", "1"] }), "1. C  2. A");
});

test("a number outside its limits, or none at all, is said before it is sent", () => {
  const poll = { form: "number", number: { unit: "%", low: 0, high: 100 } };
  assert.equal(NUMBER.answer(poll, ""), null);
  assert.equal(NUMBER.wrong(poll, ""), "");
  assert.equal(NUMBER.wrong(poll, "12,5"), "");
  assert.deepEqual(NUMBER.answer(poll, "12,5"), { number: 12.5 });
  assert.equal(NUMBER.wrong(poll, "many"), "no number");
  assert.equal(NUMBER.wrong(poll, "101"), "from 0 to 100, please.");
  assert.equal(NUMBER.said(poll, { number: 12.5 }), "12.5 %");
});

test("a poll is asked of the server as it is written, and what is usual is left out", () => {
  const draft = { ...draftOf(undefined), question: " How? " };
  assert.deepEqual(argsOf({ ...draft, form: "scale", low: "no", high: "yes" }), { question: "How?", form: "scale", scale: { from: 1, to: 5, low: "no", high: "yes" } });
  assert.deepEqual(argsOf({ ...draft, form: "number", unit: "%", least: "0", most: "" }), { question: "How?", form: "number", number: { unit: "%", low: 0, high: null } });
  assert.deepEqual(argsOf({ ...draft, form: "text", moderated: true, results: "closed", names: "hosts", seconds: 60, first: "p" }), {
    question: "How?",
    form: "text",
    moderated: true,
    results: "closed",
    names: "hosts",
    seconds: 60,
    first: "p",
  });
  // places among those that are written, from 1
  assert.deepEqual(argsOf({ ...draft, form: "quiz", options: ["", "a", "b"], right: [2], points: true }), {
    question: "How?",
    form: "quiz",
    options: ["a", "b"],
    right: [2],
    points: true,
    choose: "one",
  });
});

test("what is written of a poll comes back from its record", () => {
  const poll = { id: "p", question: "How?", options: OPTIONS, form: "quiz", choose: "one", right: ["2"], points: true, seconds: 30, results: "voted", names: "hosts" };
  const draft = draftOf(poll);
  assert.deepEqual([draft.right, draft.points, draft.seconds, draft.results, draft.names], [[1], true, 30, "voted", "hosts"]);
  assert.deepEqual(argsOf(draft).right, [2]);
  const scale = draftOf({ id: "s", question: "How?", options: [], form: "scale", scale: { from: 0, to: 10, low: "a", high: "b" } });
  assert.deepEqual([scale.from, scale.to, scale.low, scale.options], [0, 10, "a", ["", ""]]);
});

test("each kind of poll says what it still needs", () => {
  const draft = { ...draftOf(undefined), question: "How?" };
  assert.equal(mistakeIn({ ...draft, form: "cloud" }), null);
  assert.equal(mistakeIn({ ...draft, form: "scale" }), null);
  assert.deepEqual(mistakeIn({ ...draft, form: "scale", from: 5, to: 5 }), { field: "to", key: "host.editor.scale_order" });
  assert.equal(mistakeIn({ ...draft, form: "number", least: "1", most: "2" }), null);
  assert.deepEqual(mistakeIn({ ...draft, form: "number", least: "x" }), { field: "least", key: "forms.no_number" });
  assert.deepEqual(mistakeIn({ ...draft, form: "number", least: "2", most: "1" }), { field: "most", key: "host.editor.number_order" });
  assert.deepEqual(mistakeIn({ ...draft, form: "quiz", options: ["a", "b"] }), { field: "right", key: "host.editor.no_right" });
  // an option that is empty is none, be it ticked or not
  assert.equal(mistakeIn({ ...draft, form: "quiz", options: ["a", "b", ""], right: [2] }).field, "right");
  assert.deepEqual(withoutOption({ options: ["a", "b", "c"], right: [0, 2] }, 1), { options: ["a", "c"], right: [0, 1] });
});
