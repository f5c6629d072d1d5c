// What the cases are written with: how to name one, how to expect a refusal, and the points most of them work on.
import assert from 'node:assert/strict';

/** All cases in the order in which they run. */
export const cases = [];

/** A case; `only` is the one version of the client that can run it. */
export function test(name, run, { only } = {}) {
  assert.ok(!cases.some(known => known.name === name), `two cases are named "${name}"`);
  cases.push({ name, run, only });
}

let numbers = 0;

/** A name that no other case uses. */
export const fresh = what => `${what}-${process.pid}-${++numbers}`;

/** Expects that a call fails with this status, and with a text in Qdrant's form that fits the pattern. */
export async function refused(call, status, pattern = /./) {
  let failure;
  try {
    await call;
  } catch (e) {
    failure = e;
  }
  assert.ok(failure, `a refusal with ${status} was expected, and it went well`);
  assert.equal(failure.status, status, `${failure.stack} ${JSON.stringify(failure.data)}`);
  assert.equal(typeof failure.data?.status?.error, 'string', `not Qdrant's form: ${JSON.stringify(failure.data)}`);
  assert.match(failure.data.status.error, pattern);
}

/** Expects any refusal that says why; what is not served must not be taken and dropped. */
export async function unserved(call, pattern = /./) {
  let failure;
  try {
    await call;
  } catch (e) {
    failure = e;
  }
  assert.ok(failure, 'a refusal was expected, and it went well');
  assert.ok(failure.status >= 400 && failure.status < 500 || failure.status === 501, `${failure.stack} ${JSON.stringify(failure.data)}`);
  assert.equal(typeof failure.data?.status?.error, 'string', `not Qdrant's form: ${JSON.stringify(failure.data)}`);
  assert.match(failure.data.status.error, pattern);
}

/** A new collection, of 4 numbers with cosine unless said otherwise; its name. */
export async function collection(client, what, vectors = { size: 4, distance: 'Cosine' }, more = {}) {
  const name = fresh(what);
  assert.equal(await client.createCollection(name, { vectors, ...more }), true);
  return name;
}

export const ids = points => points.map(point => point.id);
export const sorted = list => [...list].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

// The library: 40 points of 8 numbers whose payloads have every type that a filter can ask for.
const CITIES = ['Berlin', 'London', 'Lisbon', 'Oslo'];
const TAGS = ['red', 'green', 'blue', 'round', 'flat'];

/** Numbers between -1 and 1 that are the same in every run. */
export function numbersOf(seed, size) {
  let state = (seed * 2654435761) >>> 0;
  return Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround((state / 2 ** 32) * 2 - 1);
  });
}

export const SIZE = 8;
export const BOOKS = Array.from({ length: 40 }, (_, i) => ({
  id: i + 1,
  vector: numbersOf(i + 1, SIZE),
  payload: {
    city: CITIES[i % 4],
    year: 1990 + (i % 17),
    price: i * 2.5,
    active: i % 3 === 0,
    tags: TAGS.slice(0, i % 6),
    published: `20${String(10 + (i % 10)).padStart(2, '0')}-03-0${1 + (i % 9)}T12:00:00Z`,
    text: i % 2 ? 'a short walk through the winter forest' : 'the long summer by the sea',
    author: { name: `author ${i % 5}`, books: [{ title: 'one', year: 1900 + i, sold: true }, { title: 'two', year: 2000 - i, sold: i % 2 === 0 }] },
    ...(i % 4 === 1 ? { note: null } : i % 4 === 2 ? {} : { note: `note ${i}` }),
  },
}));

const libraries = new Map();

/** A collection with the books, made once for each metric; nobody changes it. */
export function library(context, distance = 'Cosine') {
  if (!libraries.has(distance)) {
    libraries.set(distance, (async () => {
      const client = context.client();
      const name = await collection(client, `books-${distance}`, { size: SIZE, distance });
      await client.upsert(name, { points: BOOKS });
      return name;
    })());
  }
  return libraries.get(distance);
}

const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const length = a => Math.sqrt(dot(a, a));
const SCORES = {
  Cosine: (a, b) => dot(a, b) / length(a) / length(b),
  Dot: dot,
  Euclid: (a, b) => Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0)),
  Manhattan: (a, b) => a.reduce((sum, x, i) => sum + Math.abs(x - b[i]), 0),
};

/** Whether the smaller score is the better one. */
export const isDistance = distance => distance === 'Euclid' || distance === 'Manhattan';

/** The answer as it must be, computed one point after the other: [{id, score}], best first. */
export function nearest(query, { distance = 'Cosine', where = () => true, limit = 10, offset = 0, points = BOOKS } = {}) {
  const score = SCORES[distance];
  return points.filter(where).map(point => ({ id: point.id, score: score(query, point.vector) }))
    .sort((a, b) => (isDistance(distance) ? a.score - b.score : b.score - a.score))
    .slice(offset, offset + limit);
}

/** Expects the same points in the same order with the same scores, but for what float32 costs. */
export function same(found, wanted) {
  assert.deepEqual(ids(found), ids(wanted));
  found.forEach((point, i) => near(point.score, wanted[i].score));
}

export function near(is, wanted) {
  assert.ok(Math.abs(is - wanted) <= 1e-4 * Math.max(1, Math.abs(wanted)), `${is} is not ${wanted}`);
}

export { assert };
