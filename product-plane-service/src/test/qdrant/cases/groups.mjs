// Groups of points and counts of values.
import { assert, BOOKS, collection, library, nearest, numbersOf, same, SIZE, test } from '../harness.mjs';

const QUERY = numbersOf(2001, SIZE);

/** Groups in the order of their best points, by a look at every point. */
function grouped(query, valueOf, { limit, size, where = () => true }) {
  const groups = new Map();
  for (const found of nearest(query, { limit: 1000, where })) {
    const value = valueOf(BOOKS[found.id - 1].payload);
    if (!groups.has(value)) groups.set(value, []);
    groups.get(value).push(found);
  }
  return [...groups].slice(0, limit).map(([id, hits]) => ({ id, hits: hits.slice(0, size) }));
}

function sameGroups(found, wanted) {
  assert.deepEqual(found.map(group => group.id), wanted.map(group => group.id));
  found.forEach((group, i) => same(group.hits, wanted[i].hits));
}

test('points in groups by a keyword', async c => {
  const { groups } = await c.client().queryGroups(await library(c), { query: QUERY, group_by: 'city', group_size: 4, limit: 3 });
  sameGroups(groups, grouped(QUERY, payload => payload.city, { limit: 3, size: 4 }));
});

test('points in groups by a number, three in each where nobody says how many', async c => {
  const { groups } = await c.client().queryGroups(await library(c), { query: QUERY, group_by: 'year', limit: 20 });
  sameGroups(groups, grouped(QUERY, payload => payload.year, { limit: 20, size: 3 }));
});

test('points in groups with a filter', async c => {
  const filter = { must: [{ key: 'price', range: { lt: 50 } }] };
  const { groups } = await c.client().queryGroups(await library(c), { query: QUERY, group_by: 'city', group_size: 2, limit: 10, filter });
  sameGroups(groups, grouped(QUERY, payload => payload.city, { limit: 10, size: 2, where: book => book.payload.price < 50 }));
});

test('points in groups near a point', async c => {
  const { groups } = await c.client().queryGroups(await library(c), { query: 5, group_by: 'author.name', group_size: 2, limit: 4 });
  sameGroups(groups, grouped(BOOKS[4].vector, payload => payload.author.name, { limit: 4, size: 2, where: book => book.id !== 5 }));
});

test('groups with the points of another collection that they are about', async c => {
  const client = c.client();
  const years = await collection(client, 'years', { size: 2, distance: 'Dot' });
  await client.upsert(years, { points: [...new Set(BOOKS.map(book => book.payload.year))].map(id => ({ id, vector: [1, 1], payload: { name: `year ${id}` } })) });
  const { groups } = await client.queryGroups(await library(c), { query: QUERY, group_by: 'year', limit: 3, with_lookup: { collection: years, with_payload: ['name'] } });
  assert.equal(groups.length, 3);
  groups.forEach(group => assert.deepEqual(group.lookup, { id: group.id, payload: { name: `year ${group.id}` } }));
});

test('payloads come in groups', async c => {
  const { groups } = await c.client().queryGroups(await library(c), { query: QUERY, group_by: 'city', limit: 1, with_payload: true });
  groups[0].hits.forEach(hit => assert.deepEqual(hit.payload, BOOKS[hit.id - 1].payload));
});

test('the values of a keyword and how many points have each', async c => {
  const client = c.client();
  const name = await library(c);
  const { hits } = await client.facet(name, { key: 'city', exact: true });
  assert.deepEqual(hits.map(hit => [hit.value, hit.count]).sort(), ['Berlin', 'Lisbon', 'London', 'Oslo'].map(city => [city, 10]));
});

test('the most frequent values of a list come first', async c => {
  const { hits } = await c.client().facet(await library(c), { key: 'tags', limit: 3 });
  const count = tag => BOOKS.filter(book => book.payload.tags.includes(tag)).length;
  assert.deepEqual(hits.map(hit => [hit.value, hit.count]), ['red', 'green', 'blue'].map(tag => [tag, count(tag)]));
});

test('the values of a key with a filter', async c => {
  const filter = { must: [{ key: 'active', match: { value: true } }] };
  const { hits } = await c.client().facet(await library(c), { key: 'year', limit: 100, filter });
  const years = BOOKS.filter(book => book.payload.active).map(book => book.payload.year);
  const wanted = Object.fromEntries([...new Set(years)].map(year => [year, years.filter(other => other === year).length]));
  assert.deepEqual(Object.fromEntries(hits.map(hit => [hit.value, hit.count])), wanted);
  assert.ok(hits.every(hit => typeof hit.value === 'number'));
});

test('the values of a key that no point has', async c => {
  assert.deepEqual((await c.client().facet(await library(c), { key: 'nobody' })).hits, []);
});
