import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { test } from "node:test";

import { clock, partsOf } from "../../../static/app/lib/time.js";
import { initials, lengthOf, pieces, safeHref, shortLink } from "../../../static/app/lib/words.js";
import { orderedPeople } from "../../../static/session/people/order.js";
import { othersQuestions, ownQuestions, supportOf } from "../../../static/session/questions/order.js";
import { sourceOf, youtubeId } from "../../../static/session/programme/video.js";
import { createUnread } from "../../../static/pages/attendee/unread.js";

/** What is refused when it is saved, and what is played. */
const VIDEOS = JSON.parse(readFileSync(new URL("../../session/videos.json", import.meta.url), "utf8"));

const links = (text) => pieces(text).filter((piece) => piece.href).map((piece) => piece.text);

test("only addresses of the web become links, and nothing of the words is lost", () => {
  for (const text of ["javascript:alert(1)", "data:text/html,x", "<script>alert(1)</script>", "http://", "ftp://a.b", "www.example.org"]) {
    assert.deepEqual(pieces(text), [{ text, href: null }], text);
  }
  const text = 'See https://a.example/x_(1), (https://b.example/y) and "https://c.example"! <a href="https://d.example">';
  assert.deepEqual(links(text), ["https://a.example/x_(1)", "https://b.example/y", "https://c.example", "https://d.example"]);
  assert.equal(pieces(text).map((piece) => piece.text).join(""), text);
});

test("what hides where it leads is no link, and nothing of the words is lost", () => {
  for (const text of [
    "https://live.example.org:x@evil.example/path",
    "https://live.example.org@evil.example",
    "https://live.example.org\u2044.evil.example/",
    "https://live.example.org\u2215x.evil.example",
    "https://live.example.org\uff0f.evil.example",
    "https://live.example.org\u3002evil.example",
    "https://live.example.org%2f.evil.example",
    "https://a.example:99999/",
  ]) {
    assert.deepEqual(pieces(text), [{ text, href: null }], text);
    assert.equal(safeHref(text), null, text);
  }
  const fine = ["https://x.example:8443/a@b", "https://x.example?a@b", "https://a_b.example", "https://1e100.net/10.0.0.1"];
  for (const text of fine) assert.deepEqual(links(text), [text]);
});

test("a number, one's own machine or network is nobody's site: it stays words, but a video may come from there", () => {
  for (const link of [
    "http://[::1]:8000/", "http://[::ffff:10.0.0.1]/", "http://127.0.0.1/", "http://192.168.1.1/reboot", "http://0x7f.1/",
    "http://2130706433/", "https://0177.0.0.01", "https://\uff11\uff12\uff17.0.0.1/", "http://127.1./", "http://localhost:8000/",
    "http://a.localhost", "http://LOCALHOST./", "https://printer.local/", "https://x.lan", "https://x.home/", "https://x.corp", "https://x.private", "https://x.intranet.",
    "https://127.0.0.1.nip.io", "https://a-10-0-0-1.dns.example", "https://localtest.me", "https://..com", "https://intranet/", "https://nas.home.arpa/",
  ]) {
    assert.deepEqual(pieces(link), [{ text: link, href: null }], link);
    assert.equal(safeHref(link), null, link);
    assert.equal(sourceOf("hls", link).show, "video", link);
  }
});

test("a site in other letters is shown by the name that browsers know it by", () => {
  assert.deepEqual(links("See https://\u0430\u0440\u0440\u04cf\u0435.com/a, please"), ["https://xn--80ak6aa92e.com/a"]);
  assert.deepEqual(links("https://m\u00fcnchen.example:80/\u00fc"), ["https://xn--mnchen-3ya.example:80/\u00fc"]);
  assert.deepEqual(links("https://\u0430pple.com"), ["https://xn--pple-43d.com"]);
  assert.deepEqual(links("https://\uff41pple.com/x"), ["https://apple.com/x"]);
  assert.equal(shortLink(safeHref("https://www.m\u00fcnchen.example/")), "xn--mnchen-3ya.example");
});

test("a person's link is shown as it is said", () => {
  assert.equal(shortLink("https://www.voltline.example/"), "voltline.example");
  assert.equal(safeHref("javascript:alert(1)"), null);
  assert.equal(safeHref(undefined), null);
});

test("length is counted in code points, initials by names and not by particles", () => {
  assert.equal(lengthOf("🌉é"), 2);
  assert.deepEqual(["Jacqueline van den Bruin", "Ana", "سارة حداد", "42"].map(initials), ["JB", "A", "سح", "4"]);
});

test("the video's source by kind; what cannot be shown is nothing", () => {
  for (const [kind, href, what] of VIDEOS.played) {
    assert.notEqual(sourceOf(kind, href).show, "none", href);
    if (kind === "youtube") assert.equal(youtubeId(href), what, href);
  }
  for (const [kind, href] of VIDEOS.refused) if (kind === "youtube") assert.equal(youtubeId(href), null, href);
  assert.equal(youtubeId("https://evil.example/watch?v=dQw4w9WgXcQ"), null);
  assert.deepEqual(sourceOf("frame", "http://a.example/"), { show: "none" });
  assert.deepEqual(sourceOf("frame", "javascript:alert(1)"), { show: "none" });
  assert.deepEqual(sourceOf("hls", "https://a.example/live.m3u8"), { show: "video", src: "https://a.example/live.m3u8", hls: true });
});

test("a countdown never shows a second too few", () => {
  assert.deepEqual(partsOf(90_061_000), { days: 1, hours: 1, minutes: 1, seconds: 1, over: false });
  assert.equal(clock(59_001), "1:00");
  assert.equal(clock(3_609_000), "1:00:09");
  assert.ok(partsOf(-5).over);
});

const question = (id, more) => ({ id, state: "open", supporters: 0, at: 0, ...more });

test("live comes first, answered last, between them as the viewer sorts", () => {
  const questions = [
    question("a", { supporters: 1, at: 1 }),
    question("b", { supporters: 5, at: 2 }),
    question("done", { state: "answered", supporters: 9, answered_at: 5 }),
    question("new", { at: 9 }),
    question("live", { state: "live" }),
    question("mine", { mine: true }),
  ];
  assert.deepEqual(othersQuestions(questions, "top").map((q) => q.id), ["live", "b", "a", "new", "done"]);
  assert.deepEqual(othersQuestions(questions, "new").map((q) => q.id), ["live", "new", "b", "a", "done"]);
  assert.deepEqual(ownQuestions([...questions, question("gone", { mine: true, state: "withdrawn" })]).map((q) => q.id), ["mine"]);
});

test("support is shown at once, and once only", () => {
  const asked = question("q", { supporters: 3 });
  const pending = [{ command: "support", args: { question: "q" } }, { command: "support", args: { question: "other" } }];
  assert.deepEqual(supportOf(asked, [], []), { supported: false, supporters: 3 });
  assert.deepEqual(supportOf(asked, [], pending), { supported: true, supporters: 4 });
  assert.deepEqual(supportOf({ ...asked, supporters: 4 }, [{ id: "q/me", question: "q" }], pending), { supported: true, supporters: 4 });
  assert.deepEqual(supportOf(asked, [{ id: "q/me", question: "q" }], [{ command: "unsupport", args: { question: "q" } }]), { supported: false, supporters: 2 });
});

test("people: hosts, speakers, who is here; found without accents", () => {
  const people = [
    { id: "1", name: "Zoë", organisation: "", role: "attendee", here: true },
    { id: "2", name: "Adam", organisation: "Volt", role: "attendee", here: false },
    { id: "3", name: "Bea", organisation: "", role: "speaker", here: false },
    { id: "4", name: "Host", organisation: "", role: "host", here: true },
  ];
  assert.deepEqual(orderedPeople(people, "", "en").map((p) => p.id), ["4", "3", "1", "2"]);
  assert.deepEqual(orderedPeople(people, "zoe", "en").map((p) => p.id), ["1"]);
  assert.deepEqual(orderedPeople(people, "VOLT", "en").map((p) => p.id), ["2"]);
});

test("unread: history and own things do not count, looking clears", () => {
  const records = { message: [{ id: "old", by: "x" }], question: [], poll: [{ id: "p", state: "open" }], vote: [] };
  const unread = createUnread({ joined: true, you: { id: "me" }, all: (kind) => records[kind] });
  unread.update("chat", true);
  assert.deepEqual(unread.counts(), { chat: 0, questions: 0, polls: 1, people: 0 });
  records.message.push({ id: "new", by: "x" }, { id: "own", by: "me" });
  unread.update("questions", true);
  assert.equal(unread.counts().chat, 1);
  unread.update("chat", false);
  assert.equal(unread.counts().chat, 1, "nobody looks at a hidden page");
  unread.update("chat", true);
  assert.equal(unread.total(), 1);
  records.vote = [{ id: "p/me", poll: "p", options: ["1"] }];
  unread.update("chat", true);
  assert.equal(unread.total(), 0);
});
