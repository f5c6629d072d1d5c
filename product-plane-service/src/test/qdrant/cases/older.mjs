// The methods that clients before 1.19 have: search and recommend.
import { assert, BOOKS, library, nearest, numbersOf, refused, same, SIZE, test } from '../harness.mjs';

const OLDER = { only: '1.18' };
const QUERY = numbersOf(4001, SIZE);
const filter = { must: [{ key: 'city', match: { any: ['Berlin', 'Oslo'] } }] };
const where = book => ['Berlin', 'Oslo'].includes(book.payload.city);

test('search, with payloads', async c => {
  const found = await c.client().search(await library(c), { vector: QUERY, limit: 6 });
  same(found, nearest(QUERY, { limit: 6 }));
  found.forEach(point => assert.deepEqual(point.payload, BOOKS[point.id - 1].payload));
}, OLDER);

test('search with filter, offset, threshold and vectors', async c => {
  const wanted = nearest(QUERY, { where, limit: 40 });
  const found = await c.client().search(await library(c), {
    vector: { name: '', vector: QUERY }, filter, limit: 5, offset: 2, score_threshold: wanted[5].score - 1e-6, with_payload: false, with_vector: true,
  });
  same(found, wanted.slice(2, 6));
  assert.ok(found.every(point => point.vector.length === SIZE && point.payload == null));
}, OLDER);

test('several searches', async c => {
  const other = numbersOf(4002, SIZE);
  const [one, two] = await c.client().searchBatch(await library(c), { searches: [{ vector: QUERY, limit: 3 }, { vector: other, limit: 2, filter }] });
  same(one, nearest(QUERY, { limit: 3 }));
  same(two, nearest(other, { limit: 2, where }));
}, OLDER);

test('search in groups', async c => {
  const { groups } = await c.client().searchPointGroups(await library(c), { vector: QUERY, group_by: 'city', group_size: 1, limit: 4 });
  assert.equal(groups.length, 4);
  same(groups[0].hits, nearest(QUERY, { limit: 1 }));
}, OLDER);

test('recommend by ids', async c => {
  const found = await c.client().recommend(await library(c, 'Dot'), { positive: [1, 2], negative: [3], limit: 5 });
  const target = BOOKS[0].vector.map((_, i) => BOOKS[0].vector[i] + BOOKS[1].vector[i] - BOOKS[2].vector[i]);
  same(found, nearest(target, { distance: 'Dot', limit: 5, where: book => book.id > 3 }));
}, OLDER);

test('several recommendations', async c => {
  const [one, two] = await c.client().recommendBatch(await library(c, 'Dot'), { searches: [{ positive: [5], limit: 2 }, { positive: [6], limit: 1, filter }] });
  same(one, nearest(BOOKS[4].vector, { distance: 'Dot', limit: 2, where: book => book.id !== 5 }));
  same(two, nearest(BOOKS[5].vector, { distance: 'Dot', limit: 1, where: book => where(book) && book.id !== 6 }));
}, OLDER);

test('recommend in groups', async c => {
  const { groups } = await c.client().recommendPointGroups(await library(c, 'Dot'), { positive: [5], group_by: 'city', group_size: 2, limit: 2 });
  same(groups[0].hits.slice(0, 1), nearest(BOOKS[4].vector, { distance: 'Dot', limit: 1, where: book => book.id !== 5 }));
}, OLDER);

test('recommend by nothing but negative ids', async c => {
  await refused(c.client().recommend(await library(c), { positive: [], negative: [3] }), 400, /positive/);
}, OLDER);

test('a vector with a name that the collection has not', async c => {
  await refused(c.client().search(await library(c), { vector: { name: 'image', vector: QUERY } }), 400, /name/);
}, OLDER);
