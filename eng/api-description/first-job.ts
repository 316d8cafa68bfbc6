// What a merchant's developer writes first. It has to compile against the client made from the description.
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/api';

const client = createClient<paths>({ baseUrl: 'https://api.example.org', headers: { Authorization: 'Bearer zz_test_…' } });

export async function order(text: string): Promise<components['schemas']['Job']> {
  const { data, error } = await client.POST('/v1/jobs', {
    body: { kind: 'translation', source: 'de', target: 'fr', text, reference: 'ORDER-4711' },
    params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
  });
  if (error) {
    throw new Error(`${error.code}: ${error.detail ?? error.title}`);
  }
  if ('data' in data) {
    throw new Error('One job was ordered.');
  }
  return data;
}

export async function orderAll(texts: string[]): Promise<components['schemas']['Job'][]> {
  const { data } = await client.POST('/v1/jobs', {
    body: { jobs: texts.map((text) => ({ kind: 'translation' as const, source: 'de', target: 'fr', text })) },
    params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
  });
  return data && 'data' in data ? data.data : [];
}

export async function delivered(id: string): Promise<string | undefined> {
  const { data } = await client.GET('/v1/jobs/{id}/deliveries', { params: { path: { id } } });
  return data?.data.at(-1)?.text ?? undefined;
}

export async function* awaitingReview(): AsyncGenerator<components['schemas']['Job']> {
  let cursor: string | undefined;
  do {
    const { data } = await client.GET('/v1/jobs', { params: { query: { state: ['in_review'], cursor } } });
    yield* data?.data ?? [];
    cursor = data?.nextCursor ?? undefined;
  } while (cursor);
}
