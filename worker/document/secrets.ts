import { generateKeyPair, privateDecrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { SealedPassword } from '#lib/db/tables/sessions.ts';
import { sealing } from '#lib/documents/submit-password.ts';
import { DocumentError } from '#lib/core/failures.ts';

/** What this worker alone can open. */
export interface Secrets {
  /** PEM; published, so that passwords can be sealed for this worker. */
  publicKey: string;
  /** @throws DocumentError `encrypted_file` when it was sealed for workers that are gone */
  unseal(sealed: SealedPassword): string;
}

/** Makes a key pair that lives as long as the process, and in its memory only. */
export async function openSecrets(workerId: string): Promise<Secrets> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
    unseal(sealed) {
      const own = sealed[workerId];
      if (own === undefined) {
        throw new DocumentError('encrypted_file', 'The worker that held the password is gone: enter it again.');
      }
      return privateDecrypt({ key: privateKey, ...sealing }, Buffer.from(own, 'base64')).toString();
    },
  };
}
