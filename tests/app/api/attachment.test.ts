import { parse } from 'content-disposition';
import { describe, expect, it } from 'vitest';
import { attachmentHeaders } from '#app/api/attachment.ts';
import { nastyTexts } from '#tests/support/nasty-text.ts';

describe('the headers of a file to save', () => {
  it('carry any name, and never become a second header or another kind of answer', () => {
    for (const name of nastyTexts(500, 7).filter((text) => text.length < 1000)) {
      const headers = new Headers(attachmentHeaders(name, 'application/pdf'));
      const { type, parameters } = parse(headers.get('content-disposition') ?? '');
      expect(type).toBe('attachment');
      expect(parameters.filename).toBe(name.toWellFormed().replace(/\p{Cc}/gu, '_'));
      expect(headers.get('content-security-policy')).toBe('sandbox');
    }
  });
});
