// Payloads changed on their own.
import { assert, collection, test } from '../harness.mjs';

const POINTS = [
  { id: 1, vector: [1, 0], payload: { kind: 'a', size: 1, inner: { x: 1, y: 2 } } },
  { id: 2, vector: [0, 1], payload: { kind: 'b', size: 2 } },
  { id: 3, vector: [1, 1], payload: { kind: 'a' } },
];

async function made(client) {
  const name = await collection(client, 'payload', { size: 2, distance: 'Dot' });
  await client.upsert(name, { points: POINTS });
  return name;
}

async function payloads(client, name) {
  const { points } = await client.scroll(name, { limit: 10 });
  return Object.fromEntries(points.map(point => [point.id, point.payload ?? {}]));
}

test('payload is set by ids and what is not named stays', async c => {
  const client = c.client();
  const name = await made(client);
  assert.equal((await client.setPayload(name, { payload: { size: 9, more: ['x'] }, points: [1, 2] })).status, 'completed');
  assert.deepEqual(await payloads(client, name), {
    1: { kind: 'a', size: 9, inner: { x: 1, y: 2 }, more: ['x'] }, 2: { kind: 'b', size: 9, more: ['x'] }, 3: { kind: 'a' },
  });
});

test('payload is set by filter', async c => {
  const client = c.client();
  const name = await made(client);
  await client.setPayload(name, { payload: { seen: true }, filter: { must: [{ key: 'kind', match: { value: 'a' } }] } });
  const now = await payloads(client, name);
  assert.deepEqual([now[1].seen, now[2].seen, now[3].seen], [true, undefined, true]);
});

test('payload is set below a key', async c => {
  const client = c.client();
  const name = await made(client);
  await client.setPayload(name, { payload: { y: 3, z: 4 }, key: 'inner', points: [1] });
  assert.deepEqual((await payloads(client, name))[1].inner, { x: 1, y: 3, z: 4 });
});

test('payload is overwritten', async c => {
  const client = c.client();
  const name = await made(client);
  await client.overwritePayload(name, { payload: { only: 1 }, points: [1] });
  const now = await payloads(client, name);
  assert.deepEqual([now[1], now[2]], [{ only: 1 }, POINTS[1].payload]);
});

test('keys of payloads are deleted', async c => {
  const client = c.client();
  const name = await made(client);
  await client.deletePayload(name, { keys: ['size', 'inner.x'], points: [1, 2] });
  const now = await payloads(client, name);
  assert.deepEqual([now[1], now[2]], [{ kind: 'a', inner: { y: 2 } }, { kind: 'b' }]);
});

test('keys of payloads are deleted by filter', async c => {
  const client = c.client();
  const name = await made(client);
  await client.deletePayload(name, { keys: ['kind'], filter: { must: [{ key: 'size', range: { gte: 2 } }] } });
  const now = await payloads(client, name);
  assert.deepEqual([now[1].kind, now[2].kind, now[3].kind], ['a', undefined, 'a']);
});

test('payloads are cleared by ids', async c => {
  const client = c.client();
  const name = await made(client);
  await client.clearPayload(name, { points: [1] });
  const now = await payloads(client, name);
  assert.deepEqual([now[1], now[2]], [{}, POINTS[1].payload]);
});

test('payloads are cleared by filter', async c => {
  const client = c.client();
  const name = await made(client);
  await client.clearPayload(name, { filter: { must: [{ key: 'kind', match: { value: 'a' } }] } });
  const now = await payloads(client, name);
  assert.deepEqual([now[1], now[2], now[3]], [{}, POINTS[1].payload, {}]);
});

test('a changed payload is found by what it is now', async c => {
  const client = c.client();
  const name = await made(client);
  await client.createPayloadIndex(name, { field_name: 'kind', field_schema: 'keyword', wait: true });
  await client.setPayload(name, { payload: { kind: 'new' }, points: [2] });
  const filter = value => ({ must: [{ key: 'kind', match: { value } }] });
  assert.equal((await client.count(name, { filter: filter('new') })).count, 1);
  assert.equal((await client.count(name, { filter: filter('b') })).count, 0);
});
