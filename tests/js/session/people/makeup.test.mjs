import assert from "node:assert/strict";
import test from "node:test";

import { makeup, topAndRest } from "../../../../static/session/people/makeup.js";

const person = (fields) => ({ id: "p", role: "attendee", here: true, kind: "sme", country: "NL", ...fields });

test("the make-up counts who is here, by kind and country, and first-timers", () => {
  const people = [
    person({ first_time: true }),
    person({ kind: "federal", country: "US" }),
    person({ country: "US", role: "speaker", first_time: true }),
    person({ country: "" }),
  ];
  assert.deepEqual(makeup(people), {
    here: 4,
    firstTime: 2,
    kinds: [
      { key: "sme", count: 3 },
      { key: "federal", count: 1 },
    ],
    countries: [
      { key: "US", count: 2 },
      { key: "NL", count: 1 },
    ],
  });
});

test("hosts, screens and those who left are not the audience", () => {
  const people = [
    person({ role: "host" }),
    person({ role: "stage" }),
    person({ role: "organiser" }),
    person({ here: false }),
  ];
  assert.equal(makeup(people).here, 0);
});

test("300 people add up in every split", () => {
  const kinds = ["sme", "consultancy", "knowledge", "local", "federal", "other"];
  const people = Array.from({ length: 300 }, (_, n) => person({ kind: kinds[n % 6], country: n % 3 ? "NL" : "US" }));
  const counted = makeup(people);
  const sum = (shares) => shares.reduce((total, share) => total + share.count, 0);
  assert.deepEqual([sum(counted.kinds), sum(counted.countries), counted.here], [300, 300, 300]);
  assert.deepEqual(
    counted.kinds.map((share) => share.key),
    kinds,
  );
});

test("the smallest shares are told together, unless there is only one", () => {
  const shares = ["a", "b", "c", "d"].map((key) => ({ key, count: 1 }));
  assert.deepEqual(topAndRest(shares, 2).rest, 2);
  assert.deepEqual(topAndRest(shares, 3), { named: shares, rest: 0 });
});
