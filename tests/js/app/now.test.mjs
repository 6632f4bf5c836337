import assert from "node:assert/strict";
import { test } from "node:test";

import { serverNow, serverTold } from "../../../static/app/lib/now.js";

const MINUTE = 60_000;
const near = (a, b) => assert.ok(Math.abs(a - b) < 500, `${a - b} ms`);

test("time is the server's once it has said it, whatever this machine's clock says or does", () => {
  near(serverNow(), Date.now());
  const real = Date.now;
  for (const wrong of [61_000, 6 * MINUTE, -10 * MINUTE, -24 * 60 * MINUTE]) {
    const told = real() + wrong;
    serverTold(told);
    near(serverNow(), told);
    Date.now = () => real() + 7 * MINUTE;
    near(serverNow(), told);
    Date.now = real;
  }
});

test("what was long on its way does not set it back, and nonsense does nothing", () => {
  const told = Date.now();
  serverTold(told);
  serverTold(told - 1500);
  near(serverNow(), told);
  for (const nonsense of [undefined, null, "12", NaN, Infinity]) serverTold(nonsense);
  near(serverNow(), told);
});
