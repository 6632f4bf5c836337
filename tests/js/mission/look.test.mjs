/** An organiser's colour is worn so that words can be read, whatever it is; and addresses are made from titles. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { contrast, rgb, shades } from "../../../static/mission/mission/look.js";
import { free, slug } from "../../../static/mission/programme/slug.js";

const GROUNDS = { light: ["#f6f2ec", "#fffdfa", "#ffffff"], dark: ["#14171a", "#1c2024", "#262b30"] };
const COLOURS = ["#0a7d55", "#ffff00", "#ffffff", "#000000", "#ff0000", "#00ff00", "#0000ff", "#808080", "#ff6600", "#f6f2ec", "#262b30"];

for (const theme of ["light", "dark"])
  for (const colour of COLOURS)
    test(`${colour} is readable when it is ${theme}`, () => {
      const { action, strong, text, soft, on } = shades(colour, theme);
      for (const ground of GROUNDS[theme]) {
        assert.ok(contrast(rgb(text), rgb(ground)) >= 4.5, `words on ${ground}`);
        assert.ok(contrast(rgb(action), rgb(ground)) >= 3, `a button on ${ground}`);
      }
      assert.ok(contrast(rgb(text), rgb(soft)) >= 4.5, "words on the tint");
      assert.ok(contrast(rgb(on), rgb(action)) >= 4.5, "words on a button");
      assert.ok(contrast(rgb(on), rgb(strong)) >= 4.5, "words on one that is pointed at");
    });

test("a colour that can be read already stays as it is", () => {
  assert.equal(shades("#0a5f5d", "light").action, "#0a5f5d");
});

test("an address is made from the title", () => {
  const made = [
    ["Smart ports", "smart-ports"],
    ["Élan & co: l’avenir!", "elan-and-co-lavenir"],
    ["港口", "session"],
    ["  ", "session"],
    ["A very long title that goes on and on about everything there is", "a-very-long-title-that-goes-on-and-on"],
    ["x".repeat(80), "x".repeat(40)],
  ];
  for (const [title, id] of made) assert.equal(slug(title), id);
});

test("and is of no other session", () => {
  assert.equal(free("ports", (id) => ["ports", "ports-2"].includes(id)), "ports-3");
});
