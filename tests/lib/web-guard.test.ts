import { describe, expect, it } from 'vitest';
import { refuseRequest } from '#lib/web-guard.ts';

const host = '127.0.0.1:3000';

describe('refuseRequest', () => {
  it('lets the own browser and programs of this machine through', () => {
    expect(refuseRequest('GET', '/sessions', { host })).toBeNull();
    expect(refuseRequest('POST', '/api/sessions', { host })).toBeNull();
    expect(
      refuseRequest('POST', '/api/sessions', {
        host,
        origin: 'http://127.0.0.1:3000',
        'sec-fetch-site': 'same-origin',
      }),
    ).toBeNull();
    expect(refuseRequest('GET', '/api/health', { host: 'localhost:3000' })).toBeNull();
    expect(refuseRequest('GET', '/api/health', { host: '[::1]:3000' })).toBeNull();
  });

  it('refuses another name, so that no site can point its own at this machine', () => {
    for (const foreign of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', undefined]) {
      expect(refuseRequest('GET', '/sessions', { host: foreign })).toMatchObject({ status: 403, code: 'foreign_host' });
    }
  });

  it('refuses what another site asks of the API, and every change that it makes', () => {
    expect(refuseRequest('GET', '/api/sessions', { host, 'sec-fetch-site': 'cross-site' })).toMatchObject({
      code: 'foreign_origin',
    });
    expect(refuseRequest('POST', '/sessions/new', { host, origin: 'https://evil.example' })).toMatchObject({
      code: 'foreign_origin',
    });
    expect(refuseRequest('POST', '/sessions/new', { host, origin: 'null' })).toMatchObject({ code: 'foreign_origin' });
    expect(refuseRequest('POST', '/sessions/new', { host, origin: 'http://127.0.0.1:4000' })).toMatchObject({
      code: 'foreign_origin',
    });
  });

  it('knows the API however its address is written', () => {
    for (const url of [
      '//api/sessions',
      '/%61pi/sessions',
      '/x/../api/sessions',
      `http://${host}/api/sessions`,
      '/api',
      '/%zz',
    ]) {
      expect(refuseRequest('GET', url, { host, 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 });
    }
  });

  it('lets a link from another site open a page', () => {
    expect(refuseRequest('GET', '/sessions', { host, 'sec-fetch-site': 'cross-site' })).toBeNull();
  });
});
