// What is wrong is refused with a 4xx that says what, in Qdrant's form; and nothing is changed by it.
import { assert, collection, fresh, library, numbersOf, refused, SIZE, test } from '../harness.mjs';

const VECTOR = numbersOf(1, SIZE);

test('nothing is done in a collection that is not there', async c => {
  const client = c.client();
  const none = fresh('none');
  await refused(client.getCollection(none), 404);
  await refused(client.upsert(none, { points: [{ id: 1, vector: [1] }] }), 404);
  await refused(client.query(none, { query: [1] }), 404);
  await refused(client.scroll(none), 404);
  await refused(client.count(none), 404);
  await refused(client.delete(none, { points: [1] }), 404);
  await refused(client.createPayloadIndex(none, { field_name: 'a', field_schema: 'keyword' }), 404);
});

test('a vector of another length is not written, and none beside it', async c => {
  const client = c.client();
  const name = await collection(client, 'length');
  await refused(client.upsert(name, { points: [{ id: 1, vector: [1, 2, 3, 4] }, { id: 2, vector: [1, 2, 3] }] }), 400);
  assert.equal((await client.count(name)).count, 0);
});

test('a search with a vector of another length', async c => {
  await refused(c.client().query(await library(c), { query: [1, 2, 3] }), 400);
});

test('no number is no component of a vector', async c => {
  const client = c.client();
  const name = await collection(client, 'nan');
  for (const odd of [NaN, Infinity, null, '1', true, [1]]) {
    await refused(client.upsert(name, { points: [{ id: 1, vector: [1, 2, 3, odd] }] }), 400);
    await refused(client.query(name, { query: [1, 2, 3, odd] }), 400);
  }
  for (const odd of ['NaN', 'Infinity', '1e999', '-1e40']) {
    const { status, json } = await c.raw('PUT', `/collections/${name}/points`, `{"points":[{"id":1,"vector":[1,2,3,${odd}]}]}`);
    assert.equal(status, 400, odd);
    assert.equal(typeof json.status.error, 'string');
  }
  assert.equal((await client.count(name)).count, 0);
});

test('a vector of zeros has no direction', async c => {
  const client = c.client();
  const name = await collection(client, 'zero');
  await refused(client.upsert(name, { points: [{ id: 1, vector: [0, 0, 0, 0] }] }), 400);
  await refused(client.query(name, { query: [0, 0, 0, 0] }), 400);
});

test('ids that are none', async c => {
  const client = c.client();
  const name = await collection(client, 'ids');
  for (const id of [-1, 1.5, 'abc', null, true, {}, '550e8400-e29b-41d4-a716']) {
    await refused(client.upsert(name, { points: [{ id, vector: [1, 2, 3, 4] }] }), 400);
  }
  await refused(client.retrieve(name, { ids: ['abc'] }), 400);
  const { status } = await c.raw('PUT', `/collections/${name}/points`, '{"points":[{"id":18446744073709551616,"vector":[1,2,3,4]}]}');
  assert.equal(status, 400);
  assert.equal((await client.count(name)).count, 0);
});

test('limits that are none', async c => {
  const client = c.client();
  const name = await library(c);
  for (const limit of [0, -1, 1.5, 1e9, 1e18]) await refused(client.query(name, { query: VECTOR, limit }), 400);
  await refused(client.query(name, { query: VECTOR, offset: -1 }), 400);
  await refused(client.query(name, { query: VECTOR, offset: 1e12 }), 400);
  await refused(client.scroll(name, { limit: 0 }), 400);
});

test('filters that are none', async c => {
  const client = c.client();
  const name = await library(c);
  const filters = [
    { must: [{ key: 'city' }] }, { must: [{ key: 'city', match: {} }] }, { must: [{ key: 'city', match: { value: {} } }] }, { must: 5 }, { always: [] },
    { must: [{ key: 'price', range: { above: 1 } }] }, { must: [{ key: '', match: { value: 1 } }] }, { min_should: { min_count: -1, conditions: [] } },
    { must: [{ has_id: 5 }] }, { must: [{ key: 'published', range: { gte: 'yesterday' } }] },
  ];
  for (const filter of filters) await refused(client.scroll(name, { filter }), 400, /filter|key/);
});

test('a filter that is a thousand deep', async c => {
  let filter = { must: [{ key: 'city', match: { value: 'Oslo' } }] };
  for (let i = 0; i < 1000; i++) filter = { must: [filter] };
  await refused(c.client().count(await library(c), { filter }), 400);
});

test('SQL in names is a name', async c => {
  const client = c.client();
  const name = `x'; DROP TABLE points; --`;
  await refused(client.createCollection(name, { vectors: { size: 2, distance: 'Dot' } }), 400);
  await refused(client.getCollection(name), 400);
  const books = await library(c);
  await client.createPayloadIndex(books, { field_name: `a"b'; DROP TABLE x`, field_schema: 'keyword' }).catch(failure => assert.equal(failure.status, 400));
  assert.equal((await client.count(books)).count, 40);
});

test('collections that cannot be', async c => {
  const client = c.client();
  const vectors = [{ size: 0, distance: 'Dot' }, { size: 16001, distance: 'Dot' }, { size: 4, distance: 'Hamming' }, { size: 4 }, { distance: 'Dot' }, { size: '4', distance: 'Dot' }];
  for (const one of vectors) await refused(client.createCollection(fresh('bad'), { vectors: one }), 400);
  await refused(client.createCollection(fresh('bad'), {}), 400);
  await refused(client.createCollection(fresh('bad'), { vectors: { size: 4, distance: 'Dot' }, hnsw_config: { m: 100_000 } }), 400);
});

test('a payload that is no object, and one that is too large', async c => {
  const client = c.client();
  const name = await collection(client, 'payload');
  for (const payload of ['text', 5, [1]]) await refused(client.upsert(name, { points: [{ id: 1, vector: [1, 2, 3, 4], payload }] }), 400);
  await refused(client.upsert(name, { points: [{ id: 1, vector: [1, 2, 3, 4], payload: { text: 'x'.repeat(1_000_000) } }] }), 413);
  assert.equal((await client.count(name)).count, 0);
});

test('a body that is too large', async c => {
  const client = c.client();
  const name = await collection(client, 'body');
  await refused(client.upsert(name, { points: [{ id: 1, vector: [1, 2, 3, 4], payload: { text: 'x'.repeat(11_000_000) } }] }), 413);
});

test('a body that is no JSON', async c => {
  const name = await library(c);
  for (const body of ['', '{', 'null', '[]', '{"limit":1}{', '{"limit":1,"limit":2}', '"text"']) {
    const { status, json } = await c.raw('POST', `/collections/${name}/points/query`, body);
    assert.equal(status, 400, body);
    assert.equal(typeof json.status.error, 'string');
  }
});

test('members that nobody knows are refused and named', async c => {
  const client = c.client();
  const name = await library(c);
  const { status, json } = await c.raw('POST', `/collections/${name}/points/query`, { query: VECTOR, lmit: 3 });
  assert.equal(status, 400);
  assert.match(json.status.error, /lmit/);
  await refused(client.query(name, { query: VECTOR, params: { speed: 11 } }), 400, /speed/);
  await refused(client.query(name, { query: VECTOR, with_payload: { only: ['city'] } }), 400, /with_payload/);
});

test('query parameters that are none', async c => {
  const client = c.client();
  const name = await library(c);
  await refused(client.count(name, { timeout: -1 }), 400, /timeout/);
  await refused(client.query(name, { query: VECTOR, consistency: 'some' }), 400, /consistency/);
  await refused(client.upsert(name, { ordering: 'chaotic', points: [] }), 400, /ordering/);
});

test('a change that does not say of what', async c => {
  const client = c.client();
  const name = await collection(client, 'which');
  await client.upsert(name, { points: [{ id: 1, vector: [1, 2, 3, 4], payload: { a: 1 } }] });
  await refused(client.delete(name, {}), 400, /points/);
  await refused(client.clearPayload(name, {}), 400, /points/);
  await refused(client.deletePayload(name, { keys: ['a'] }), 400, /points/);
  await refused(client.deletePayload(name, { points: [1], keys: [] }), 400, /keys/);
  assert.deepEqual((await client.retrieve(name, { ids: [1] }))[0].payload, { a: 1 });
});

test('payload of a point that is not there', async c => {
  const client = c.client();
  const name = await collection(client, 'missing');
  await refused(client.setPayload(name, { payload: { a: 1 }, points: [4711] }), 404, /4711/);
  await refused(client.overwritePayload(name, { payload: { a: 1 }, points: [4711] }), 404, /4711/);
});
