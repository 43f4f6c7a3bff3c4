// Manifests against the API's own schemas: values by the validators of kubernetes-models, and names of fields, which a
// cluster would drop without a word, by its types.
import ts from 'typescript';


export async function checkManifests(manifests) {
  const errors = [];
  for (const { file, document } of manifests) {
    const models = await import(`kubernetes-models/${document.apiVersion}`).catch(() => ({}));
    const Model = models[document.kind];
    if (!Model) {
      errors.push(`${file}: there is no ${document.apiVersion} ${document.kind}.`);
      continue;
    }
    try {
      new Model(document).validate();
    } catch (fault) {
      errors.push(`${file}: ${document.kind} ${document.metadata?.name}: ${fault.message}`);
    }
  }
  return [...errors, ...checkFields(manifests)];
}

/** Compiles each document as a literal of its type: a field that the type does not know is an error. */
function checkFields(manifests) {
  const name = 'manifests.ts';
  const text = manifests.map(({ document: { apiVersion, kind, ...rest } }, i) =>
    `import type { I${kind} as T${i} } from 'kubernetes-models/${apiVersion}';\n`
    + `export const d${i}: Omit<T${i}, 'apiVersion' | 'kind'> = ${JSON.stringify(rest)};\n`).join('');
  const options = {
    strict: true, noEmit: true, skipLibCheck: true, types: [],
    module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...others) => (file === name
    ? ts.createSourceFile(name, text, options.target) : read(file, ...others));
  const exists = host.fileExists.bind(host);
  host.fileExists = (file) => file === name || exists(file);
  const lines = text.split('\n');
  return ts.getPreEmitDiagnostics(ts.createProgram([name], options, host)).map((diagnostic) => {
    const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
    const index = lines[line]?.match(/const d(\d+)/)?.[1];
    const where = index === undefined ? name : manifests[index].file;
    return `${where}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
  });
}
