// Filters of every kind: what they let through must be what a plain look at each payload says, and the count of it.
import { assert, BOOKS, collection, ids, library, nearest, numbersOf, same, SIZE, sorted, test } from '../harness.mjs';

const only = condition => ({ must: [condition] });
const time = text => new Date(text).getTime();

/** Name, filter, and the same in JavaScript over a payload and an id. */
const FILTERS = [
  ['nothing', undefined, () => true],
  ['an empty filter', {}, () => true],
  ['match a keyword', only({ key: 'city', match: { value: 'Berlin' } }), p => p.city === 'Berlin'],
  ['match an integer', only({ key: 'year', match: { value: 1995 } }), p => p.year === 1995],
  ['match a boolean', only({ key: 'active', match: { value: false } }), p => !p.active],
  ['match an element of a list', only({ key: 'tags', match: { value: 'blue' } }), p => p.tags.includes('blue')],
  ['match any keyword', only({ key: 'city', match: { any: ['Oslo', 'Lisbon'] } }), p => ['Oslo', 'Lisbon'].includes(p.city)],
  ['match any integer', only({ key: 'year', match: { any: [1990, 2000, 1] } }), p => [1990, 2000].includes(p.year)],
  ['match any of an empty list', only({ key: 'city', match: { any: [] } }), () => false],
  ['match all but some', only({ key: 'city', match: { except: ['Oslo', 'Lisbon'] } }), p => !['Oslo', 'Lisbon'].includes(p.city)],
  ['match a word of a text', only({ key: 'text', match: { text: 'winter' } }), p => p.text.includes('winter')],
  ['match a nested key', only({ key: 'author.name', match: { value: 'author 3' } }), p => p.author.name === 'author 3'],
  ['match in a list of objects', only({ key: 'author.books[].year', match: { value: 1995 } }), p => p.author.books.some(b => b.year === 1995)],
  ['a range with both ends', only({ key: 'price', range: { gte: 10, lt: 30 } }), p => p.price >= 10 && p.price < 30],
  ['a range above', only({ key: 'price', range: { gt: 50 } }), p => p.price > 50],
  ['a range below', only({ key: 'year', range: { lte: 1993 } }), p => p.year <= 1993],
  ['a range that is empty', only({ key: 'price', range: { gt: 30, lt: 10 } }), () => false],
  ['a range over what is no number', only({ key: 'city', range: { gte: 0 } }), () => false],
  ['a range of times', only({ key: 'published', range: { gte: '2013-01-01T00:00:00Z', lt: '2016-03-05T00:00:00Z' } }),
    p => time(p.published) >= time('2013-01-01T00:00:00Z') && time(p.published) < time('2016-03-05T00:00:00Z')],
  ['a range of times with another offset', only({ key: 'published', range: { lt: '2012-03-03T14:00:00+02:00' } }),
    p => time(p.published) < time('2012-03-03T14:00:00+02:00')],
  ['is_empty', only({ is_empty: { key: 'note' } }), p => p.note == null],
  ['is_empty of a list', only({ is_empty: { key: 'tags' } }), p => p.tags.length === 0],
  ['is_null', only({ is_null: { key: 'note' } }), p => p.note === null],
  ['has_id', only({ has_id: [1, 5, 4711] }), (p, id) => id === 1 || id === 5],
  ['values_count', only({ key: 'tags', values_count: { gte: 2, lt: 4 } }), p => p.tags.length >= 2 && p.tags.length < 4],
  ['must with two conditions', { must: [{ key: 'city', match: { value: 'Berlin' } }, { key: 'price', range: { gt: 40 } }] }, p => p.city === 'Berlin' && p.price > 40],
  ['should', { should: [{ key: 'city', match: { value: 'Berlin' } }, { key: 'price', range: { gt: 90 } }] }, p => p.city === 'Berlin' || p.price > 90],
  ['must_not', { must_not: [{ key: 'city', match: { value: 'Berlin' } }, { key: 'active', match: { value: true } }] }, p => p.city !== 'Berlin' && !p.active],
  ['must_not of a missing key', { must_not: [{ is_empty: { key: 'note' } }] }, p => p.note != null],
  ['must, should and must_not together', {
    must: [{ key: 'active', match: { value: true } }],
    should: [{ key: 'city', match: { value: 'Oslo' } }, { key: 'city', match: { value: 'London' } }],
    must_not: [{ key: 'year', range: { gte: 2000 } }],
  }, p => p.active && ['Oslo', 'London'].includes(p.city) && p.year < 2000],
  ['min_should', {
    min_should: { min_count: 2, conditions: [{ key: 'active', match: { value: true } }, { key: 'city', match: { value: 'Oslo' } }, { key: 'price', range: { gt: 50 } }] },
  }, p => [p.active, p.city === 'Oslo', p.price > 50].filter(Boolean).length >= 2],
  ['filters in filters', {
    must: [{ should: [{ key: 'city', match: { value: 'Oslo' } }, { must_not: [{ key: 'price', range: { lt: 80 } }] }] }],
    must_not: [{ must: [{ key: 'active', match: { value: true } }, { key: 'year', range: { lt: 1995 } }] }],
  }, p => (p.city === 'Oslo' || p.price >= 80) && !(p.active && p.year < 1995)],
  ['nested: both conditions in one element', only({
    nested: { key: 'author.books', filter: { must: [{ key: 'title', match: { value: 'two' } }, { key: 'year', range: { lt: 1975 } }] } },
  }), p => p.author.books.some(b => b.title === 'two' && b.year < 1975)],
  ['nested with must_not', only({
    nested: { key: 'author.books[]', filter: { must: [{ key: 'sold', match: { value: true } }], must_not: [{ key: 'title', match: { value: 'one' } }] } },
  }), p => p.author.books.some(b => b.sold && b.title !== 'one')],
  ['a key with a quote in it', only({ key: "city' OR 'a'='a", match: { value: 'Berlin' } }), () => false],
  ['a value with a quote in it', only({ key: 'city', match: { value: "Berlin' OR 'a'='a" } }), () => false],
];

for (const [name, filter, fits] of FILTERS) {
  test(`filter: ${name}`, async c => {
    const client = c.client();
    const books = await library(c);
    const wanted = BOOKS.filter(book => fits(book.payload, book.id));
    const { points } = await client.scroll(books, { filter, limit: 100, with_payload: false });
    assert.deepEqual(sorted(ids(points)), sorted(ids(wanted)));
    assert.equal((await client.count(books, { filter, exact: true })).count, wanted.length);
    const query = numbersOf(99, SIZE);
    same(await client.query(books, { query, filter, limit: 10, params: { exact: true } }).then(found => found.points),
      nearest(query, { where: book => fits(book.payload, book.id) }));
  });
}

test('filters find the same with payload indexes as without', async c => {
  const client = c.client();
  const plain = await library(c);
  const indexed = await collection(client, 'indexed', { size: SIZE, distance: 'Cosine' });
  for (const [field_name, field_schema] of Object.entries({ city: 'keyword', year: 'integer', price: 'float', active: 'bool', published: 'datetime', text: 'text' })) {
    await client.createPayloadIndex(indexed, { field_name, field_schema, wait: true });
  }
  await client.upsert(indexed, { points: BOOKS });
  for (const [name, filter] of FILTERS) {
    const [a, b] = await Promise.all([plain, indexed].map(one => client.scroll(one, { filter, limit: 100, with_payload: false })));
    assert.deepEqual(sorted(ids(b.points)), sorted(ids(a.points)), name);
  }
});
