// The service itself: version, health, credentials, envelope.
import { assert, fresh, refused, test } from '../harness.mjs';

test('the version answer fits the client, so that it does not warn', async c => {
  const info = await c.client().versionInfo();
  const [major, minor] = info.version.split('.').map(Number);
  const [ownMajor, ownMinor] = c.version.split('.').map(Number);
  assert.equal(major, ownMajor);
  assert.ok(Math.abs(minor - ownMinor) <= 1, info.version);
  assert.match(info.title, /qdrant/i);
});

test('a client that checks the version on construction says nothing', async c => {
  const said = [];
  const warn = console.warn;
  console.warn = text => said.push(text);
  try {
    const client = c.client('a', { checkCompatibility: true });
    await client.getCollections();
    await client.versionInfo();
    await new Promise(soon => setTimeout(soon, 50));
  } finally {
    console.warn = warn;
  }
  assert.deepEqual(said.filter(text => !/unsecure/.test(text)), []);
});

test('answers have result, status and time', async c => {
  const { status, json } = await c.raw('GET', '/collections');
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(json).sort(), ['result', 'status', 'time']);
  assert.equal(json.status, 'ok');
  assert.equal(typeof json.time, 'number');
});

test('healthz, livez and readyz answer', async c => {
  for (const path of ['healthz', 'livez', 'readyz']) {
    const answer = await c.client().api()[path]({});
    assert.match(String(answer.data), /passed|ready/);
  }
});

test('without a key nothing is told', async c => {
  const { status, json } = await c.raw('GET', '/collections', undefined, {});
  assert.equal(status, 401);
  assert.equal(typeof json.status.error, 'string');
});

test('a key that nobody made is refused', async c => {
  await refused(c.client('unknown').getCollections(), 401);
  await refused(c.client('unknown').createCollection(fresh('x'), { vectors: { size: 4, distance: 'Dot' } }), 401);
});

test('the key may also come as a bearer token', async c => {
  const bearer = new c.library.QdrantClient({ url: c.url, headers: { Authorization: `Bearer ${c.keys.a}` }, checkCompatibility: false });
  assert.ok(Array.isArray((await bearer.getCollections()).collections));
});

test('a key that only reads reads, and does not write', async c => {
  const name = fresh('readonly');
  await c.client().createCollection(name, { vectors: { size: 2, distance: 'Dot' } });
  const reader = c.client('reader');
  assert.equal((await reader.collectionExists(name)).exists, true);
  assert.equal((await reader.count(name)).count, 0);
  await refused(reader.upsert(name, { points: [{ id: 1, vector: [1, 2] }] }), 403);
  await refused(reader.deleteCollection(name), 403);
});

test('what is at no path of Qdrant is not found', async c => {
  const { status, json } = await c.raw('GET', '/collections/x/nothing/here');
  assert.equal(status, 404);
  assert.equal(typeof json.status.error, 'string');
});
