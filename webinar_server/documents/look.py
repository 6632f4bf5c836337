"""Look: the one style of all documents. Light, for paper and for who reads on a screen; no fonts but the
reader's own."""

CSS = """
:root { color-scheme: light; --ground: #f6f2ec; --paper: #fffdfa; --text: #22201d; --soft: #625b52;
  --line: #e4dcd0; --teal: #0b6b68; --tint: #e0f0ed; --red: #b3261e; --pale: #fbe6e3; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); text-align: center;
  font: 400 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
input[name=lang] { position: absolute; opacity: 0; }
label { display: inline-block; min-width: 44px; padding: 10px 14px; margin: 8px 2px 0; border-radius: 100px;
  color: var(--soft); cursor: pointer; }
input:checked + label { background: var(--paper); color: var(--text); font-weight: 600; }
input:focus-visible + label { outline: 3px solid #0a4fbf; outline-offset: 2px; }
#lang-en:checked ~ article:not([lang=en]), #lang-nl:checked ~ article:not([lang=nl]) { display: none; }
article { max-width: 52rem; margin: 8px auto 48px; padding: 32px clamp(16px, 5vw, 56px) 48px;
  text-align: start;
  background: var(--paper); border-radius: 16px; box-shadow: 0 1px 2px rgb(60 45 25 / 8%); }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 24px; padding: 0 0 16px;
  border-bottom: 1px solid var(--line); }
nav a { display: inline-flex; align-items: center; min-height: 44px; }
a { color: #0a5f5d; }
a:focus-visible { outline: 3px solid #0a4fbf; outline-offset: 2px; border-radius: 4px; }
h1 { margin: 0; font-size: 28px; line-height: 1.2; font-weight: 600; text-wrap: balance;
  overflow-wrap: anywhere; }
h2 { margin: 40px 0 12px; font-size: 20px; line-height: 1.3; font-weight: 600; }
h3 { margin: 20px 0 6px; font-size: 17px; line-height: 1.35; font-weight: 600; overflow-wrap: anywhere; }
p { margin: 6px 0; }
.over { margin: 0 0 4px; color: var(--teal); font-weight: 600; }
.soft, td.soft { color: var(--soft); }
.small { font-size: 13px; }
.figures { display: flex; flex-wrap: wrap; gap: 1px; margin: 24px 0 0; padding: 0; list-style: none;
  background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.figures li { flex: 1 1 8.5rem; padding: 14px 16px; background: var(--paper); }
.figures strong { display: block; font-size: 28px; line-height: 1.15; font-weight: 600; color: var(--teal);
  font-variant-numeric: tabular-nums; }
.figures span { font-size: 13px; color: var(--soft); }
.drawn { overflow-x: auto; }
.curve { display: block; width: 100%; min-width: 34rem; height: auto; margin: 8px 0 4px; overflow: visible; }
.curve text { font-size: 12px; fill: #625b52; font-variant-numeric: tabular-nums; }
.curve .area { fill: #e0f0ed; } .curve .edge { fill: none; stroke: #0b6b68; stroke-width: 2;
  stroke-linejoin: round; }
.curve .grid { stroke: #e4dcd0; } .curve .bound { stroke: #8d8579; stroke-dasharray: 3 3; }
.curve .loss { fill: #fbe6e3; } .curve .gone { fill: #b3261e; font-weight: 600; }
.curve .mark { fill: #0b6b68; } .curve .mark.poll { fill: #625b52; } .curve .number { fill: #fff;
  font-size: 10px; font-weight: 600; }
.curve .part { fill: #f1ebe2; } .curve .part.odd { fill: #e4dcd0; }
.moments { columns: 2 18rem; column-gap: 32px; margin: 12px 0 0; padding: 0; list-style: none;
  font-size: 13px; }
.moments li { display: grid; grid-template-columns: 26px 2.4rem 1fr; padding: 3px 0; break-inside: avoid; }
.moments b { color: var(--teal); font-weight: 600; } .moments .poll b { color: var(--soft); }
.moments i { color: var(--soft); font-style: normal; font-variant-numeric: tabular-nums; }
.asked { margin: 0; padding: 0; list-style: none; }
.asked > li { padding: 12px 0; border-top: 1px solid var(--line); break-inside: avoid;
  overflow-wrap: anywhere; }
.asked > li:first-child { border-top: 0; }
.said { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
.asked .said { font-size: 17px; line-height: 1.4; }
.asked .meta { margin: 2px 0 0; font-size: 13px; color: var(--soft); }
.asked .answer { margin: 8px 0 0; padding: 8px 14px; background: var(--tint); border-radius: 10px; }
.asked .answer .said { font-size: 15px; }
.choices { margin: 0 0 20px; break-inside: avoid; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 5px 12px 5px 0; text-align: start; vertical-align: middle; font-weight: 400;
  overflow-wrap: anywhere; }
thead th { padding-top: 0; font-size: 13px; color: var(--soft); }
td.bars { width: 40%; padding-inline-end: 12px; }
td.n { width: 7rem; padding-inline-end: 0; text-align: end; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
thead th.n { text-align: end; padding-inline-end: 0; }
.bar { display: block; width: 100%; height: 10px; border-radius: 4px; overflow: hidden; }
.bar .whole { fill: #f1ebe2; } .bar .part { fill: #0b6b68; }
.names { margin: 4px 0 0; overflow-wrap: anywhere; }
.lines { margin: 12px 0 0; padding: 0; list-style: none; columns: 2 18rem; column-gap: 32px; }
.lines li { padding: 6px 0; break-inside: avoid; overflow-wrap: anywhere; }
.lines li::before { content: "“"; color: var(--teal); } .lines li::after { content: "”";
  color: var(--teal); }
footer { margin: 48px 0 0; padding: 12px 0 0; border-top: 1px solid var(--line); font-size: 13px;
  color: var(--soft); }
@media (max-width: 32rem) { td.bars { width: 28%; } td.n { width: 5.5rem; } }
@page { size: A4; margin: 16mm 15mm; }
@media print { body { background: #fff; font-size: 10.5pt; } nav, label, input[name=lang] { display: none; }
  article { max-width: none; margin: 0; padding: 0; border-radius: 0; box-shadow: none; background: #fff; }
  h2, h3 { break-after: avoid; } .figures, .curve, table { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
