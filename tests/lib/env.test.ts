import { describe, expect, it } from 'vitest';
import { EnvError, parseEnv } from '#lib/env.ts';

describe('parseEnv', () => {
  it('needs nothing', () => {
    expect(parseEnv({})).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      defaultEngine: 'builtin',
      modelApi: 'responses',
    });
  });

  it('makes model the default engine when a key or a base URL is given', () => {
    expect(parseEnv({ OPENAI_API_KEY: 'k' })).toMatchObject({ defaultEngine: 'model', modelApi: 'responses' });
    expect(parseEnv({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', MODEL: 'm' })).toMatchObject({
      defaultEngine: 'model',
      modelApi: 'chat',
    });
  });

  it('treats an empty variable as absent', () => {
    expect(parseEnv({ PORT: '', OPENAI_API_KEY: '' })).toMatchObject({ PORT: 3000, defaultEngine: 'builtin' });
  });

  it.each([
    [{ PORT: '99999' }, 'PORT'],
    [{ HOST: '0.0.0.0' }, 'HOST must be 127.0.0.1'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must look like postgres://'],
    [{ STORAGE_URL: 'ftp://x' }, 'STORAGE_URL must be file:'],
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' }, 'MODEL must be set'],
    [{ WORKER_DOCUMENTS: '0' }, 'WORKER_DOCUMENTS'],
  ])('names the variable and the fix for %o', (source, text) => {
    expect(() => parseEnv(source)).toThrow(EnvError);
    expect(() => parseEnv(source)).toThrow(text);
  });

  it('never shows a password', () => {
    expect(() => parseEnv({ DATABASE_URL: 'mysql://me:hidden@host/db' })).toThrow(/^(?!.*hidden)/);
  });

  it('reports all mistakes at once', () => {
    expect(() => parseEnv({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT[^]*LOG_LEVEL/);
  });
});
