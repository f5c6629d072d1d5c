// Points: in, out, through and away.
import { assert, BOOKS, collection, ids, library, near, refused, sorted, test } from '../harness.mjs';

const UUID = '550e8400-e29b-41d4-a716-446655440000';

test('points are upserted one by one and come back whole', async c => {
  const client = c.client();
  const name = await collection(client, 'list');
  const payload = { text: 'ein Grüß 🌲', number: 1.5, whole: 3, yes: true, none: null, list: [1, 'a', { b: [] }], inner: { deep: { deeper: 'x' } } };
  const done = await client.upsert(name, { wait: true, points: [{ id: 1, vector: [0.5, -0.25, 0.125, 1], payload }] });
  assert.equal(done.status, 'completed');
  const [point] = await client.retrieve(name, { ids: [1], with_payload: true, with_vector: true });
  assert.deepEqual(point.payload, payload);
  assert.equal(point.vector.length, 4);
});

test('points are upserted in columns', async c => {
  const client = c.client();
  const name = await collection(client, 'columns', { size: 2, distance: 'Dot' });
  await client.upsert(name, { batch: { ids: [1, 2, UUID], vectors: [[1, 0], [0, 1], [1, 1]], payloads: [{ a: 1 }, null, { a: 3 }] } });
  const found = await client.retrieve(name, { ids: [1, 2, UUID], with_vector: true });
  assert.equal(found.length, 3);
  const third = found.find(point => point.id === UUID);
  assert.deepEqual([third.vector, third.payload], [[1, 1], { a: 3 }]);
});

test('columns of different lengths are refused', async c => {
  const client = c.client();
  const name = await collection(client, 'ragged', { size: 2, distance: 'Dot' });
  await refused(client.upsert(name, { batch: { ids: [1, 2], vectors: [[1, 0]] } }), 400);
  assert.equal((await client.count(name)).count, 0);
});

test('an upsert of a known id replaces vector and payload', async c => {
  const client = c.client();
  const name = await collection(client, 'replace', { size: 2, distance: 'Dot' });
  await client.upsert(name, { points: [{ id: 1, vector: [1, 2], payload: { a: 1, b: 2 } }] });
  await client.upsert(name, { points: [{ id: 1, vector: [3, 4], payload: { c: 3 } }] });
  const [point] = await client.retrieve(name, { ids: [1], with_vector: true });
  assert.deepEqual([point.vector, point.payload], [[3, 4], { c: 3 }]);
  assert.equal((await client.count(name)).count, 1);
});

test('the same upsert twice changes nothing', async c => {
  const client = c.client();
  const name = await collection(client, 'idempotent', { size: 8, distance: 'Cosine' });
  await client.upsert(name, { points: BOOKS });
  await client.upsert(name, { points: BOOKS });
  assert.equal((await client.count(name)).count, BOOKS.length);
});

test('numbers and UUIDs are ids beside each other', async c => {
  const client = c.client();
  const name = await collection(client, 'ids', { size: 2, distance: 'Dot' });
  const largest = Number.MAX_SAFE_INTEGER;
  await client.upsert(name, { points: [0, 7, largest, UUID].map(id => ({ id, vector: [1, 1] })) });
  assert.deepEqual(new Set(ids((await client.scroll(name, { limit: 10 })).points)), new Set([0, 7, largest, UUID]));
});

test('an id of 64 bits keeps all of them', async c => {
  const client = c.client();
  const name = await collection(client, 'large', { size: 2, distance: 'Dot' });
  const largest = '18446744073709551615';
  const put = await c.raw('PUT', `/collections/${name}/points?wait=true`, `{"points":[{"id":${largest},"vector":[1,1]}]}`);
  assert.equal(put.status, 200, put.text);
  const got = await c.raw('GET', `/collections/${name}/points/${largest}`);
  assert.ok(got.text.includes(largest), got.text);
});

test('one point is got by its id', async c => {
  const client = c.client();
  const name = await library(c);
  const { data } = await client.api().getPoint({ collection_name: name, id: 5 });
  assert.equal(data.result.id, 5);
  assert.deepEqual(data.result.payload, BOOKS[4].payload);
});

test('a point that is not there is not found', async c => {
  await refused(c.client().api().getPoint({ collection_name: await library(c), id: 4711 }), 404);
});

test('of ids that are asked for the known ones come', async c => {
  const found = await c.client().retrieve(await library(c), { ids: [3, 4711, 9] });
  assert.deepEqual(sorted(ids(found)), [3, 9]);
});

test('payload and vector come when they are wanted, and only then', async c => {
  const client = c.client();
  const name = await library(c);
  const [bare] = await client.retrieve(name, { ids: [1], with_payload: false, with_vector: false });
  assert.ok(bare.payload == null && bare.vector == null, JSON.stringify(bare));
  const [full] = await client.retrieve(name, { ids: [1], with_payload: true, with_vector: true });
  assert.deepEqual(full.payload, BOOKS[0].payload);
  assert.equal(full.vector.length, 8);
});

test('parts of the payload come, in all forms of asking', async c => {
  const client = c.client();
  const name = await library(c);
  const payload = async with_payload => (await client.retrieve(name, { ids: [1], with_payload }))[0].payload;
  const { city, year } = BOOKS[0].payload;
  assert.deepEqual(await payload(['city', 'year']), { city, year });
  assert.deepEqual(await payload({ include: ['city'] }), { city });
  assert.deepEqual(await payload(['author.name']), { author: { name: BOOKS[0].payload.author.name } });
  const rest = await payload({ exclude: ['city', 'author'] });
  assert.deepEqual(Object.keys(rest).sort(), Object.keys(BOOKS[0].payload).filter(key => key !== 'city' && key !== 'author').sort());
});

test('a stored vector keeps its direction and, without cosine, its numbers', async c => {
  const client = c.client();
  const vector = async name => (await client.retrieve(name, { ids: [2], with_vector: true }))[0].vector;
  assert.deepEqual((await vector(await library(c, 'Euclid'))).map(Math.fround), BOOKS[1].vector);
  const cosine = await vector(await library(c));
  const factor = cosine[0] / BOOKS[1].vector[0];
  cosine.forEach((x, i) => near(x, BOOKS[1].vector[i] * factor));
});

test('points are deleted by id', async c => {
  const client = c.client();
  const name = await collection(client, 'delete', { size: 8, distance: 'Dot' });
  await client.upsert(name, { points: BOOKS });
  assert.equal((await client.delete(name, { wait: true, points: [1, 2, 4711] })).status, 'completed');
  assert.equal((await client.count(name)).count, BOOKS.length - 2);
  assert.deepEqual(await client.retrieve(name, { ids: [1, 2] }), []);
});

test('points are deleted by filter', async c => {
  const client = c.client();
  const name = await collection(client, 'delete', { size: 8, distance: 'Dot' });
  await client.upsert(name, { points: BOOKS });
  await client.delete(name, { wait: true, filter: { must: [{ key: 'city', match: { value: 'Oslo' } }] } });
  const rest = BOOKS.filter(book => book.payload.city !== 'Oslo');
  assert.deepEqual(sorted(ids((await client.scroll(name, { limit: 100 })).points)), sorted(ids(rest)));
});

test('a filter that fits nothing deletes nothing', async c => {
  const client = c.client();
  const name = await collection(client, 'delete', { size: 8, distance: 'Dot' });
  await client.upsert(name, { points: BOOKS });
  await client.delete(name, { wait: true, filter: { must: [{ key: 'city', match: { value: 'nowhere' } }] } });
  assert.equal((await client.count(name)).count, BOOKS.length);
});

test('a write that does not wait is carried out too', async c => {
  const client = c.client();
  const name = await collection(client, 'nowait', { size: 2, distance: 'Dot' });
  const { status } = await client.upsert(name, { wait: false, ordering: 'strong', points: [{ id: 1, vector: [1, 1] }] });
  assert.ok(['acknowledged', 'completed'].includes(status));
  for (let tries = 0; (await client.count(name)).count === 0; tries++) assert.ok(tries < 50);
});

test('scroll goes through all points once, in pages and in the order of ids', async c => {
  const client = c.client();
  const name = await library(c);
  const seen = [];
  let offset;
  do {
    const page = await client.scroll(name, { limit: 7, offset, with_payload: false });
    assert.ok(page.points.length <= 7);
    seen.push(...ids(page.points));
    offset = page.next_page_offset;
  } while (offset != null);
  assert.deepEqual(seen, ids(BOOKS));
});

test('scroll goes on where the last page said, with a filter', async c => {
  const client = c.client();
  const name = await library(c);
  const filter = { must: [{ key: 'active', match: { value: true } }] };
  const first = await client.scroll(name, { filter, limit: 5 });
  const second = await client.scroll(name, { filter, limit: 100, offset: first.next_page_offset });
  assert.deepEqual([...ids(first.points), ...ids(second.points)], ids(BOOKS.filter(book => book.payload.active)));
  assert.equal(second.next_page_offset, null);
});

for (const direction of ['asc', 'desc']) {
  test(`scroll in the order of a payload key, ${direction}`, async c => {
    const { points, next_page_offset } = await c.client().scroll(await library(c), { limit: 12, order_by: { key: 'price', direction } });
    const wanted = direction === 'asc' ? BOOKS.slice(0, 12) : [...BOOKS].reverse().slice(0, 12);
    assert.deepEqual(ids(points), ids(wanted));
    assert.equal(next_page_offset ?? null, null);
  });
}

test('scroll in the order of a key begins where it is told', async c => {
  const { points } = await c.client().scroll(await library(c), { limit: 3, order_by: { key: 'price', direction: 'asc', start_from: 50 } });
  assert.deepEqual(points.map(point => point.payload.price), [50, 52.5, 55]);
});

test('points are counted, all and filtered, exactly and about', async c => {
  const client = c.client();
  const name = await library(c);
  assert.equal((await client.count(name)).count, BOOKS.length);
  assert.equal((await client.count(name, { exact: true, filter: { must: [{ key: 'city', match: { value: 'Berlin' } }] } })).count, 10);
  const { count } = await client.count(name, { exact: false });
  assert.ok(Number.isInteger(count) && count >= 0);
});

test('vectors are updated and payloads stay', async c => {
  const client = c.client();
  const name = await collection(client, 'vectors', { size: 2, distance: 'Dot' });
  await client.upsert(name, { points: [{ id: 1, vector: [1, 2], payload: { a: 1 } }, { id: 2, vector: [3, 4] }] });
  assert.equal((await client.updateVectors(name, { points: [{ id: 1, vector: [9, 8] }] })).status, 'completed');
  const [one, two] = await client.retrieve(name, { ids: [1, 2], with_vector: true });
  assert.deepEqual([one.vector, one.payload, two.vector], [[9, 8], { a: 1 }, [3, 4]]);
});

test('a vector of a point that is not there is not updated', async c => {
  const client = c.client();
  const name = await collection(client, 'vectors', { size: 2, distance: 'Dot' });
  await refused(client.updateVectors(name, { points: [{ id: 4711, vector: [9, 8] }] }), 404);
  assert.equal((await client.count(name)).count, 0);
});
