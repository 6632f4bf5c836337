import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { addCatalog, formatTime, refusalText, setLang, t } from "../../../static/app/i18n.js";
import { timeEverywhere } from "../../../static/session/stage/zones.js";

const STATIC = new URL("../../../static/", import.meta.url);
/** All catalogs of a language, as the server joins them. */
const files = (lang) => readdirSync(STATIC, { recursive: true }).filter((path) => path.endsWith(`/${lang}.json`));
const words = (path) => JSON.parse(readFileSync(new URL(path, STATIC), "utf8"));
const read = (lang) => Object.assign({}, ...files(lang).map(words));
const placeholders = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test("fills placeholders, chooses the plural, shows a missing key", () => {
  addCatalog("en", { "a.one": "{n} thing", "a.other": "{n} things", b: "Hello {name}, {missing}" });
  setLang("en");
  assert.equal(t("a", { n: 1 }), "1 thing");
  assert.equal(t("a", { n: 1200 }), "1,200 things");
  assert.equal(t("b", { name: "$& <b>" }), "Hello $& <b>, {missing}");
  assert.equal(t("no.such.key"), "no.such.key");
});

test("a refusal is told by its code, else by its last or first word, else in the server's words", () => {
  addCatalog("en", { "refused.http.*": "No good answer.", "refused.chat.full": "Chat is full.", "refused.*.too_long": "Too long." });
  setLang("en");
  assert.equal(refusalText("chat.full", "x"), "Chat is full.");
  assert.equal(refusalText("question.too_long", "x"), "Too long.");
  assert.equal(refusalText("http.503", "x"), "No good answer.");
  assert.equal(refusalText("a.b", "The server's words."), "The server's words.");
});

test("what the server cannot do for anybody just now is told in the reader's language", () => {
  const codes = ["log.unavailable", "room.busy", "room.failed", "command.failed"];
  for (const lang of ["en", "nl"]) {
    addCatalog(lang, read(lang));
    setLang(lang);
    for (const code of codes) assert.equal(refusalText(code, "server"), read(lang)[`refused.${code}`]);
  }
});

test("the clock has 24 hours in both languages", () => {
  const at = new Date(2026, 10, 23, 14, 32).getTime();
  for (const lang of ["en", "nl"]) {
    addCatalog(lang, {});
    setLang(lang);
    assert.equal(formatTime(at), "14:32");
  }
});

test("in every folder both catalogs have the same keys, sorted, and the same placeholders", () => {
  assert.ok(files("en").length > 10);
  for (const file of new Set([...files("en"), ...files("nl").map((path) => path.replace("nl.json", "en.json"))])) {
    const [en, nl] = [words(file), words(file.replace("en.json", "nl.json"))];
    assert.deepEqual(Object.keys(nl), Object.keys(en));
    assert.deepEqual(Object.keys(en), Object.keys(en).toSorted());
    for (const key of Object.keys(en)) assert.deepEqual(placeholders(nl[key]), placeholders(en[key]), key);
  }
});

test("a time for everybody names its zone, and says it in the one all know", () => {
  const at = Date.UTC(2026, 10, 25, 16, 0);
  const zone = process.env.TZ;
  try {
    addCatalog("en", {});
    setLang("en");
    for (const [here, told] of [
      ["Europe/Amsterdam", "17:00 CET (16:00 UTC)"],
      ["America/New_York", "11:00 GMT-5 (16:00 UTC)"],
      ["Europe/London", "16:00 GMT"],
      ["UTC", "16:00 UTC"],
    ]) {
      process.env.TZ = here;
      assert.equal(timeEverywhere(at), told);
    }
  } finally {
    process.env.TZ = zone ?? "";
  }
});
