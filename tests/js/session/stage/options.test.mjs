import assert from "node:assert/strict";
import test from "node:test";

import { colours, contrast } from "../../../../static/session/stage/colours.js";
import { directionOf } from "../../../../static/session/stage/direction.js";
import { DEFAULTS, optionsOf, PLACES, searchOf, SIZES } from "../../../../static/session/stage/options.js";

test("what makes no sense in an address is as good as left out", () => {
  const slips = [
    "?place=middle&size=huge&theme=blue&card=red&accent=12345&join=perhaps&zone=Mars/North&transparent=maybe",
    "?place=&size=&theme=&card=&accent=&join=&logo=&zone=",
    "?logo=javascript:alert(1)",
    "?logo=//evil.example/x.svg",
    "?logo=http://plain.example/x.svg",
    "?logo=https://",
    "?logo=https://127.0.0.1:8443/l.png",
    "?logo=https://0x7f.1/l.png",
    "?logo=https://[::1]/l.png",
    "?logo=https://192.168.0.1/",
    "?logo=https://router.lan/l.png",
    "?logo=https://intranet/l.png",
    "?logo=https://10.0.0.1.nip.io/l.png",
    "?logo=https://\u0430pple.example/l.png",
    "?logo=https://a.xn--pple-43d.example/l.png",
    "?logo=https://live.example.org@127.0.0.1/l.png",
    "?logo=https://live.example.org/host/s1%23token",
    "?%E0%A4%A&place=__proto__&size=constructor",
  ];
  for (const slip of slips) assert.deepEqual(optionsOf(slip), DEFAULTS, slip);
});

test("what is said is taken, however it is written", () => {
  const said = optionsOf("?transparent=TRUE&place=Top-Left&size=small&card=%23FA0&accent=00ff7f&join=0&zone=Europe/Amsterdam");
  assert.deepEqual(said, {
    ...DEFAULTS,
    isOver: true,
    place: "top-left",
    size: "small",
    card: "ffaa00",
    accent: "00ff7f",
    join: false,
    zone: "Europe/Amsterdam",
  });
  assert.equal(optionsOf("?logo=/brand/logo.svg").logo, "/brand/logo.svg");
  assert.equal(optionsOf("?logo=https://a.example/l.png").logo, "https://a.example/l.png");
  assert.equal(optionsOf("?logo=0").logo, "");
});

test("a form's choice comes back from its address", () => {
  for (const place of PLACES)
    for (const size of SIZES)
      for (const join of [null, true, false]) {
        const chosen = { ...DEFAULTS, isOver: true, place, size, join, card: "102030", accent: "aabbcc" };
        assert.deepEqual(optionsOf(searchOf(chosen)), chosen);
      }
  assert.equal(searchOf(DEFAULTS), "");
});

test("words can be read on any card, and a label in any accent", () => {
  const steps = ["00", "33", "66", "99", "cc", "ff"];
  for (const r of steps)
    for (const g of steps)
      for (const b of steps) {
        const card = r + g + b;
        const worn = colours({ card, accent: "ff9d5c" }, "#0d1618");
        assert.ok(contrast(`#${card}`, worn["--screen-text"]) >= 4, card);
        assert.ok(contrast(`#${card}`, worn["--screen-live-text"]) >= 3, card);
      }
  assert.deepEqual(colours({ card: "", accent: "" }, "#0d1618"), {});
});

test("the first letter that runs a way decides", () => {
  assert.equal(directionOf("هل (shore power)"), "rtl");
  assert.equal(directionOf("האם OCPP 2.1"), "rtl");
  assert.equal(directionOf("12 (…) OCPP האם"), "ltr");
  assert.equal(directionOf("2.1 ؟ هل"), "rtl");
  for (const plain of ["", "123", "Ωμέγα", "日本", "Да"]) assert.equal(directionOf(plain), "ltr");
});
