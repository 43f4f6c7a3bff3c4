using System.Text;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Sdl;

namespace OsstOrleans.GraphQL.Tests;

public sealed class FuzzTests
{
    private const string Alphabet = "{}()[]!$@:=|&.,#\"\\'_ \n\r\tab01-e+\u00e4\ud83d\ude00\ufeff";

    private static readonly string[] s_words =
    [
        "{", "}", "(", ")", "[", "]", "!", "$", "@", ":", "=", "|", "...", "query", "mutation", "subscription",
            "fragment", "on",
        "hello", "client", "clients", "friends", "id", "name", "search", "Client", "Query", "Named", "f", "g", "x",
            "$x", "$x: Int",
        "@skip(if: true)", "@include(if: $x)", "{ id }", "{ hello }", "...f", "... on Client",
            "fragment f on Client { id }",
        "(id: 1)", "(first: $x)", "1", "1.5", "\"s\"", "\"\"\"b\"\"\"", "null", "true", "ACTIVE", "__typename",
            "__schema", "#c\n",
    ];

    [Fact]
    public async Task Whatever_is_sent_only_typed_errors_come_back()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var engine = Sample.Engine();
        for (var round = 0; round < 4_000; round++)
        {
            var text = round % 2 == 0 ? Characters(random) : Words(random);
            try
            {
                var answer = await engine.Answer(text);
                Assert.DoesNotContain("\"INTERNAL\"", answer.Replace("boom", "", StringComparison.Ordinal),
                    StringComparison.Ordinal);
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}, round {round}: {text}\n{fault}");
            }
        }
    }

    [Fact]
    public void A_damaged_document_is_read_or_refused()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var text = new StringBuilder(Sample.Sdl);
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }
            try
            {
                Parser.Parse(text.ToString(), new GraphQLLimits());
                SchemaBuilder.Build(text.ToString());
            }
            catch (Exception fault) when (fault is SyntaxFault or SchemaException)
            {
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}, round {round}: {text}\n{fault}");
            }
        }
    }

    private static string Characters(Random random) =>
        new([.. Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

    private static string Words(Random random) =>
        "{ " + string.Join(' ', Enumerable.Range(0, random.Next(20)).Select(_ => s_words[random.Next(
            s_words.Length)])) + " }";
}
