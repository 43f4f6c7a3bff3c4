// The editor's workers are files of this server, as everything else here.
globalThis.MonacoEnvironment = {
  getWorker: (_, label) =>
    new Worker(`/graphql/ide/${label === 'json' || label === 'graphql' ? label : 'editor'}.worker.js`),
};
