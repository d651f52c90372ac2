import '#lib/env-file.ts';
import { EnvError, parseEnv } from '#lib/env.ts';
import { VersionError } from '#lib/db/version.ts';
import { createLogger } from '#lib/log.ts';
import { prepareDatabase } from '#lib/prepare-database.ts';

// npm run migrate: gives the database at DATABASE_URL everything this version needs, before its processes start.

const log = createLogger('migrate');
try {
  const { DATABASE_URL: url } = parseEnv(process.env);
  if (!url) throw new EnvError('DATABASE_URL is not set: npm start migrates the database that it brings by itself');
  await prepareDatabase(url, log);
  log.info('the database is up to date');
} catch (error) {
  if (error instanceof EnvError || error instanceof VersionError) log.fatal(error.message);
  else log.fatal({ err: error }, 'the database could not be migrated');
  process.exit(1);
}
