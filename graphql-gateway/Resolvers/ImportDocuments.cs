using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// What <c>osst import --url</c> asks, by an id: the program trusts its own documents also where it takes no others.
/// </summary>
internal static class ImportDocuments
{
    private const string Prefix = "osst/import/";

    private static readonly Dictionary<string, string> s_texts = ImportKinds.All.ToDictionary(IdOf, TextOf);

    /// <summary>The document of a kind of lines.</summary>
    public static string IdOf(ImportKind kind) => Prefix + ImportKinds.NameOf(kind);

    /// <summary>The mutation that takes a kind of lines.</summary>
    public static string MutationOf(ImportKind kind) => $"import{kind}";

    /// <summary>Null for an id of none of them.</summary>
    public static string? Find(string id) => s_texts.GetValueOrDefault(id);

    private static string TextOf(ImportKind kind) => $$"""
        mutation($input: Import{{kind}}Input!) { {{MutationOf(kind)}}(input: $input) {
          results { status position error {
            __typename
            ... on InvalidField { code field message }
            ... on IllegalStep { code field message }
            ... on NotFound { code field message }
            ... on UnusableLine { lineCode: code field message }
          } }
        } }
        """;
}
