using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Import;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Import;

/// <summary>A silo that lines are sent to, and lines.</summary>
public abstract class LinePlace : SiloPlace
{
    private protected const string Oulu = "564";

    private protected static readonly Caller Kela = new(Role.Integration, "kela", Reach.All);
    private protected static readonly Caller OfTampere = new(Role.Integration, "kela-837", Reach.Of(Tampere));
    private protected static readonly Caller OfOulu = new(Role.Integration, "kela-564", Reach.Of(Oulu));

    private protected ImportKeys Keys => new(Silo.Services.MasterKey);

    private protected async Task<ClientState> ClientOf(GrainName id) => (await Silo.Grains.Read<ClientState>(
        GrainName.Client(Keys.ClientOf(id)),
        new ReadRequest(new Caller(Role.Coordinator, "t", Reach.All, Purposes.ClientWork)))).State!;

    private protected async Task Accepted(Caller caller, ImportKind kind, string line) =>
        Assert.Null((await Send(caller, kind, line)).Why);

    private protected async Task<LineResult> Send(
        Caller caller, ImportKind kind, string line, IGrainCalls? grains = null)
    {
        var (read, problem) = LineJson.Read(kind, Encoding.UTF8.GetBytes(line));
        return problem is { } unread
            ? LineResult.Refused(unread)
            : await new LineImport(grains ?? Silo.Grains, Keys, caller, "kela", Guid.NewGuid(), TimeProvider.System)
                .Send(kind, read!, 1);
    }

    private protected static string Person(
        string id, string municipality, string name = "Virtanen", int birthYear = 1980, string day = "2018-02-01") =>
        $$"""
        {"externalId":"{{id}}","municipality":"{{municipality}}","lastName":"{{name}}","firstNames":"Aino",
         "birthYear":{{birthYear}},"temporaryIdentifier":"T-1","synthetic":true,"occurredOn":"{{day}}"}
        """;

    private protected static string Notice(string id, string? municipality, int urgency = 2) =>
        $$"""
        {"externalId":"{{id}}","notificationId":"n1","reason":"NEED","urgency":{{urgency}},
         {{(municipality is null ? "" : Basic(municipality))}} "occurredOn":"2018-03-01"}
        """;

    private static string Basic(string municipality) =>
        $$"""
        "municipality":"{{municipality}}","lastName":"Virtanen","firstNames":"Aino","birthYear":1980,
         "temporaryIdentifier":"T-1","synthetic":true,
        """;

    private protected static string Month(string id, string month = "2018-03", string? register = null) =>
        $$"""{"externalId":"{{id}}",{{Of(register)}}"month":"{{month}}","amountCents":40000,"reductionPercent":0}""";

    private protected static string Period(string id, string? register) =>
        $$"""{"externalId":"{{id}}",{{Of(register)}}"standing":"UNEMPLOYED","startsOn":"2018-01-01"}""";

    private static string Of(string? register) => register is null ? "" : $"\"municipality\":\"{register}\",";
}
