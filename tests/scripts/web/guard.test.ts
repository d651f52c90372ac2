import { describe, expect, it } from 'vitest';
import { refuseRequest, trustNoProxy } from '#scripts/web/guard.ts';

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

  it('lets a link from another site open a page, and nothing else', () => {
    const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    for (const site of ['cross-site', 'same-site']) {
      expect(refuseRequest('GET', '/sessions', { host, 'sec-fetch-site': site, ...link })).toBeNull();
      for (const [mode, dest] of [
        ['no-cors', 'image'],
        ['no-cors', 'script'],
        ['cors', 'empty'],
        ['navigate', 'iframe'],
        ['navigate', 'embed'],
      ]) {
        const headers = { host, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest };
        for (const url of ['/sessions', '/sessions?_rsc=1', '/_next/static/a.js', '/_next/data/b/sessions.json'])
          expect(refuseRequest('GET', url, headers)).toMatchObject({ code: 'foreign_origin' });
      }
      expect(refuseRequest('POST', '/sessions/new', { host, 'sec-fetch-site': site, ...link })).toMatchObject({
        code: 'foreign_origin',
      });
      expect(refuseRequest('GET', '/api/sessions', { host, 'sec-fetch-site': site, ...link })).toMatchObject({
        code: 'foreign_origin',
      });
    }
  });

  it('serves what the own pages load, and what is typed into the address bar', () => {
    for (const [site, mode, dest] of [
      ['same-origin', 'cors', 'empty'],
      ['same-origin', 'no-cors', 'script'],
      ['none', 'navigate', 'document'],
    ])
      for (const url of ['/api/health', '/_next/static/a.js', '/sessions'])
        expect(
          refuseRequest('GET', url, { host, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest }),
        ).toBeNull();
  });

  it('refuses methods that a route could not even be asked by', () => {
    for (const method of ['TRACE', 'TRACK'])
      expect(refuseRequest(method, '/api/sessions', { host })).toMatchObject({
        status: 405,
        code: 'method_not_allowed',
      });
  });

  it("refuses Next's image optimiser, which would fetch past this guard, to everyone", () => {
    for (const url of [
      '/_next/image?url=%2Fapi%2Fevents&w=640&q=75',
      '/_next/image/',
      '//_next/image',
      '/%5fnext/%69mage?url=/x',
      '/x/../_next//image',
      `http://${host}/_next/image`,
      String.raw`\_next\image`,
    ])
      expect(refuseRequest('GET', url, { host, 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 404 });
  });
});

it('believes no proxy, for there is none', () => {
  const headers = { host, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'for=1.2.3.4' };
  trustNoProxy(headers);
  expect(headers).toEqual({ host });
});
