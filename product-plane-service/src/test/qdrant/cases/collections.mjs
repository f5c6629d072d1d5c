// Collections, their aliases and the indexes of their payloads.
import { assert, collection, fresh, ids, refused, test } from '../harness.mjs';

for (const distance of ['Cosine', 'Dot', 'Euclid', 'Manhattan']) {
  test(`a collection with ${distance} is made and described`, async c => {
    const client = c.client();
    const name = await collection(client, 'made', { size: 5, distance });
    const info = await client.getCollection(name);
    assert.equal(info.config.params.vectors.size, 5);
    assert.equal(info.config.params.vectors.distance, distance);
    assert.equal(info.status, 'green');
    assert.equal(info.optimizer_status, 'ok');
    assert.equal(info.points_count, 0);
    assert.deepEqual(info.payload_schema, {});
    assert.equal(typeof info.indexed_vectors_count, 'number');
    assert.ok(info.segments_count >= 1);
  });
}

test('the parameters of the index are kept', async c => {
  const client = c.client();
  const name = await collection(client, 'hnsw', { size: 3, distance: 'Cosine' }, { hnsw_config: { m: 24, ef_construct: 96 } });
  const { config } = await client.getCollection(name);
  assert.equal(config.hnsw_config.m, 24);
  assert.equal(config.hnsw_config.ef_construct, 96);
});

test('hints on how to store are taken', async c => {
  const client = c.client();
  await collection(client, 'hints', { size: 3, distance: 'Dot', on_disk: true },
    { on_disk_payload: true, shard_number: 1, replication_factor: 1, optimizers_config: { default_segment_number: 2 } });
});

test('a name twice is a conflict', async c => {
  const client = c.client();
  const name = await collection(client, 'twice');
  await refused(client.createCollection(name, { vectors: { size: 4, distance: 'Dot' } }), 409, /already/);
});

test('a collection exists, or does not', async c => {
  const client = c.client();
  const name = await collection(client, 'exists');
  assert.deepEqual(await client.collectionExists(name), { exists: true });
  assert.deepEqual(await client.collectionExists(fresh('none')), { exists: false });
});

test('collections are listed', async c => {
  const client = c.client();
  const name = await collection(client, 'listed');
  const { collections } = await client.getCollections();
  assert.ok(collections.some(one => one.name === name));
});

test('a deleted collection is gone, and deleting it again says false', async c => {
  const client = c.client();
  const name = await collection(client, 'deleted');
  assert.equal(await client.deleteCollection(name), true);
  assert.deepEqual(await client.collectionExists(name), { exists: false });
  assert.equal(await client.deleteCollection(name), false);
  await refused(client.getCollection(name), 404, /Not found/);
});

test('a collection is made anew, empty and with other parameters', async c => {
  const client = c.client();
  const name = await collection(client, 'anew');
  await client.upsert(name, { points: [{ id: 1, vector: [1, 2, 3, 4] }] });
  assert.equal(await client.recreateCollection(name, { vectors: { size: 2, distance: 'Euclid' } }), true);
  const info = await client.getCollection(name);
  assert.equal(info.points_count, 0);
  assert.equal(info.config.params.vectors.size, 2);
});

test('the index of a collection is changed', async c => {
  const client = c.client();
  const name = await collection(client, 'changed');
  assert.equal(await client.updateCollection(name, { hnsw_config: { m: 32, ef_construct: 200 } }), true);
  const { config } = await client.getCollection(name);
  assert.equal(config.hnsw_config.m, 32);
  assert.equal(config.hnsw_config.ef_construct, 200);
});

test('points are counted in the description', async c => {
  const client = c.client();
  const name = await collection(client, 'counted');
  await client.upsert(name, { points: [1, 2, 3].map(id => ({ id, vector: [id, 1, 0, 0] })) });
  assert.equal((await client.getCollection(name)).points_count, 3);
});

test('an alias leads to its collection', async c => {
  const client = c.client();
  const name = await collection(client, 'aliased');
  const alias = fresh('alias');
  assert.equal(await client.updateCollectionAliases({ actions: [{ create_alias: { collection_name: name, alias_name: alias } }] }), true);
  await client.upsert(alias, { points: [{ id: 7, vector: [1, 0, 0, 0] }] });
  assert.deepEqual(ids(await client.retrieve(name, { ids: [7] })), [7]);
  assert.equal((await client.count(alias)).count, 1);
  assert.deepEqual((await client.getCollectionAliases(name)).aliases, [{ alias_name: alias, collection_name: name }]);
  assert.ok((await client.getAliases()).aliases.some(one => one.alias_name === alias && one.collection_name === name));
});

test('an alias moves from one collection to another in one step', async c => {
  const client = c.client();
  const [old, next] = [await collection(client, 'old'), await collection(client, 'next')];
  const alias = fresh('moving');
  await client.updateCollectionAliases({ actions: [{ create_alias: { collection_name: old, alias_name: alias } }] });
  await client.updateCollectionAliases({
    actions: [{ delete_alias: { alias_name: alias } }, { create_alias: { collection_name: next, alias_name: alias } }],
  });
  assert.deepEqual((await client.getCollectionAliases(next)).aliases, [{ alias_name: alias, collection_name: next }]);
  assert.deepEqual((await client.getCollectionAliases(old)).aliases, []);
});

test('an alias is renamed', async c => {
  const client = c.client();
  const name = await collection(client, 'renamed');
  const [before, after] = [fresh('before'), fresh('after')];
  await client.updateCollectionAliases({ actions: [{ create_alias: { collection_name: name, alias_name: before } }] });
  await client.updateCollectionAliases({ actions: [{ rename_alias: { old_alias_name: before, new_alias_name: after } }] });
  assert.deepEqual((await client.getCollectionAliases(name)).aliases, [{ alias_name: after, collection_name: name }]);
});

test('an alias of nothing is refused, and changes nothing with it', async c => {
  const client = c.client();
  const name = await collection(client, 'whole');
  const alias = fresh('half');
  await refused(client.updateCollectionAliases({
    actions: [{ create_alias: { collection_name: name, alias_name: alias } }, { create_alias: { collection_name: fresh('none'), alias_name: fresh('x') } }],
  }), 404);
  assert.deepEqual((await client.getCollectionAliases(name)).aliases, []);
});

for (const schema of ['keyword', 'integer', 'float', 'bool', 'datetime', 'text', 'uuid']) {
  test(`a payload index of type ${schema} is made, described and dropped`, async c => {
    const client = c.client();
    const name = await collection(client, 'indexed');
    const made = await client.createPayloadIndex(name, { field_name: 'a.field', field_schema: schema, wait: true });
    assert.equal(made.status, 'completed');
    assert.equal((await client.getCollection(name)).payload_schema['a.field'].data_type, schema);
    assert.equal((await client.deletePayloadIndex(name, 'a.field')).status, 'completed');
    assert.deepEqual((await client.getCollection(name)).payload_schema, {});
  });
}

test('the type of a payload index may come as an object', async c => {
  const client = c.client();
  const name = await collection(client, 'object');
  await client.createPayloadIndex(name, { field_name: 'tenant', field_schema: { type: 'keyword' }, wait: true });
  assert.equal((await client.getCollection(name)).payload_schema.tenant.data_type, 'keyword');
});
