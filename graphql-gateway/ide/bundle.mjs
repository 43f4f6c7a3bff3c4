// node bundle.mjs FOLDER: puts the page, its one script, one style sheet, the editor's workers and fonts into FOLDER.
import { build } from 'esbuild';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = process.argv[2];
const shared = {
  bundle: true, minify: true, outdir: folder, target: 'es2022', logLevel: 'warning', legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
};

await build({
  ...shared,
  entryPoints: {
    editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
    json: 'monaco-editor/esm/vs/language/json/json.worker.js',
    graphql: 'monaco-graphql/esm/graphql.worker.js',
  },
  entryNames: '[name].worker',
  format: 'iife',
});
const { metafile } = await build({
  ...shared,
  entryPoints: { ide: 'src/main.jsx' },
  entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', assetNames: '[name]-[hash]',
  format: 'esm', splitting: true, jsx: 'automatic', metafile: true,
  loader: { '.ttf': 'file', '.woff2': 'file', '.woff': 'file', '.graphql': 'text' },
});

// The page names the entry by its hash; everything else the entry finds by itself.
const outputs = Object.entries(metafile.outputs);
const [script, { cssBundle: style }] = outputs.find(([, output]) => output.entryPoint === 'src/main.jsx');
const named = (path) => `/graphql/ide/${path.slice(path.lastIndexOf('/') + 1)}`;
const page = await readFile('index.html', 'utf8');
await writeFile(join(folder, 'index.html'), page.replace('{script}', named(script)).replace('{style}', named(style)));
await cp('icon.svg', join(folder, 'icon.svg'));
