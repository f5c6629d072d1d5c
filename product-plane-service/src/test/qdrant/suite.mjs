// Runs the cases with one version of Qdrant's client, unmodified, and prints one line of JSON for each: {case, ok, error?}.
// usage: node suite.mjs VERSION; reads SUITE_URL, SUITE_MODULES (the folder with node_modules) and SUITE_KEYS (JSON).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cases } from './harness.mjs';

const CASE_MILLIS = 60_000;
const [version] = process.argv.slice(2);
const folder = join(process.env.SUITE_MODULES, 'node_modules', `qdrant-${version}`);
const described = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const library = await import(pathToFileURL(join(folder, described.exports['.'].default)).href);

for (const name of ['service', 'collections', 'points', 'payload', 'filters', 'search', 'groups', 'batches', 'older', 'refused', 'unserved', 'tenants']) {
  await import(`./cases/${name}.mjs`);
}

const url = process.env.SUITE_URL;
const keys = JSON.parse(process.env.SUITE_KEYS);
const context = {
  version, url, keys, library,
  /** A client with the key of that name. */
  client: (key = 'a', more = {}) => new library.QdrantClient({ url, apiKey: keys[key], checkCompatibility: false, ...more }),
  /** What a program without the client sends: status, headers and JSON of the answer. */
  async raw(method, path, body, headers = { 'api-key': keys.a }) {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(url + path, { method, body: text, headers: { 'Content-Type': 'application/json', ...headers } });
    const content = await answer.text();
    return { status: answer.status, headers: answer.headers, text: content, json: content.startsWith('{') ? JSON.parse(content) : undefined };
  },
};
// The client warns on every construction that a key goes over plain HTTP, which is right and known.
console.warn = () => {};
console.debug = console.log = console.info = (...said) => console.error(...said);

for (const { name, run, only } of cases) {
  if (only && only !== version) continue;
  const begun = Date.now();
  let timer;
  try {
    const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`no end after ${CASE_MILLIS} ms`)), CASE_MILLIS); });
    await Promise.race([run(context), late]);
    report({ case: name, ok: true, ms: Date.now() - begun });
  } catch (failure) {
    const answer = failure?.data ? ` ${JSON.stringify(failure.data)}` : '';
    report({ case: name, ok: false, ms: Date.now() - begun, error: `${failure?.stack ?? failure}${answer}` });
  } finally {
    clearTimeout(timer);
  }
}
process.exit(0);

function report(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
