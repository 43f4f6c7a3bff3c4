import type { CodegenConfig } from '@graphql-codegen/cli';

// Reads the contract itself. A document that does not fit it does not compile.
const config: CodegenConfig = {
  schema: '../../../graphql-gateway/schema.graphql',
  emitLegacyCommonJSImports: false,
  documents: 'src/*.ts',
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          Date: 'string', DateTime: 'string', Month: 'string', UUID: 'string', PersonalText: 'string', Long: 'number',
          JSON: 'unknown',
        },
      },
    },
  },
};

export default config;
