// node check.mjs FOLDER: reads every YAML file of deploy/, checks manifests and the compose file against their schemas,
// and prints {"errors": [...], "documents": {"file": [...]}} for the tests to look closer.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkCompose } from './compose.mjs';
import { checkManifests } from './manifests.mjs';

const root = process.argv[2];
const errors = [];
const documents = {};

for (const name of readdirSync(root, { recursive: true }).filter((file) => file.endsWith('.yaml')).sort()) {
  const file = relative(root, join(root, name)).replaceAll('\\', '/');
  const parsed = parseAllDocuments(readFileSync(join(root, name), 'utf8'), { merge: true });
  errors.push(...parsed.flatMap((document) => document.errors.map((error) => `${file}: ${error.message}`)));
  documents[file] = parsed.map((document) => document.toJS());
}

const manifests = Object.entries(documents).filter(([file]) => file.startsWith('kubernetes/'))
  .flatMap(([file, all]) => all.map((document) => ({ file, document })))
  .filter(({ document }) => document.kind !== 'Kustomization');
errors.push(...(await checkManifests(manifests)));
errors.push(...checkCompose('compose/compose.yaml', documents['compose/compose.yaml'][0]));
console.log(JSON.stringify({ errors, documents }));
