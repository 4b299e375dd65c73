/** One HTML file with everything in it. Data of users is JSON that the page reads; it never becomes markup, and no other script may run. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { harmless } from '../io.ts';
import type { ReportData } from './data.ts';

const part = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** How every report begins. */
export const BEGIN = '<!doctype html>\n<html lang="en" data-of="cextfire">';

export function pageOf(data: ReportData): string {
  const scripts = ['find.js', 'graph.js', 'draw.js', 'picture.js', 'details.js', 'tables.js', 'walk.js'].map(part);
  const style = part('page.css');
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  // No "</script>" and no "<!--" can come out of it, and no character that turns the rest of a line round.
  const json = harmless(JSON.stringify(data)).replaceAll('<', '\\u003c');
  const policy = `default-src 'none'; script-src ${scripts.map(hash).join(' ')}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  return `${BEGIN}
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>cextfire ${escapeText(harmless(data.environment))}</title>
<style>${style}</style>
</head>
<body>
<noscript>This report is drawn by a script inside this file; allow it to run. Nothing is loaded from anywhere.</noscript>
<div id="page"></div>
<script type="application/json" id="data">${json}</script>
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
