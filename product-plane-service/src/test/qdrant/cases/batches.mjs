// Several questions, and several changes, in one request.
import { assert, BOOKS, collection, fresh, ids, library, nearest, numbersOf, refused, same, SIZE, test } from '../harness.mjs';

test('several questions in one request', async c => {
  const queries = [3001, 3002, 3003].map(seed => numbersOf(seed, SIZE));
  const filter = { must: [{ key: 'city', match: { value: 'London' } }] };
  const answers = await c.client().queryBatch(await library(c), {
    searches: [{ query: queries[0], limit: 3 }, { query: queries[1], limit: 4, filter }, { query: queries[2], limit: 2, offset: 1, with_payload: true }],
  });
  assert.equal(answers.length, 3);
  same(answers[0].points, nearest(queries[0], { limit: 3 }));
  same(answers[1].points, nearest(queries[1], { limit: 4, where: book => book.payload.city === 'London' }));
  same(answers[2].points, nearest(queries[2], { limit: 2, offset: 1 }));
  assert.ok(answers[2].points.every(point => point.payload.city));
});

test('questions of several kinds in one request', async c => {
  const query = numbersOf(3004, SIZE);
  const [near, like, all, fused] = await c.client().queryBatch(await library(c), {
    searches: [{ query, limit: 2 }, { query: 4, limit: 2 }, { limit: 2 }, { prefetch: [{ query, limit: 2 }], query: { fusion: 'rrf' }, limit: 2 }],
  });
  same(near.points, nearest(query, { limit: 2 }));
  same(like.points, nearest(BOOKS[3].vector, { limit: 2, where: book => book.id !== 4 }));
  assert.deepEqual(ids(all.points), [1, 2]);
  assert.deepEqual(ids(fused.points), ids(near.points));
});

test('no question at all has no answer', async c => {
  assert.deepEqual(await c.client().queryBatch(await library(c), { searches: [] }), []);
});

test('one question that is wrong refuses the batch', async c => {
  await refused(c.client().queryBatch(await library(c), { searches: [{ query: numbersOf(1, SIZE) }, { query: [1, 2] }] }), 400, /./);
});

test('changes of every kind in one request, in their order', async c => {
  const client = c.client();
  const name = await collection(client, 'batch', { size: 2, distance: 'Dot' });
  const results = await client.batchUpdate(name, {
    operations: [
      { upsert: { points: [1, 2, 3, 4].map(id => ({ id, vector: [id, 1], payload: { a: id, b: 'x', c: { d: 1 } } })) } },
      { set_payload: { payload: { e: 5 }, points: [1] } },
      { overwrite_payload: { payload: { only: true }, points: [2] } },
      { delete_payload: { keys: ['b', 'c.d'], filter: { must: [{ key: 'a', match: { value: 3 } }] } } },
      { update_vectors: { points: [{ id: 1, vector: [7, 7] }] } },
      { clear_payload: { points: [4] } },
      { upsert: { batch: { ids: [5, 6], vectors: [[0, 1], [1, 0]], payloads: [{ n: 5 }, { n: 6 }] } } },
      { delete: { points: [6] } },
    ],
  });
  assert.deepEqual(results.map(result => result.status), Array(8).fill('completed'));
  const { points } = await client.scroll(name, { limit: 10, with_vector: true });
  assert.deepEqual(points.map(point => [point.id, point.vector, point.payload]), [
    [1, [7, 7], { a: 1, b: 'x', c: { d: 1 }, e: 5 }], [2, [2, 1], { only: true }], [3, [3, 1], { a: 3, c: {} }], [4, [4, 1], {}], [5, [0, 1], { n: 5 }],
  ]);
});

test('a change that is not known refuses the batch before anything is changed', async c => {
  const client = c.client();
  const name = await collection(client, 'batch', { size: 2, distance: 'Dot' });
  await refused(client.batchUpdate(name, { operations: [{ upsert: { points: [{ id: 1, vector: [1, 1] }] } }, { explode: {} }] }), 400, /operations/);
  assert.equal((await client.count(name)).count, 0);
});

test('a batch for a collection that is not there', async c => {
  await refused(c.client().batchUpdate(fresh('none'), { operations: [{ delete: { points: [1] } }] }), 404);
});
