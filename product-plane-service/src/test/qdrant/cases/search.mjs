// Searches by query: what is found must be what comparing every point with the vector finds.
import { assert, BOOKS, collection, ids, isDistance, library, nearest, near, numbersOf, refused, same, SIZE, test } from '../harness.mjs';

const QUERY = numbersOf(1001, SIZE);
const vectorOf = id => BOOKS.find(book => book.id === id).vector;
const unit = vector => vector.map(x => x / Math.hypot(...vector));
const mean = vectors => vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0) / vectors.length);

for (const distance of ['Cosine', 'Dot', 'Euclid', 'Manhattan']) {
  test(`the nearest by ${distance}, with their scores`, async c => {
    const { points } = await c.client().query(await library(c, distance), { query: QUERY, limit: 15 });
    same(points, nearest(QUERY, { distance, limit: 15 }));
  });

  test(`a score threshold by ${distance}`, async c => {
    const all = nearest(QUERY, { distance, limit: 40 });
    const score_threshold = (all[6].score + all[7].score) / 2;
    const { points } = await c.client().query(await library(c, distance), { query: QUERY, limit: 40, score_threshold });
    same(points, all.slice(0, 7));
    assert.ok(points.every(point => (isDistance(distance) ? point.score <= score_threshold : point.score >= score_threshold)));
  });
}

test('ten points come when nobody says how many, without payload and vector', async c => {
  const { points } = await c.client().query(await library(c), { query: QUERY });
  assert.equal(points.length, 10);
  assert.ok(points.every(point => point.payload == null && point.vector == null));
});

test('an offset leaves the best out', async c => {
  const { points } = await c.client().query(await library(c), { query: QUERY, limit: 5, offset: 7 });
  same(points, nearest(QUERY, { limit: 5, offset: 7 }));
});

test('a limit above the number of points gives all of them', async c => {
  const { points } = await c.client().query(await library(c), { query: QUERY, limit: 1000 });
  same(points, nearest(QUERY, { limit: 1000 }));
});

test('payload and vector come with the found', async c => {
  const { points: [best] } = await c.client().query(await library(c, 'Dot'), { query: QUERY, limit: 1, with_payload: true, with_vector: true });
  const book = BOOKS.find(one => one.id === best.id);
  assert.deepEqual(best.payload, book.payload);
  assert.deepEqual(best.vector.map(Math.fround), book.vector);
});

test('parts of the payload come with the found', async c => {
  const { points: [best] } = await c.client().query(await library(c), { query: QUERY, limit: 1, with_payload: { exclude: ['author', 'tags', 'text'] } });
  assert.ok(best.payload.city && !best.payload.author && !best.payload.tags, JSON.stringify(best.payload));
});

test('params of a search are taken, and exact is exact', async c => {
  const client = c.client();
  const name = await library(c);
  for (const params of [{ exact: true }, { hnsw_ef: 128 }, { indexed_only: false }, { quantization: { ignore: false, rescore: true, oversampling: 2 } }]) {
    same((await client.query(name, { query: QUERY, params })).points, nearest(QUERY));
  }
});

test('a search with consistency and timeout', async c => {
  const { points } = await c.client().query(await library(c), { query: QUERY, consistency: 'majority', timeout: 20 });
  same(points, nearest(QUERY));
});

test('the nearest, asked as an object', async c => {
  same((await c.client().query(await library(c), { query: { nearest: QUERY } })).points, nearest(QUERY));
});

test('the nearest to a point, without the point', async c => {
  const { points } = await c.client().query(await library(c), { query: 7, limit: 8 });
  same(points, nearest(vectorOf(7), { limit: 8, where: book => book.id !== 7 }));
});

test('the nearest to a point of another collection', async c => {
  const client = c.client();
  const other = await collection(client, 'other', { size: SIZE, distance: 'Dot' });
  await client.upsert(other, { points: [{ id: 500, vector: QUERY }] });
  const { points } = await client.query(await library(c, 'Dot'), { query: 500, lookup_from: { collection: other } });
  same(points, nearest(QUERY, { distance: 'Dot' }));
});

test('the nearest to a point that is not there', async c => {
  await refused(c.client().query(await library(c), { query: 4711 }), 404, /4711/);
});

test('without a query points come in the order of their ids', async c => {
  const client = c.client();
  const name = await library(c);
  assert.deepEqual(ids((await client.query(name, { limit: 4, offset: 2 })).points), [3, 4, 5, 6]);
  const filter = { must: [{ key: 'city', match: { value: 'Oslo' } }] };
  assert.deepEqual(ids((await client.query(name, { limit: 3, filter })).points), [4, 8, 12]);
});

test('a recommendation by positive ids', async c => {
  const { points } = await c.client().query(await library(c, 'Dot'), { query: { recommend: { positive: [3, 9] } }, limit: 12 });
  same(points, nearest(mean([vectorOf(3), vectorOf(9)]), { distance: 'Dot', limit: 12, where: book => ![3, 9].includes(book.id) }));
});

test('a recommendation by positive and negative ids and vectors, under cosine', async c => {
  const { points } = await c.client().query(await library(c), {
    query: { recommend: { positive: [3, QUERY], negative: [12], strategy: 'average_vector' } }, limit: 12,
  });
  const towards = mean([unit(vectorOf(3)), unit(QUERY)]);
  const target = towards.map((x, i) => 2 * x - unit(vectorOf(12))[i]);
  same(points, nearest(target, { limit: 12, where: book => ![3, 12].includes(book.id) }));
});

test('a recommendation with a filter', async c => {
  const filter = { must: [{ key: 'city', match: { value: 'Berlin' } }] };
  const { points } = await c.client().query(await library(c, 'Dot'), { query: { recommend: { positive: [1] } }, filter, limit: 5 });
  same(points, nearest(vectorOf(1), { distance: 'Dot', limit: 5, where: book => book.payload.city === 'Berlin' && book.id !== 1 }));
});

test('two searches are fused by reciprocal ranks', async c => {
  const other = numbersOf(1002, SIZE);
  const { points } = await c.client().query(await library(c), {
    prefetch: [{ query: QUERY, limit: 10 }, { query: other, limit: 10 }], query: { fusion: 'rrf' }, limit: 8, with_payload: true,
  });
  const sums = new Map();
  for (const list of [nearest(QUERY), nearest(other)]) {
    list.forEach(({ id }, rank) => sums.set(id, (sums.get(id) ?? 0) + 1 / (2 + rank)));
  }
  const wanted = [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 8);
  assert.deepEqual(ids(points), wanted.map(([id]) => id));
  points.forEach((point, i) => near(point.score, wanted[i][1]));
  points.forEach(point => assert.deepEqual(point.payload, BOOKS[point.id - 1].payload));
});

test('a fusion with another constant, and its filter filters the searches before it', async c => {
  const filter = { must: [{ key: 'active', match: { value: true } }] };
  const { points } = await c.client().query(await library(c), { prefetch: [{ query: QUERY, limit: 6 }], query: { rrf: { k: 60 } }, filter, limit: 6 });
  const wanted = nearest(QUERY, { limit: 6, where: book => book.payload.active });
  assert.deepEqual(ids(points), ids(wanted));
  points.forEach((point, rank) => near(point.score, 1 / (60 + rank)));
});

test('what one search finds another puts in order', async c => {
  const other = numbersOf(1003, SIZE);
  const { points } = await c.client().query(await library(c), { prefetch: { query: QUERY, limit: 9 }, query: other, limit: 4 });
  const among = ids(nearest(QUERY, { limit: 9 }));
  same(points, nearest(other, { limit: 4, where: book => among.includes(book.id) }));
});

test('a point is found as soon as it is written, and not any more once it is deleted', async c => {
  const client = c.client();
  const name = await collection(client, 'fresh', { size: SIZE, distance: 'Cosine' });
  await client.upsert(name, { points: BOOKS });
  await client.upsert(name, { points: [{ id: 999, vector: QUERY }] });
  assert.equal((await client.query(name, { query: QUERY, limit: 1 })).points[0].id, 999);
  await client.delete(name, { wait: true, points: [999] });
  same((await client.query(name, { query: QUERY })).points, nearest(QUERY));
});

test('1,500 points of 32 numbers: exact is exact, and the usual way finds nearly all', async c => {
  const client = c.client();
  const name = await collection(client, 'many', { size: 32, distance: 'Cosine' });
  const points = Array.from({ length: 1500 }, (_, i) => ({ id: i, vector: numbersOf(5000 + i, 32), payload: { part: i % 50 } }));
  for (let from = 0; from < points.length; from += 500) await client.upsert(name, { points: points.slice(from, from + 500) });
  let hits = 0;
  for (let i = 0; i < 10; i++) {
    const query = numbersOf(90_000 + i, 32);
    const wanted = nearest(query, { points });
    same((await client.query(name, { query, params: { exact: true } })).points, wanted);
    const found = ids((await client.query(name, { query })).points);
    assert.equal(found.length, 10);
    hits += found.filter(id => ids(wanted).includes(id)).length;
    const filter = { must: [{ key: 'part', match: { value: i } }] };
    same((await client.query(name, { query, filter, limit: 30 })).points, nearest(query, { points, limit: 30, where: point => point.payload.part === i }));
  }
  assert.ok(hits >= 98, `recall ${hits} of 100`);
});
