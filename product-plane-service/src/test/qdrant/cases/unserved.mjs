// What Qdrant has and this has not is refused with the reason, and never taken and dropped.
import { assert, collection, fresh, library, numbersOf, SIZE, test, unserved } from '../harness.mjs';

const VECTOR = numbersOf(1, SIZE);

test('named, sparse and multiple vectors', async c => {
  const client = c.client();
  await unserved(client.createCollection(fresh('x'), { vectors: { image: { size: 4, distance: 'Dot' }, text: { size: 8, distance: 'Dot' } } }), /vectors/);
  await unserved(client.createCollection(fresh('x'), { vectors: { size: 4, distance: 'Dot', multivector_config: { comparator: 'max_sim' } } }), /multivector/);
  await unserved(client.createCollection(fresh('x'), { vectors: { size: 4, distance: 'Dot' }, sparse_vectors: { text: {} } }), /sparse/);
  const name = await collection(client, 'plain');
  await unserved(client.upsert(name, { points: [{ id: 1, vector: { image: [1, 2, 3, 4] } }] }), /vector/);
  await unserved(client.upsert(name, { points: [{ id: 1, vector: { indices: [1], values: [0.5] } }] }), /vector/);
  await unserved(client.upsert(name, { points: [{ id: 1, vector: [[1, 2, 3, 4], [5, 6, 7, 8]] }] }), /vector/);
  await unserved(client.query(name, { query: [1, 2, 3, 4], using: 'image' }), /name/);
  assert.equal((await client.count(name)).count, 0);
});

test('vectors added to, removed from collections and points', async c => {
  const client = c.client();
  const name = await library(c);
  await unserved(client.deleteVectors(name, { points: [1], vector: ['image'] }), /vector/);
  const api = client.api();
  if (api.createVectorName) await unserved(client.createVectorName(name, 'image', { dense: { size: 4, distance: 'Dot' } }));
  if (api.deleteVectorName) await unserved(client.deleteVectorName(name, 'image'));
});

test('quantization, datatypes, shards and copies', async c => {
  const client = c.client();
  const vectors = { size: 4, distance: 'Dot' };
  const make = more => client.createCollection(fresh('x'), { vectors, ...more });
  await unserved(make({ quantization_config: { scalar: { type: 'int8' } } }), /quantization/);
  await unserved(make({ vectors: { ...vectors, datatype: 'uint8' } }), /datatype/);
  await unserved(make({ replication_factor: 3 }), /replication_factor/);
  await unserved(make({ sharding_method: 'custom' }), /sharding_method/);
  await unserved(make({ strict_mode_config: { enabled: true } }), /strict_mode/);
  await unserved(client.scroll(await library(c), { shard_key: 'a' }), /shard_key/);
});

for (const [what, query] of [
  ['discover', { discover: { target: 1, context: [{ positive: 2, negative: 3 }] } }], ['context', { context: [{ positive: 2, negative: 3 }] }],
  ['sample', { sample: 'random' }], ['formula', { formula: { sum: ['$score', 1] } }], ['order_by', { order_by: 'price' }],
  ['inference', { text: 'some words', model: 'some/model' }], ['mmr', { nearest: VECTOR, mmr: { diversity: 0.5 } }],
  ['best_score', { recommend: { positive: [1], strategy: 'best_score' } }],
]) {
  test(`a query that is not served: ${what}`, async c => {
    await unserved(c.client().query(await library(c), { query }), /served|vector/);
  });
}

test('a fusion by distribution', async c => {
  await unserved(c.client().query(await library(c), { prefetch: [{ query: VECTOR }], query: { fusion: 'dbsf' } }), /rrf/);
});

test('conditions on places', async c => {
  const client = c.client();
  const name = await library(c);
  await unserved(client.count(name, { filter: { must: [{ key: 'place', geo_radius: { center: { lon: 1, lat: 2 }, radius: 3 } }] } }), /filter/);
  await unserved(client.createPayloadIndex(name, { field_name: 'place', field_schema: 'geo' }), /field_schema/);
});

test('writes with conditions', async c => {
  const client = c.client();
  const name = await collection(client, 'plain');
  const points = [{ id: 1, vector: [1, 2, 3, 4] }];
  await unserved(client.upsert(name, { points, update_mode: 'insert_only' }), /update_mode/);
  await unserved(client.upsert(name, { points, update_filter: { must: [] } }), /update_filter/);
  assert.equal((await client.count(name)).count, 0);
});

test('snapshots', async c => {
  const client = c.client();
  const name = await library(c);
  await unserved(client.listSnapshots(name), /snapshots/);
  await unserved(client.createSnapshot(name), /snapshots/);
  await unserved(client.listFullSnapshots(), /snapshots/);
  await unserved(client.createFullSnapshot(), /snapshots/);
  await unserved(client.deleteSnapshot(name, 'one'), /snapshots/);
});

test('shards and clusters; a client that asks hears that there is none', async c => {
  const client = c.client();
  const name = await library(c);
  assert.equal((await client.api().clusterStatus({})).data.result.status, 'disabled');
  await unserved(client.collectionClusterInfo(name), /cluster/);
  await unserved(client.updateCollectionCluster(name, { move_shard: {} }), /cluster/);
  await unserved(client.createShardKey(name, { shard_key: 'a' }), /shards/);
  await unserved(client.api().recoverCurrentPeer({}), /cluster/);
});

test('telemetry, issues, matrices and discoveries', async c => {
  const client = c.client();
  const name = await library(c);
  await unserved(client.api().telemetry({}), /telemetry/);
  await unserved(client.api().metrics({}), /metrics/);
  await unserved(client.api().getIssues({}), /issues/);
  await unserved(client.searchMatrixPairs(name, { sample: 5, limit: 2 }), /matrix/);
  await unserved(client.searchMatrixOffsets(name, { sample: 5, limit: 2 }), /matrix/);
  if (client.discoverPoints) await unserved(client.discoverPoints(name, { target: 1, limit: 2 }), /discover/);
  if (client.getQuotas) await unserved(client.getQuotas(), /quotas/);
});
