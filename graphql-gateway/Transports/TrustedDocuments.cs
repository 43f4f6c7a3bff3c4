using System.Buffers;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// Documents that are known before they are asked, by their ids. A manifest is what client tools write: a JSON object
/// of texts by id, or Apollo's list of operations.
/// </summary>
internal sealed class TrustedDocuments
{
    private const string HashPrefix = "sha256:";
    private const int MostDocuments = 100_000;

    public static readonly TrustedDocuments None = new([]);

    private readonly FrozenDictionary<string, string> _texts;

    private TrustedDocuments(Dictionary<string, string> texts)
    {
        Count = texts.Count;
        // Whether a client says "sha256:" before a hash is a matter of its tool.
        var bare = texts.Where(d => d.Key == HashOf(d.Value)).ToArray();
        foreach (var (id, text) in texts.Where(d => d.Key.StartsWith(HashPrefix, StringComparison.Ordinal)).ToArray())
        {
            texts.TryAdd(id[HashPrefix.Length..], text);
        }
        foreach (var (id, text) in bare)
        {
            texts.TryAdd(HashPrefix + id, text);
        }
        _texts = texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Documents of the manifest.</summary>
    public int Count { get; }

    /// <exception cref="StoreRefusal">The file is unusable; the sentence names the document.</exception>
    public static TrustedDocuments Read(string path)
    {
        try
        {
            using var manifest = File.OpenRead(path);
            using var json = JsonDocument.Parse(manifest); // A stream may begin with a byte order mark, bytes may not.
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (id, text) in Entries(path, json.RootElement))
            {
                if (id.StartsWith(HashPrefix, StringComparison.Ordinal) && id[HashPrefix.Length..] != HashOf(text))
                {
                    throw new StoreRefusal($"The document {id} of {path} has another hash than its id says.");
                }
                if (!texts.TryAdd(id, text))
                {
                    throw new StoreRefusal($"The document {id} of {path} stands there twice.");
                }
            }
            return texts.Count is > 0 and <= MostDocuments
                ? new TrustedDocuments(texts)
                : throw new StoreRefusal($"{path} has {texts.Count} documents; it takes 1 to {MostDocuments}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The documents {path} cannot be read.");
        }
        catch (JsonException fault)
        {
            throw new StoreRefusal($"The documents {path} are no JSON: line {fault.LineNumber + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new StoreRefusal($"The documents {path} hold text that is not valid Unicode.");
        }
    }

    /// <summary>Asks the engine about each document.</summary>
    /// <exception cref="StoreRefusal">One does not fit the schema; the sentence names it.</exception>
    public async Task AssertValid(IGraphQLEngine engine)
    {
        foreach (var (id, text) in _texts)
        {
            var request = new GraphQLRequest(text);
            if (engine.KindOf(request) is null)
            {
                var answer = new ArrayBufferWriter<byte>();
                await engine.ExecuteAsync(request, new GraphQLRequestContext { Cost = CostReport.Only }, answer);
                throw new StoreRefusal($"The trusted document {id} cannot run: {FirstMessage(answer.WrittenMemory)}");
            }
        }
    }

    /// <summary>Puts in the text of a document's id.</summary>
    /// <param name="request">As the caller sent it.</param>
    /// <param name="only">True when no other document is taken.</param>
    /// <exception cref="GraphQLRequestFault">There is no such document, or it is none of the trusted ones.</exception>
    public GraphQLRequest Admit(GraphQLRequest request, bool only)
    {
        if (request.DocumentId is not { } id)
        {
            return only
                ? throw new GraphQLRequestFault("Only trusted documents are taken here: give a \"documentId\".")
                {
                    Code = ErrorCodes.DocumentNotTrusted,
                }
                : request;
        }
        return (_texts.GetValueOrDefault(id) ?? ImportDocuments.Find(id)) is { } text
            ? request with { Query = text }
            : throw new GraphQLRequestFault("There is no trusted document of that \"documentId\".")
            {
                Code = ErrorCodes.DocumentNotFound,
            };
    }

    private static IEnumerable<(string Id, string Text)> Entries(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new StoreRefusal($"The documents {path} are no JSON object.");
        }
        return root.TryGetProperty("operations", out var operations) && operations.ValueKind == JsonValueKind.Array
            ? operations.EnumerateArray().Select((operation, i) => (
                TextOf(path, operation, "id", $"Operation {i + 1}"),
                TextOf(path, operation, "body", $"Operation {i + 1}")))
            : root.EnumerateObject().Select(entry => (entry.Name, entry.Value.ValueKind == JsonValueKind.String
                ? entry.Value.GetString()!
                : throw new StoreRefusal($"The document {entry.Name} of {path} is no text.")));
    }

    private static string TextOf(string path, JsonElement operation, string name, string what) =>
        operation.ValueKind == JsonValueKind.Object && operation.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new StoreRefusal($"{what} of {path} has no \"{name}\".");

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string FirstMessage(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        var message = json.RootElement.GetProperty("errors")[0].GetProperty("message").GetString()!;
        return message.EndsWith('.') ? message : message + ".";
    }
}
