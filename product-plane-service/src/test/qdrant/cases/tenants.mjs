// Tenants see nothing of each other, and one that asks too often is told when to come again.
import { assert, BOOKS, collection, fresh, ids, refused, test } from '../harness.mjs';

test('two tenants have collections of the same name, each its own', async c => {
  const [a, b] = [c.client('a'), c.client('b')];
  const name = fresh('shared');
  await a.createCollection(name, { vectors: { size: 2, distance: 'Dot' } });
  await b.createCollection(name, { vectors: { size: 3, distance: 'Cosine' } });
  await a.upsert(name, { points: [{ id: 1, vector: [1, 2], payload: { of: 'a' } }] });
  await b.upsert(name, { points: [{ id: 1, vector: [1, 2, 3], payload: { of: 'b' } }, { id: 2, vector: [3, 2, 1] }] });
  assert.equal((await a.getCollection(name)).config.params.vectors.size, 2);
  assert.equal((await b.getCollection(name)).config.params.vectors.size, 3);
  assert.deepEqual((await a.retrieve(name, { ids: [1, 2] })).map(point => point.payload), [{ of: 'a' }]);
  assert.deepEqual(ids((await b.query(name, { query: [3, 2, 1] })).points), [2, 1]);
  await a.deleteCollection(name);
  assert.equal((await b.count(name)).count, 2);
});

test('a tenant neither sees nor changes what another has', async c => {
  const [a, b] = [c.client('a'), c.client('b')];
  const name = await collection(a, 'private', { size: 8, distance: 'Cosine' });
  const alias = fresh('private-alias');
  await a.upsert(name, { points: BOOKS });
  await a.updateCollectionAliases({ actions: [{ create_alias: { collection_name: name, alias_name: alias } }] });
  assert.deepEqual(await b.collectionExists(name), { exists: false });
  assert.ok(!(await b.getCollections()).collections.some(one => one.name === name));
  assert.ok(!(await b.getAliases()).aliases.some(one => one.alias_name === alias));
  for (const one of [name, alias]) {
    await refused(b.getCollection(one), 404);
    await refused(b.query(one, { query: BOOKS[0].vector }), 404);
    await refused(b.scroll(one), 404);
    await refused(b.retrieve(one, { ids: [1] }), 404);
    await refused(b.count(one), 404);
    await refused(b.facet(one, { key: 'city' }), 404);
    await refused(b.upsert(one, { points: [{ id: 1, vector: BOOKS[1].vector }] }), 404);
    await refused(b.delete(one, { wait: true, filter: {} }), 404);
  }
  assert.equal(await b.deleteCollection(name), false);
  await refused(b.updateCollectionAliases({ actions: [{ create_alias: { collection_name: name, alias_name: fresh('stolen') } }] }), 404);
  assert.equal((await a.count(name)).count, BOOKS.length);
});

test('examples are not looked up at another tenant', async c => {
  const [a, b] = [c.client('a'), c.client('b')];
  const secret = await collection(a, 'secret', { size: 2, distance: 'Dot' });
  await a.upsert(secret, { points: [{ id: 1, vector: [1, 2], payload: { secret: true } }] });
  const own = await collection(b, 'own', { size: 2, distance: 'Dot' });
  await b.upsert(own, { points: [{ id: 5, vector: [1, 2], payload: { group: 1 } }] });
  await refused(b.query(own, { query: 1, lookup_from: { collection: secret } }), 404);
  await refused(b.queryGroups(own, { query: [1, 2], group_by: 'group', with_lookup: secret }), 404);
});

test('a key of one tenant does not name another', async c => {
  const { status } = await c.raw('GET', '/collections', undefined, { 'api-key': c.keys.b, 'X-Tenant-Id': c.keys.tenantOfA });
  assert.equal(status, 403);
});

test('a tenant that asks too often hears when to come again, and others do not notice', async c => {
  const eager = c.client('eager');
  let told;
  for (let asked = 0; asked < 4000 && !told; asked += 50) {
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => eager.getCollections()));
    told = answers.find(answer => answer.status === 'rejected')?.reason;
  }
  assert.ok(told, 'nobody was told to wait');
  assert.equal(told.constructor.name, 'QdrantClientResourceExhaustedError', String(told));
  assert.ok(told.retry_after >= 1, String(told.retry_after));
  const { status, headers, json } = await c.raw('GET', '/collections', undefined, { 'api-key': c.keys.eager });
  if (status === 429) {
    assert.ok(Number(headers.get('retry-after')) >= 1);
    assert.equal(typeof json.status.error, 'string');
  }
  await c.client('a').getCollections();
});
